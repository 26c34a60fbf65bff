"""What both desks' lists of products are asked for."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from catalog.products.states import ProductState, Waiting
from market.web.links import url_with

LONGEST_WORDS = 100


@dataclass(frozen=True)
class ListRequest:
    """Which products the address asks for; what cannot be read is left out."""

    state: ProductState | None
    words: str
    page: int


def read_request() -> ListRequest:
    """What this page's address asks for."""
    asked = request.args.get("state", "")
    return ListRequest(
        state=ProductState(asked) if asked in set(ProductState) else None,
        words=request.args.get("q", "").strip()[:LONGEST_WORDS],
        page=request.args.get("page", 1, type=int),
    )


def state_chips(counts: dict[ProductState, int], chosen: ProductState | None) -> list[dict[str, Any]]:
    """A chip for each state with its count, and one for all."""
    return [
        {
            "label": _("Semua"),
            "url": url_with(state=None),
            "active": chosen is None,
            "count": sum(counts.values()),
        },
        *(
            {"label": state.label, "url": url_with(state=state), "active": state is chosen, "count": count}
            for state, count in counts.items()
        ),
    ]


EVERYTHING = "all"
"""The address's word for products in every state; without it those are shown that wait."""


@dataclass(frozen=True)
class ModerationRequest:
    """Which products the cooperative's list shows: what waits, those in one state, or all (None)."""

    shown: Waiting | ProductState | None
    words: str
    page: int


def read_moderation_request() -> ModerationRequest:
    """What the address of the cooperative's list asks for; usually what waits."""
    asked, rest = request.args.get("state", ""), read_request()
    shown: Waiting | ProductState | None = Waiting(asked) if asked in set(Waiting) else rest.state
    if shown is None and asked != EVERYTHING:
        shown = Waiting.ALL
    return ModerationRequest(shown, rest.words, rest.page)


def moderation_chips(
    counts: dict[ProductState, int], changes: int, shown: Waiting | ProductState | None
) -> list[dict[str, Any]]:
    """What waits, new products and changes apart, then the other states but drafts, which are the seller's own."""
    new = counts[ProductState.SUBMITTED]
    places: list[tuple[str, str | None, int]] = [
        (_("Menunggu"), None, new + changes),
        (_("Baru"), Waiting.NEW, new),
        (_("Perubahan"), Waiting.CHANGED, changes),
        *(
            (state.label, state, counts[state])
            for state in (ProductState.PUBLISHED, ProductState.REJECTED, ProductState.WITHDRAWN)
        ),
        (_("Semua"), EVERYTHING, sum(counts.values()) - counts[ProductState.DRAFT]),
    ]
    active = EVERYTHING if shown is None else None if shown is Waiting.ALL else shown
    return [
        {"label": label, "url": url_with(state=word), "active": word == active, "count": count}
        for label, word, count in places
    ]
