"""What a person does with their account."""

import secrets

from market import audit, clock
from market.accounts import passwords, queries
from market.accounts.actor import Actor
from market.accounts.errors import EmailTaken, WrongLogin
from market.accounts.models import ApiToken, Membership, User
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Forbidden
from market.organisations.models import Organisation


def log_in(email: str, password: str) -> User:
    """The person with this address and password; raises WrongLogin without saying which of them was wrong."""
    user = queries.find_user(email)
    if not passwords.matches(password, user.password_hash if user else None) or user is None or not user.active:
        raise WrongLogin
    return user


def register(*, email: str, name: str, password: str, phone: str | None = None) -> User:
    """Make an account; raises EmailTaken or PasswordTooWeak."""
    with atomic():
        if queries.find_user(email):
            raise EmailTaken(field="email")
        user = User(
            email=email.strip(), name=name.strip(), phone=phone, password_hash=passwords.hash_password(password)
        )
        session.add(user)
        session.flush()
    return user


def join(user: User, organisation: Organisation, *roles: Role) -> None:
    """Give a person roles in an organisation; roles they hold already stay."""
    with atomic():
        held = {m.role for m in user.memberships if m.organisation_id == organisation.id}
        for role in roles:
            if role not in held:
                user.memberships.append(Membership(organisation=organisation, role=role))
        session.flush()


def change_password(user: User, *, present: str, wanted: str) -> None:
    """Set a new password and end every other login; raises WrongLogin or PasswordTooWeak."""
    if not passwords.matches(present, user.password_hash):
        raise WrongLogin(field="present")
    with atomic():
        user.password_hash = passwords.hash_password(wanted)
        user.session_version += 1
        audit.record(user, "password_changed", by=queries.actor_for(user))


def choose_language(user: User, locale: str) -> None:
    """Keep the language a person wants their pages in."""
    with atomic():
        user.locale = locale


def update_profile(user: User, *, name: str, phone: str | None, locale: str) -> None:
    """Change how a person is named and addressed."""
    with atomic():
        user.name, user.phone, user.locale = name.strip(), phone, locale


def create_token(user: User, *, name: str, organisation_id: int | None = None) -> str:
    """Make an API token that acts for the person in one organisation, and return it: it is shown only this once."""
    actor = queries.actor_for(user, organisation_id)
    if organisation_id is not None and actor.organisation_id != organisation_id:
        raise Forbidden
    token = f"pasok_{secrets.token_urlsafe(32)}"
    with atomic():
        record = ApiToken(
            user_id=user.id,
            organisation_id=actor.organisation_id,
            name=name.strip(),
            token_hash=queries.hash_token(token),
        )
        session.add(record)
        audit.record(record, "token_created", by=actor)
    return token


def revoke_token(token_id: int, *, by: Actor) -> None:
    """End a token of one's own; raises NotFound."""
    with atomic():
        record = queries.get_own_token(token_id, user_id=by.user_id)
        record.revoked_at = record.revoked_at or clock.now()
        audit.record(record, "token_revoked", by=by)
