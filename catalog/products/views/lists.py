"""What both desks' lists of products are asked for."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from catalog.products.states import ProductState
from market.web.links import url_with

LONGEST_WORDS = 100


@dataclass(frozen=True)
class ListRequest:
    """Which products the address asks for; what cannot be read is left out."""

    state: ProductState | None
    words: str
    page: int


def read_request(usual: ProductState | None = None) -> ListRequest:
    """What this page's address asks for; `usual` is the state when it names none."""
    asked = request.args.get("state", usual or "")
    return ListRequest(
        state=ProductState(asked) if asked in set(ProductState) else None,
        words=request.args.get("q", "").strip()[:LONGEST_WORDS],
        page=request.args.get("page", 1, type=int),
    )


def state_chips(
    counts: dict[ProductState, int], chosen: ProductState | None, *, everything: str | None = None
) -> list[dict[str, Any]]:
    """A chip for each state with its count; `everything` is the address's word for all of them."""
    return [
        {
            "label": _("Semua"),
            "url": url_with(state=everything),
            "active": chosen is None,
            "count": sum(counts.values()),
        },
        *(
            {"label": state.label, "url": url_with(state=state), "active": state is chosen, "count": count}
            for state, count in counts.items()
        ),
    ]
