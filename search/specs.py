"""The values of what categories ask for, as choices beside the results."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from catalog.categories.kinds import AttributeKind
from catalog.categories.queries import FacetAttribute
from market import formats
from search.options import Option, options_of
from search.request import Facets, SearchRequest

_MOST_SPECS = 8
"""How many attributes the page offers."""

_MOST_VALUES = 12


@dataclass(frozen=True)
class SpecFacet:
    """The values of one attribute that the result can be narrowed by."""

    attribute: FacetAttribute
    options: list[Option]


def spec_facets(facets: Facets, request: SearchRequest, attributes: Iterable[FacetAttribute]) -> list[SpecFacet]:
    """The attributes that have something to choose from, each with its values: numbers by size, others by frequency."""
    chosen = dict(request.specs)
    found = []
    for attribute in attributes:
        own = chosen.get(attribute.key, ())
        counts = facets.specs.get(attribute.key, {})
        labels = {value: spec_label(attribute, value) for value in (*counts, *own)}
        options = options_of(counts, own, labels)[:_MOST_VALUES]
        if attribute.kind is AttributeKind.NUMBER:
            options.sort(key=lambda option: _as_number(option["value"]))
        if len(options) > 1 or own:
            values = [{**option, "value": f"{attribute.key}:{option['value']}"} for option in options]
            found.append(SpecFacet(attribute, values))
    return found[:_MOST_SPECS]


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
