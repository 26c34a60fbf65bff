"""Whose orders, shipments and receipts somebody may see: those of the organisation they act for."""

from typing import Any

from market.accounts.actor import Actor
from market.accounts.roles import FACTORY, Role
from market.errors import Forbidden
from market.organisations.kinds import Kind

COOPERATIVE = (Role.ADMIN, Role.TREASURER)
EVERY_SIDE = (*FACTORY, Role.SELLER, *COOPERATIVE)

_KEYWORDS = {Kind.BUYER: "buyer_id", Kind.SELLER: "seller_id", Kind.COOPERATIVE: "cooperative_id"}


def own(actor: Actor) -> dict[str, Any]:
    """The keyword with which queries are told who asks: `buyer_id`, `seller_id` or `cooperative_id`."""
    organisation_id = actor.require(*EVERY_SIDE)
    keyword = _KEYWORDS.get(Kind(actor.organisation_kind))
    if keyword is None:
        raise Forbidden
    return {keyword: organisation_id}
