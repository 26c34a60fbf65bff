"""What the three lists of orders have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from market.pages import Page
from market.web.links import url_with
from orders.purchasing.states import OrderState, Stage

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class FoundOrders:
    """A page of orders, and the chips and words that chose them."""

    page: Page[Any]
    chips: list[dict[str, Any]]
    stage: Stage | None
    words: str


def read_list(
    list_them: Callable[..., Page[Any]],
    counts: Mapping[OrderState, int],
    *,
    without: frozenset[Stage] = frozenset(),
    **seen_by: int,
) -> FoundOrders:
    """The list that the address asks for with `stage`, `q` and `page`; stages `without` a place here get no chip."""
    stage = _stage(request.args.get("stage", ""))
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return FoundOrders(
        page=list_them(
            states=stage.states if stage else (),
            text=words,
            page=request.args.get("page", 1, type=int),
            **seen_by,
        ),
        chips=[_chip(each, counts, active=each is stage) for each in (None, *Stage) if each not in without],
        stage=stage,
        words=words,
    )


def _stage(text: str) -> Stage | None:
    return Stage(text) if text in list(Stage) else None


def _chip(stage: Stage | None, counts: Mapping[OrderState, int], *, active: bool) -> dict[str, Any]:
    count = sum(count for state, count in counts.items() if stage is None or state in stage.states)
    return {
        "label": stage.label if stage else _("Semua"),
        "url": url_with(stage=stage),
        "active": active,
        "count": count,
    }
