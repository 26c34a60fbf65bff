"""What is offered to whoever found nothing, in words, each with its address and how many products it finds."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from catalog.categories.queries import FacetAttribute
from search.chips import active_filters, delivery_label, distance_label, lead_time_label, min_order_label, price_label
from search.forms import to_query
from search.relaxing import Part, Relaxation
from search.request import SearchRequest
from search.tree import Node


def ways_out(
    found: Iterable[Relaxation], tree: list[Node], attributes: Sequence[FacetAttribute]
) -> list[dict[str, Any]]:
    """What the page says of each: `label`, `url`, `total`."""
    return [
        {"label": label(each, tree, attributes), "url": address(each.request), "total": each.total} for each in found
    ]


def address(request: SearchRequest) -> str:
    """The address of the page that answers a question."""
    said = list(to_query(request).items(multi=True))
    return url_for("search.results") + (f"?{urlencode(said)}" if said else "")


def label(relaxation: Relaxation, tree: list[Node], attributes: Sequence[FacetAttribute]) -> str:
    """What is asked for instead, or what is not asked for."""
    if relaxation.is_step:
        return _step_label(relaxation, tree)
    if relaxation.is_alone:
        chips = active_filters(relaxation.request, tree, None, attributes)
        return _("Hanya: %(filter)s", filter=", ".join(chip.label for chip in chips))
    if relaxation.part is Part.WORD:
        return _("Tanpa kata “%(word)s”", word=relaxation.name)
    if relaxation.part is Part.SPEC:
        names = {attribute.key: attribute.label for attribute in attributes}
        return _("Tanpa saringan %(name)s", name=names.get(relaxation.name, relaxation.name))
    return {
        Part.CATEGORY: _("Di semua kategori"),
        Part.SELLER: _("Dari semua penjual"),
        Part.DISTRICTS: _("Di semua kecamatan"),
        Part.CERTIFICATIONS: _("Tanpa saringan sertifikat"),
        Part.PRICE: _("Tanpa saringan harga"),
        Part.IN_STOCK: _("Juga yang stoknya habis"),
        Part.LEAD_TIME: _("Tanpa saringan lama pengerjaan"),
        Part.MIN_ORDER: _("Tanpa saringan minimal pembelian"),
        Part.DELIVERY: _("Tanpa jumlah dan tanggal siap"),
        Part.DISTANCE: _("Berapa pun jauhnya"),
    }[relaxation.part]


def _step_label(relaxation: Relaxation, tree: list[Node]) -> str:
    request = relaxation.request
    match relaxation.part:
        case Part.PRICE:
            return price_label(request.min_price, request.max_price)
        case Part.LEAD_TIME:
            return lead_time_label(request.min_lead_time, request.max_lead_time)
        case Part.MIN_ORDER:
            return min_order_label(request.min_order_from, request.min_order_to)
        case Part.DELIVERY:
            return delivery_label(request)
        case Part.DISTANCE:
            return distance_label(request)
    names = {category.slug: category.label for category in tree}
    return _("Di seluruh %(category)s", category=names.get(request.category or "", ""))
