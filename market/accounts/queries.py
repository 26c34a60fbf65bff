"""Who is known: people, their memberships and their tokens."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from market.accounts.actor import Actor
from market.accounts.errors import UnknownToken
from market.accounts.models import ApiToken, Membership, User
from market.db import session
from market.errors import NotFound
from market.organisations.models import Organisation


def find_user(email: str) -> User | None:
    """The person with this address, however it is capitalised."""
    return session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def get_user(email: str) -> User:
    """The person with this address; raises NotFound."""
    user = find_user(email)
    if user is None:
        raise NotFound
    return user


def find_user_with_memberships(user_id: int) -> User | None:
    """The person and the organisations they belong to: one SELECT, for every page of a person asks it."""
    query = (
        select(User)
        .where(User.id == user_id)
        .options(joinedload(User.memberships).joinedload(Membership.organisation))
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).unique().one_or_none()


def organisations_of(user: User) -> list[Organisation]:
    """The organisations a person may act for, in the order they joined them."""
    return list({m.organisation_id: m.organisation for m in user.memberships if m.organisation.active}.values())


def actor_for(user: User, organisation_id: int | None = None) -> Actor:
    """The person acting for one of their organisations: the one named if they belong to it, else their first."""
    organisations = organisations_of(user)
    acting_for = next((o for o in organisations if o.id == organisation_id), next(iter(organisations), None))
    if acting_for is None:
        return Actor(user_id=user.id, name=user.name, email=user.email, organisation_id=None)
    return Actor(
        user_id=user.id,
        name=user.name,
        email=user.email,
        organisation_id=acting_for.id,
        organisation_name=acting_for.name,
        organisation_slug=acting_for.slug,
        organisation_kind=acting_for.kind,
        roles=frozenset(m.role for m in user.memberships if m.organisation_id == acting_for.id),
    )


def hash_token(token: str) -> str:
    """What is kept of a token: tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def get_token(token: str) -> ApiToken:
    """The token's record with its person and their organisations; raises UnknownToken."""
    query = (
        select(ApiToken)
        .where(ApiToken.token_hash == hash_token(token), ApiToken.revoked_at.is_(None))
        .options(joinedload(ApiToken.user).selectinload(User.memberships).joinedload(Membership.organisation))
        .execution_options(populate_existing=True)
    )
    record = session.scalar(query)
    if record is None or not record.user.active:
        raise UnknownToken
    return record


def list_people(organisation_id: int) -> list[User]:
    """The people who act for an organisation, by name."""
    query = (
        select(User)
        .join(Membership)
        .where(Membership.organisation_id == organisation_id)
        .options(selectinload(User.memberships))
        .order_by(User.name)
    )
    return list(session.scalars(query).unique())


def list_tokens(user_id: int) -> list[ApiToken]:
    """A person's tokens that still work, newest first."""
    query = (
        select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None)).order_by(ApiToken.id.desc())
    )
    return list(session.scalars(query))


def get_own_token(token_id: int, *, user_id: int) -> ApiToken:
    """One of a person's tokens; raises NotFound."""
    record = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user_id))
    if record is None:
        raise NotFound
    return record
