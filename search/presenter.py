"""The choices beside the results, as the templates' macros take them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from catalog.categories.queries import FacetAttribute
from catalog.products.certificates import CertificateKind
from market.organisations.districts import DISTRICTS, district_name
from market.web.links import url_with
from search.chips import lead_time_label
from search.documents import ProductDocument
from search.options import Option, options_of
from search.plants import Plant
from search.request import DISTANCES, LEAD_TIMES, Facets, SearchRequest, Sort
from search.tree import Node

_BY_REGENCY = {
    regency: sorted((each for each in DISTRICTS if each.regency == regency), key=lambda each: each.name)
    for regency in sorted({each.regency for each in DISTRICTS})
}
"""The districts of each regency, by name."""


@dataclass(frozen=True)
class Branch:
    """Where in the category tree the page stands: the way there, and the next step down."""

    way: list[Option]
    below: list[Option]


def branch(tree: list[Node], facets: Facets, request: SearchRequest) -> Branch:
    """The categories to choose from: those on the way to the chosen one, and those that lie under it.

    Empty ones are left out. Under a category without any below it stand its neighbours.
    """
    by_slug = {category.slug: category for category in tree}
    way = by_slug[request.category].path.split("/") if request.category in by_slug else []
    if way and not any(category.path.split("/")[:-1] == way for category in tree):
        way = way[:-1]
    return Branch(
        way=[_category_option(by_slug[slug], facets, request) for slug in way],
        below=[
            _category_option(category, facets, request)
            for category in tree
            if category.path.split("/")[:-1] == way
            and (facets.categories.get(category.slug) or category.slug == request.category)
        ],
    )


def _category_option(category: Node, facets: Facets, request: SearchRequest) -> Option:
    return {
        "value": category.slug,
        "label": category.label,
        "icon": category.icon,
        "count": facets.categories.get(category.slug, 0),
        "active": category.slug == request.category,
        "url": url_with(category=category.slug),
    }


def district_options(facets: Facets, request: SearchRequest) -> list[Option]:
    """The districts found, those with most products first, and those chosen before them."""
    codes = {*facets.districts, *request.districts}
    return options_of(facets.districts, request.districts, _names_of(codes))


def _names_of(codes: Iterable[str]) -> dict[str, str]:
    """The districts' names; codes that are unknown stand for themselves."""
    return {code: district_name(code) or code for code in codes}


def certification_options(facets: Facets, request: SearchRequest) -> list[Option]:
    """The certificates found, most frequent first."""
    return options_of(
        facets.certifications, request.certifications, {str(kind): kind.label for kind in CertificateKind}
    )


def lead_time_options(facets: Facets, request: SearchRequest) -> list[Option]:
    """ "Within so many days", of which one can be chosen; a choice that adds nothing to the one before is left out."""
    options: list[Option] = []
    before = 0
    for days in LEAD_TIMES:
        count = facets.lead_times.get(days, 0)
        active = request.max_lead_time == days and not request.min_lead_time
        if count > before or active:
            label = lead_time_label(None, days)
            url = url_with(min_lead_time=None, max_lead_time=None if active else days)
            options.append({"value": days, "label": label, "count": count, "active": active, "url": url})
        before = count
    return options


def place_options(request: SearchRequest, plants: Sequence[Plant]) -> list[tuple[str, list[Option]]]:
    """From where distances can be measured: the buyer's own places first, then the districts of each regency."""
    groups: dict[str, list[Option]] = {}
    if plants:
        groups[_("Alamat pengiriman Anda")] = [
            _place_option(plant.district_code, f"{plant.label} · {district_name(plant.district_code)}", request)
            for plant in plants
        ]
    own = {plant.district_code for plant in plants}
    for regency, districts in _BY_REGENCY.items():
        groups[_("Kecamatan di %(regency)s", regency=regency)] = [
            _place_option(district.code, district.name, request) for district in districts if district.code not in own
        ]
    return list(groups.items())


def _place_option(code: str, label: str, request: SearchRequest) -> Option:
    return {"value": code, "label": label, "active": request.near == code}


def distance_options(facets: Facets, request: SearchRequest) -> list[Option]:
    """The choices of "within so many kilometres" once a place is chosen, and what the address says besides."""
    if not request.near:
        return []
    asked = [request.within] if request.within else []
    return [
        {
            "value": most,
            "label": _("Sampai %(km)s km", km=most),
            "count": facets.distances.get(most),
            "active": most == request.within,
        }
        for most in sorted({*DISTANCES, *asked})
    ]


def sort_options(request: SearchRequest) -> list[Option]:
    """The orders a buyer can choose; without words there is nothing to be relevant to."""
    labels = {
        Sort.RELEVANCE: _("Paling sesuai") if request.q else _("Stok tersedia dulu"),
        Sort.NEWEST: _("Terbaru"),
        Sort.PRICE: _("Harga terendah"),
        Sort.PRICE_DOWN: _("Harga tertinggi"),
        Sort.LEAD_TIME: _("Pengerjaan tercepat"),
        **({Sort.NEAREST: _("Terdekat")} if request.near else {}),
    }
    return [
        {
            "label": label,
            "active": sort is request.sort,
            "url": url_with(sort=None if sort is Sort.RELEVANCE else sort.value),
        }
        for sort, label in labels.items()
    ]


def heading(request: SearchRequest, tree: list[Node]) -> str:
    """What the page of results is about."""
    if request.q:
        return _("Hasil untuk “%(words)s”", words=request.q)
    chosen = next((category for category in tree if category.slug == request.category), None)
    return chosen.label if chosen else _("Semua produk")


def seller_name(hits: Sequence[ProductDocument]) -> str | None:
    """The name of the seller whose products these all are; None where there are none."""
    return hits[0]["item"]["seller"]["name"] if hits else None


def api_facets(facets: Facets, tree: list[Node], attributes: Iterable[FacetAttribute]) -> dict[str, Any]:
    """The counts as the API gives them: what to send, its name, and how many products it leaves."""
    names = {category.slug: category.name for category in tree}
    certificates = {str(kind): kind.label for kind in CertificateKind}
    return {
        "category": _counted(facets.categories, names),
        "district": _counted(facets.districts, _names_of(facets.districts)),
        "certification": _counted(facets.certifications, certificates),
        "distance": [{"within": most, "count": count} for most, count in facets.distances.items()],
        "lead_time": [{"max_lead_time": days, "count": count} for days, count in facets.lead_times.items()],
        "price": {"lowest": facets.lowest_price, "highest": facets.highest_price},
        "in_stock": facets.in_stock,
        "spec": [
            {
                "key": attribute.key,
                "name": attribute.name,
                "kind": attribute.kind.value,
                "unit": attribute.unit,
                "values": _counted(facets.specs[attribute.key], {}),
            }
            for attribute in attributes
            if facets.specs.get(attribute.key)
        ],
    }


def _counted(counts: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    most_first = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return [{"value": value, "name": names.get(value, value), "count": count} for value, count in most_first]
