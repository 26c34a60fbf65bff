"""What the three lists of invoices have in common."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from market.pages import Page
from market.web.links import url_with
from orders.billing import queries
from orders.billing.models import Invoice
from orders.billing.queries import InvoiceFilter, InvoiceGroup

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class InvoiceList:
    """A page of invoices with the chips and the words that chose them."""

    page: Page[Invoice]
    chips: list[dict[str, Any]]
    words: str
    groups: dict[InvoiceFilter | None, InvoiceGroup]


def read_list(**seen_by: int) -> InvoiceList:
    """The list that this request asks for, as one organisation may see it: `state`, `q` and `page` of the address."""
    group = _group(request.args.get("state", ""))
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    number = request.args.get("page", 1, type=int)
    groups = queries.count_invoices(**seen_by)
    return InvoiceList(
        page=queries.list_invoices(group=group, words=words, page=number, **seen_by),
        chips=[_chip(each, groups[each].count, active=each is group) for each in (None, *InvoiceFilter)],
        words=words,
        groups=groups,
    )


def _group(text: str) -> InvoiceFilter | None:
    return InvoiceFilter(text) if text in list(InvoiceFilter) else None


def _chip(group: InvoiceFilter | None, count: int, *, active: bool) -> dict[str, Any]:
    label = _("Semua") if group is None else group.label
    return {"label": label, "url": url_with(state=group), "active": active, "count": count}
