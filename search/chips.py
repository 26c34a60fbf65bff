"""What a result is narrowed by, in words, each with what has to change in the address for it to go."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from catalog.categories.queries import FacetAttribute
from catalog.products.certificates import CertificateKind
from market import formats
from market.organisations.districts import district_name
from search.request import SearchRequest, Sort
from search.specs import spec_label
from search.tree import Node


class Chip(NamedTuple):
    """Something that is asked for."""

    label: str
    without: dict[str, Any]
    """The parameters of the address that are different without it; None where there is none any more."""


def active_filters(
    request: SearchRequest, tree: list[Node], seller_name: str | None, attributes: Sequence[FacetAttribute] = ()
) -> list[Chip]:
    """What the result is narrowed by: categories and places first, what attributes are asked for last."""
    return [
        *_choice_chips(request, tree, seller_name),
        *_span_chips(request),
        *_order_chips(request),
        *_spec_chips(request, attributes),
    ]


def _choice_chips(request: SearchRequest, tree: list[Node], seller_name: str | None) -> list[Chip]:
    chips: list[Chip] = []
    if request.category:
        names = {category.slug: category.label for category in tree}
        chips.append(_chip(names.get(request.category, request.category), category=None))
    if request.seller:
        chips.append(_chip(seller_name or request.seller, seller=None))
    for code in request.districts:
        chips.append(
            _chip(district_name(code) or code, district=[other for other in request.districts if other != code])
        )
    for kind in request.certifications:
        left = [other for other in request.certifications if other != kind]
        chips.append(_chip(CertificateKind(kind).label, certification=left))
    if request.in_stock:
        chips.append(_chip(_("Stok tersedia"), in_stock=None))
    return chips


def _span_chips(request: SearchRequest) -> list[Chip]:
    chips: list[Chip] = []
    if request.min_price is not None or request.max_price is not None:
        chips.append(_chip(price_label(request.min_price, request.max_price), min_price=None, max_price=None))
    if request.min_order_from is not None or request.min_order_to is not None:
        label = min_order_label(request.min_order_from, request.min_order_to)
        chips.append(_chip(label, min_order_from=None, min_order_to=None))
    if request.min_lead_time is not None or request.max_lead_time is not None:
        label = lead_time_label(request.min_lead_time, request.max_lead_time)
        chips.append(_chip(label, min_lead_time=None, max_lead_time=None))
    return chips


def _order_chips(request: SearchRequest) -> list[Chip]:
    chips: list[Chip] = []
    if request.quantity is not None and request.by is not None:
        chips.append(_chip(delivery_label(request), quantity=None, by=None))
    if request.near and request.within is not None:
        without: dict[str, Any] = {"near": None, "within": None}
        if request.sort is Sort.NEAREST:
            without["sort"] = None
        chips.append(_chip(distance_label(request), **without))
    return chips


def _spec_chips(request: SearchRequest, attributes: Sequence[FacetAttribute]) -> list[Chip]:
    known = {attribute.key: attribute for attribute in attributes}
    asked = [(key, value) for key, values in request.specs for value in values]
    chips = []
    for key, value in asked:
        left = [f"{other}:{text}" for other, text in asked if (other, text) != (key, value)]
        label = f"{known[key].label}: {spec_label(known[key], value)}" if key in known else f"{key}: {value}"
        chips.append(_chip(label, spec=left))
    return chips


def _chip(label: str, **without: Any) -> Chip:
    return Chip(label, without)


def price_label(lowest: int | None, highest: int | None) -> str:
    """The words for a price between two, of which one may be left open."""
    if highest is None:
        return _("Mulai %(price)s", price=formats.rupiah(lowest))
    if lowest is None:
        return _("Sampai %(price)s", price=formats.rupiah(highest))
    return _("%(low)s – %(high)s", low=formats.rupiah(lowest), high=formats.rupiah(highest))


def min_order_label(lowest: int | None, highest: int | None) -> str:
    """The words for a smallest order between two."""
    if highest is None:
        return _("Minimal pembelian mulai %(number)s", number=formats.number(lowest))
    if lowest is None:
        return _("Minimal pembelian sampai %(number)s", number=formats.number(highest))
    return _("Minimal pembelian %(low)s – %(high)s", low=formats.number(lowest), high=formats.number(highest))


def lead_time_label(lowest: int | None, highest: int | None) -> str:
    """The words for "ready within so many days"."""
    if highest is None:
        return ngettext("Paling cepat %(num)s hari", "Paling cepat %(num)s hari", lowest or 0)
    if lowest is None:
        return ngettext("Paling lama %(num)s hari", "Paling lama %(num)s hari", highest)
    return _("Pengerjaan %(low)s – %(high)s hari", low=lowest, high=highest)


def delivery_label(request: SearchRequest) -> str:
    """The words for so many pieces by a day."""
    day = formats.date_short(request.by, str(get_locale()))
    return _("%(number)s siap paling lambat %(day)s", number=formats.number(request.quantity), day=day)


def distance_label(request: SearchRequest) -> str:
    """The words for so many kilometres from a place."""
    return _("Sampai %(km)s km dari %(place)s", km=request.within, place=district_name(request.near))
