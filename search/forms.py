"""Reading what somebody looks for out of an address. Whatever stands there, something sensible is searched."""

import re

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from catalog.products.certificates import CertificateKind
from market.organisations.districts import DISTRICTS
from market.web.fields import read_whole_number
from search.request import LONGEST_QUERY, SearchRequest, Sort, Specs

Problems = dict[str, str]
"""What is wrong with a field, in words that say how to mend it, by the field's name."""

LAST_PAGE = 1_000_000
_MOST_CHOICES = 50
_LONGEST_LEAD_TIME = 365
_KEY = re.compile(r"[a-z0-9-]{1,60}")
_YES = {"1", "true", "on", "ya"}

_DISTRICT_CODES = {district.code: district.code for district in DISTRICTS} | {
    district.name.casefold(): district.code for district in DISTRICTS
}


def read_request(args: MultiDict[str, str]) -> tuple[SearchRequest, Problems]:
    """The question that an address asks, and what of it could not be read and is therefore left out."""
    problems: Problems = {}
    lowest = _number(args, "min_price", problems)
    highest = _number(args, "max_price", problems)
    if lowest is not None and highest is not None and lowest > highest:
        problems["max_price"] = _("Harga tertinggi harus sama dengan atau di atas harga terendah.")
        highest = None
    request = SearchRequest(
        q=cleaned(args.get("q", "")),
        category=cleaned(args.get("category", "")) or None,
        seller=cleaned(args.get("seller", "")) or None,
        districts=tuple(known_districts(args.getlist("district"))),
        certifications=tuple(kind for kind in _distinct(args.getlist("certification")) if kind in set(CertificateKind)),
        min_price=lowest,
        max_price=highest,
        in_stock=args.get("in_stock", "").lower() in _YES,
        max_lead_time=_number(args, "max_lead_time", problems, highest=_LONGEST_LEAD_TIME),
        specs=read_specs(args.getlist("spec")),
        sort=_sort(args.get("sort", "")),
        page=_page(args.get("page", "")),
    )
    return request, problems


def to_query(request: SearchRequest) -> MultiDict[str, str]:
    """The address of a question: `read_request(to_query(request))` is the request again.

    Whoever adds something to `read_request` adds it here: links, and the searches that buyers saved, are made of this.
    What no address says (how many on a page, what is counted, since when it is published) is left out.
    """
    said: list[tuple[str, str | int | None]] = [
        ("q", request.q),
        ("category", request.category),
        ("seller", request.seller),
        *(("district", code) for code in request.districts),
        *(("certification", kind) for kind in request.certifications),
        ("min_price", request.min_price),
        ("max_price", request.max_price),
        ("in_stock", "1" if request.in_stock else None),
        ("max_lead_time", request.max_lead_time),
        *(("spec", f"{key}:{value}") for key, values in request.specs for value in values),
        ("sort", None if request.sort is Sort.RELEVANCE else request.sort.value),
        ("page", None if request.page == 1 else request.page),
    ]
    return MultiDict((name, str(value)) for name, value in said if value not in (None, ""))


def cleaned(text: str) -> str:
    """The text with single spaces, cut to what is looked at."""
    return " ".join(text.split())[:LONGEST_QUERY].rstrip()


def known_districts(texts: list[str]) -> list[str]:
    """The codes of the districts that are named by code or name; others are kept as they are, and match nothing."""
    return [_DISTRICT_CODES.get(text.casefold(), text) for text in _distinct(texts)]


def read_specs(texts: list[str]) -> Specs:
    """The values of attributes that are wanted, each written as key:value; what is not written so is left out."""
    found: dict[str, list[str]] = {}
    for text in _distinct(texts):
        key, colon, value = text.partition(":")
        if colon and value and _KEY.fullmatch(key):
            found.setdefault(key, []).append(value)
    return tuple((key, tuple(values)) for key, values in found.items())


def _distinct(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text for text in map(cleaned, texts) if text))[:_MOST_CHOICES]


def _number(args: MultiDict[str, str], name: str, problems: Problems, **limits: int) -> int | None:
    typed = args.get(name, "").strip()
    if not typed:
        return None
    try:
        return read_whole_number(typed, **limits)
    except ValueError as error:
        problems[name] = str(error)
        return None


def _sort(text: str) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.RELEVANCE


def _page(text: str) -> int:
    """The page that is asked for; what is no number between 1 and a million is the first."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE))
    return min(max(int(text), 1), LAST_PAGE) if is_number else 1
