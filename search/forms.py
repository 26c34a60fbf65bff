"""Reading what somebody looks for out of an address. Whatever stands there, something sensible is searched."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from catalog.products.certificates import CertificateKind
from catalog.products.limits import MAX_QUANTITY
from market import clock, formats
from market.organisations.districts import DISTRICTS, find_district
from market.web.fields import read_whole_number
from search.request import FURTHEST_DAY, LONGEST_QUERY, SearchRequest, Sort, Specs

Problems = dict[str, str]
"""What is wrong with a field, in words that say how to mend it, by the field's name."""

LAST_PAGE = 1_000_000
_MOST_CHOICES = 50
LONGEST_LEAD_TIME = 365
LONGEST_DISTANCE = 100
"""Kilometres."""

_KEY = re.compile(r"[a-z0-9-]{1,60}")
_YES = {"1", "true", "on", "ya"}

_DISTRICT_CODES = {district.code: district.code for district in DISTRICTS} | {
    district.name.casefold(): district.code for district in DISTRICTS
}


def read_request(args: MultiDict[str, str]) -> tuple[SearchRequest, Problems]:
    """The question that an address asks, and what of it could not be read and is therefore left out."""
    problems: Problems = {}
    near = _place(args, problems)
    sort = _sort(args.get("sort", ""))
    request = SearchRequest(
        q=cleaned(args.get("q", "")),
        category=cleaned(args.get("category", "")) or None,
        seller=cleaned(args.get("seller", "")) or None,
        districts=tuple(known_districts(args.getlist("district"))),
        certifications=tuple(kind for kind in _distinct(args.getlist("certification")) if kind in set(CertificateKind)),
        in_stock=args.get("in_stock", "").lower() in _YES,
        near=near,
        within=_within(args, near, problems),
        specs=read_specs(args.getlist("spec")),
        sort=Sort.RELEVANCE if sort is Sort.NEAREST and near is None else sort,
        page=_page(args.get("page", "")),
        **_span(args, "min_price", "max_price", problems),
        **_span(args, "min_lead_time", "max_lead_time", problems, highest=LONGEST_LEAD_TIME),
        **_span(args, "min_order_from", "min_order_to", problems, highest=MAX_QUANTITY),
        **_delivery(args, problems),
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
        ("min_lead_time", request.min_lead_time),
        ("max_lead_time", request.max_lead_time),
        ("min_order_from", request.min_order_from),
        ("min_order_to", request.min_order_to),
        ("quantity", request.quantity),
        ("by", request.by.isoformat() if request.by else None),
        ("near", request.near),
        ("within", request.within),
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
    return list(dict.fromkeys(_DISTRICT_CODES.get(text.casefold(), text) for text in _distinct(texts)))


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


def _span(
    args: MultiDict[str, str], lowest_name: str, highest_name: str, problems: Problems, **limits: int
) -> dict[str, Any]:
    """Two numbers, of which the second may not be below the first; else only the first counts."""
    lowest = _number(args, lowest_name, problems, **limits)
    highest = _number(args, highest_name, problems, **limits)
    if lowest is not None and highest is not None and lowest > highest:
        problems[highest_name] = _(
            "Isi %(lowest)s atau lebih, atau turunkan batas bawahnya.", lowest=formats.number(lowest)
        )
        highest = None
    return {lowest_name: lowest, highest_name: highest}


def _delivery(args: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """How many and by when; one without the other says nothing."""
    quantity = _number(args, "quantity", problems, lowest=1, highest=MAX_QUANTITY)
    by = _day(args, "by", problems)
    if quantity and by:
        return {"quantity": quantity, "by": by}
    if quantity and "by" not in problems:
        problems["by"] = _("Isi juga tanggalnya.")
    if by and "quantity" not in problems:
        problems["quantity"] = _("Isi juga jumlahnya.")
    return {}


def _day(args: MultiDict[str, str], name: str, problems: Problems) -> date | None:
    typed = args.get(name, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        problems[name] = _("Tulis tanggal seperti %(example)s.", example=clock.today().isoformat())
        return None
    if problem := problem_with_day(day):
        problems[name] = problem
        return None
    return day


def problem_with_day(day: date) -> str | None:
    """Why goods cannot be asked for by this day."""
    if day < clock.today():
        return _("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.")
    if (day - clock.today()).days > FURTHEST_DAY:
        return _("Paling jauh satu tahun lagi.")
    return None


def find_place(text: str) -> str | None:
    """The code of the district that is named by code or name."""
    return next((code for code in known_districts([text]) if find_district(code)), None)


def _place(args: MultiDict[str, str], problems: Problems) -> str | None:
    typed = args.get("near", "").strip()
    code = find_place(typed)
    if typed and code is None:
        problems["near"] = _("Kecamatan ini tidak dikenal.")
    return code


def _within(args: MultiDict[str, str], near: str | None, problems: Problems) -> int | None:
    kilometres = _number(args, "within", problems, lowest=1, highest=LONGEST_DISTANCE)
    if kilometres is not None and near is None:
        problems.setdefault("near", _("Pilih dulu tempat Anda."))
        return None
    return kilometres


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
