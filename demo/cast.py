"""Who is in the demo: organisations and people by the names that the content gives them."""

from dataclasses import dataclass, field

from demo.reading import DemoPerson
from market.accounts import operations as accounts
from market.accounts.actor import Actor
from market.accounts.models import User
from market.accounts.queries import actor_for, find_user, find_user_with_memberships, get_user
from market.accounts.roles import Role
from market.db import session
from market.errors import NotFound
from market.organisations.models import Organisation


@dataclass
class Cast:
    """Organisations by slug and, for each, who holds which role; ids and no rows, for rows belong to one deed."""

    password_hash: str
    organisation_ids: dict[str, int] = field(default_factory=dict)
    product_ids: dict[str, int] = field(default_factory=dict)
    """By SKU."""
    offer_ids: dict[str, int] = field(default_factory=dict)
    """Of what can be ordered, by SKU."""
    _staff: dict[tuple[str, Role], list[str]] = field(default_factory=dict)
    _actors: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def enter(self, email: str, name: str, phone: str) -> User:
        """The account of a person, made if need be; all share the demo's password, whose slow hash was made once."""
        user = find_user(email)
        if user is None:
            user = User(email=email, name=name, phone=phone, password_hash=self.password_hash)
            session.add(user)
            session.flush()
        return user

    def hire(self, person: DemoPerson, organisation: Organisation) -> None:
        """Let a person act for an organisation as the content says."""
        roles = [
            Role(role) for work in person.works_for if work.organisation == organisation.slug for role in work.roles
        ]
        accounts.join(self.enter(person.email, person.name, person.phone), organisation, *roles)
        self.remember(person.email, organisation, *roles)

    def remember(self, email: str, organisation: Organisation, *roles: Role) -> None:
        """Note that a person holds these roles."""
        self.organisation_ids[organisation.slug] = organisation.id
        for role in roles:
            self._staff.setdefault((organisation.slug, role), []).append(email)

    def actor(self, email: str, slug: str) -> Actor:
        """This person acting for this organisation."""
        if (email, slug) not in self._actors:
            user = find_user_with_memberships(get_user(email).id)
            if user is None:
                raise NotFound
            self._actors[email, slug] = actor_for(user, self.organisation_ids[slug])
        return self._actors[email, slug]

    def somebody(self, slug: str, role: Role, *, by: str | None = None, preferring: str | None = None) -> Actor:
        """Who acts in a role for an organisation: the person `by`, else the one of the name preferred, or its first."""
        holders = [self.actor(email, slug) for email in ([by] if by else self._staff[slug, role])]
        return next((actor for actor in holders if actor.name == preferring), holders[0])
