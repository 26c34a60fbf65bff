"""The nearest first, in Meilisearch: a page put together of its districts, in the order of their distance.

Meilisearch can sort by coordinates, but then it writes those of all products anew with each change of any of them: half
a second at a hundred thousand, for which every save would wait. Sellers are known to be in the middle of their
district, so its products, district by district, are the same page.
"""

from collections.abc import Mapping
from typing import NamedTuple

from search.filters import district_is, no_district_of
from search.request import SearchRequest


class Part(NamedTuple):
    """Some of the products of one district, or of those that are nowhere we know."""

    condition: str
    """In Meilisearch's language."""
    first: int
    number: int


def parts_of(request: SearchRequest, in_district: Mapping[str, int], total: int) -> list[Part]:
    """What the page consists of, in order, when so many products are found in all and in each district."""
    counts = {district_is(code): in_district.get(code, 0) for code in request.away}
    counts[no_district_of(request.away)] = total - sum(counts.values())
    first, missing = (request.page - 1) * request.per_page, request.per_page
    parts = []
    for condition, count in counts.items():
        number = max(min(count - first, missing), 0)
        if number:
            parts.append(Part(condition, first, number))
        first, missing = max(first - count, 0), missing - number
    return parts
