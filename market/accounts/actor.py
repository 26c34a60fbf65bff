"""Who is acting: one person, for one organisation, in certain roles."""

from dataclasses import dataclass, field

from market.accounts.roles import Role
from market.errors import Forbidden


@dataclass(frozen=True)
class Actor:
    """The person behind a request or a command, as operations see them."""

    user_id: int
    name: str
    email: str
    organisation_id: int | None
    organisation_name: str = ""
    organisation_slug: str = ""
    organisation_kind: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of `roles` in the organisation they act for."""
        return any(role in self.roles for role in roles)

    def require(self, *roles: Role) -> int:
        """The id of the organisation acted for; raises Forbidden unless one of `roles` is held there."""
        if self.organisation_id is None or not self.has(*roles):
            raise Forbidden
        return self.organisation_id
