"""The choices beside the results, as the templates' macros take them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from catalog.categories.kinds import AttributeKind
from catalog.categories.queries import FacetAttribute
from catalog.products.certificates import CertificateKind
from market import formats
from market.organisations.districts import find_district
from market.web.links import url_with
from search.request import LEAD_TIMES, Facets, SearchRequest, SearchResult, Sort
from search.tree import Node

_MOST_SPECS = 8
"""How many attributes the page offers."""

_MOST_VALUES = 12

Option = dict[str, Any]
"""`value`, `label`, `count`, `active`, and `url` where it is a link."""


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
    return _options(facets.districts, request.districts, {code: _district_name(code) for code in codes})


def certification_options(facets: Facets, request: SearchRequest) -> list[Option]:
    """The certificates found, most frequent first."""
    return _options(facets.certifications, request.certifications, {str(kind): kind.label for kind in CertificateKind})


def _options(counts: Mapping[str, int], chosen: tuple[str, ...], labels: Mapping[str, str]) -> list[Option]:
    values = {**{value: 0 for value in chosen}, **counts}
    options = [
        {"value": value, "label": labels.get(value, value), "count": count, "active": value in chosen}
        for value, count in values.items()
    ]
    return sorted(options, key=lambda option: (not option["active"], -option["count"], option["label"]))


@dataclass(frozen=True)
class SpecFacet:
    """The values of one attribute that the result can be narrowed by."""

    attribute: FacetAttribute
    options: list[Option]

    @property
    def title(self) -> str:
        """The attribute's name in the language of the page."""
        return spec_name_shown(self.attribute)


def spec_facets(facets: Facets, request: SearchRequest, attributes: Iterable[FacetAttribute]) -> list[SpecFacet]:
    """The attributes that have something to choose from, each with its values: numbers by size, others by frequency."""
    chosen = dict(request.specs)
    found = []
    for attribute in attributes:
        own = chosen.get(attribute.key, ())
        counts = facets.specs.get(attribute.key, {})
        labels = {value: spec_label(attribute, value) for value in (*counts, *own)}
        options = _options(counts, own, labels)[:_MOST_VALUES]
        if attribute.kind is AttributeKind.NUMBER:
            options.sort(key=lambda option: _as_number(option["value"]))
        if len(options) > 1 or own:
            values = [{**option, "value": f"{attribute.key}:{option['value']}"} for option in options]
            found.append(SpecFacet(attribute, values))
    return found[:_MOST_SPECS]


def spec_name_shown(attribute: FacetAttribute) -> str:
    """The attribute's name in the language of the page."""
    return attribute.name_en if str(get_locale()) == "en" else attribute.name


def spec_label(attribute: FacetAttribute, value: str) -> str:
    """A value as buyers read it: "150 gsm", "Ya"."""
    if attribute.kind is AttributeKind.YES_NO:
        return _("Ya") if value == "true" else _("Tidak")
    if attribute.kind is AttributeKind.NUMBER and _as_number(value) < float("inf"):
        return " ".join(filter(None, (formats.decimal(_as_number(value)), attribute.unit)))
    return value


def _as_number(text: str) -> float:
    """The number that an address names; what is none comes last."""
    try:
        return float(text)
    except ValueError:
        return float("inf")


def lead_time_options(facets: Facets, request: SearchRequest) -> list[Option]:
    """ "Within so many days", of which one can be chosen; a choice that adds nothing to the one before is left out."""
    options: list[Option] = []
    before = 0
    for days in LEAD_TIMES:
        count = facets.lead_times.get(days, 0)
        active = request.max_lead_time == days
        if count > before or active:
            options.append({"value": days, "label": lead_time_label(days), "count": count, "active": active})
        before = count
    return options


def lead_time_label(days: int) -> str:
    """The words for "ready within so many days"."""
    return ngettext("Paling lama %(num)s hari", "Paling lama %(num)s hari", days)


def sort_options(request: SearchRequest) -> list[Option]:
    """The orders a buyer can choose; without words there is nothing to be relevant to."""
    labels = {
        Sort.RELEVANCE: _("Paling sesuai") if request.q else _("Stok tersedia dulu"),
        Sort.NEWEST: _("Terbaru"),
        Sort.PRICE: _("Harga terendah"),
        Sort.PRICE_DOWN: _("Harga tertinggi"),
        Sort.LEAD_TIME: _("Pengerjaan tercepat"),
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


def active_filters(
    request: SearchRequest, tree: list[Node], seller_name: str | None, attributes: Sequence[FacetAttribute] = ()
) -> list[Option]:
    """What the result is narrowed by, each with the address without it."""
    chips: list[Option] = []
    if request.category:
        names = {category.slug: category.label for category in tree}
        chips.append(_chip(names.get(request.category, request.category), category=None))
    if request.seller:
        chips.append(_chip(seller_name or request.seller, seller=None))
    for code in request.districts:
        chips.append(_chip(_district_name(code), district=[other for other in request.districts if other != code]))
    for kind in request.certifications:
        left = [other for other in request.certifications if other != kind]
        chips.append(_chip(CertificateKind(kind).label, certification=left))
    if request.min_price is not None or request.max_price is not None:
        chips.append(_chip(_price_range(request), min_price=None, max_price=None))
    if request.in_stock:
        chips.append(_chip(_("Stok tersedia"), in_stock=None))
    if request.max_lead_time is not None:
        chips.append(_chip(lead_time_label(request.max_lead_time), max_lead_time=None))
    return chips + _spec_chips(request, attributes)


def _spec_chips(request: SearchRequest, attributes: Sequence[FacetAttribute]) -> list[Option]:
    known = {attribute.key: attribute for attribute in attributes}
    asked = [(key, value) for key, values in request.specs for value in values]
    chips = []
    for key, value in asked:
        left = [f"{other}:{text}" for other, text in asked if (other, text) != (key, value)]
        label = f"{spec_name_shown(known[key])}: {spec_label(known[key], value)}" if key in known else f"{key}: {value}"
        chips.append(_chip(label, spec=left))
    return chips


def _chip(label: str, **without: Any) -> Option:
    return {"label": label, "url": url_with(**without)}


def _price_range(request: SearchRequest) -> str:
    if request.max_price is None:
        return _("Mulai %(price)s", price=formats.rupiah(request.min_price))
    if request.min_price is None:
        return _("Sampai %(price)s", price=formats.rupiah(request.max_price))
    return _("%(low)s – %(high)s", low=formats.rupiah(request.min_price), high=formats.rupiah(request.max_price))


def _district_name(code: str) -> str:
    district = find_district(code)
    return district.name if district else code


def seller_name(result: SearchResult) -> str | None:
    """The name of the seller whose products these all are, from what was found."""
    return result.hits[0]["item"]["seller"]["name"] if result.hits else None


def api_facets(facets: Facets, tree: list[Node], attributes: Iterable[FacetAttribute]) -> dict[str, Any]:
    """The counts as the API gives them: what to send, its name, and how many products it leaves."""
    names = {category.slug: category.name for category in tree}
    certificates = {str(kind): kind.label for kind in CertificateKind}
    return {
        "category": _counted(facets.categories, names),
        "district": _counted(facets.districts, {code: _district_name(code) for code in facets.districts}),
        "certification": _counted(facets.certifications, certificates),
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
