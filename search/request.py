"""What somebody looks for, and what was found: the same whichever engine answers."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

from market.organisations.districts import District, districts_by_distance, find_district

if TYPE_CHECKING:
    from search.documents import ProductDocument


LONGEST_QUERY = 200
"""Characters of a query that are looked at."""

PER_PAGE = 24
"""Cards on a page: full rows of two, three and four."""

LEAD_TIMES = (1, 3, 7, 14, 30)
"""The choices of "ready within so many days"."""


DISTANCES = (5, 10, 25, 50)
"""The choices of "within so many kilometres"."""

FURTHEST_DAY = 365
"""Days ahead that goods can be asked for."""


class Sort(StrEnum):
    """The orders a result can have; a minus means highest first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE = "price"
    PRICE_DOWN = "-price"
    LEAD_TIME = "lead_time"
    NEAREST = "nearest"
    """To the place that the question names; without one as RELEVANCE."""


class EngineName(StrEnum):
    """Who answered."""

    MEILISEARCH = "meilisearch"
    POSTGRESQL = "postgresql"


class Facet(StrEnum):
    """What a result can be narrowed by, with counts."""

    CATEGORY = "category"
    DISTRICT = "district"
    CERTIFICATION = "certification"
    PRICE = "price"
    IN_STOCK = "in_stock"
    LEAD_TIME = "lead_time"
    DISTANCE = "distance"


class Bound(StrEnum):
    """What else a result can be narrowed by; there is nothing to count about it."""

    SELLER = "seller"
    MIN_ORDER = "min_order"
    DELIVERY = "delivery"
    PUBLISHED = "published"


Specs = tuple[tuple[str, tuple[str, ...]], ...]
"""Keys of attributes, each with the values that are wanted, written as `spec_text` writes them."""


SPEC = "spec."
"""What the names of facets that categories define begin with."""


def spec_name(key: str) -> str:
    """The name of the facet of an attribute, in the index too."""
    return SPEC + key


def spec_text(value: int | float | str | bool) -> str:
    """The value of an attribute as addresses, the index and a JSON column have it: 150, 0.5, true, Kraft."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@dataclass(frozen=True)
class SearchRequest:
    """A question. Several districts or certifications mean any of them; prices are rupiah for one unit."""

    q: str = ""
    category: str | None = None
    """A category's slug; everything below it is found too."""
    seller: str | None = None
    """A seller's slug or id."""
    districts: tuple[str, ...] = ()
    """District codes."""
    certifications: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    in_stock: bool = False
    """Only what is left in at least the smallest order."""
    min_lead_time: int | None = None
    max_lead_time: int | None = None
    """Days."""
    min_order_from: int | None = None
    min_order_to: int | None = None
    """Between these is the smallest order, over all variants together (`catalog.stock.promise.smallest_order`)."""
    quantity: int | None = None
    by: date | None = None
    """Only what of so many of one variant, ordered today, would be ready on that day; see `search.delivery`."""
    near: str | None = None
    """The code of the district from which distances are measured."""
    within: int | None = None
    """Kilometres from there."""
    specs: Specs = ()
    """Values of the categories' attributes; several of one attribute mean any of them, several attributes mean all."""
    counted_specs: tuple[str, ...] = ()
    """The keys of the attributes whose values are to be counted."""
    published_after: int | None = None
    """Seconds since 1970: only what buyers can see since then. No address says this; letters about new products do."""
    published_until: int | None = None
    """Seconds since 1970, that second included."""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE
    any_word: bool = False
    """Whether one of the words is enough; normally every word must be there."""

    @property
    def place(self) -> District | None:
        """Where distances are measured from."""
        return find_district(self.near) if self.near else None

    @property
    def nearest_first(self) -> bool:
        """Whether the distance comes before everything else."""
        return self.sort is Sort.NEAREST and self.place is not None

    @property
    def away(self) -> dict[str, float]:
        """How many kilometres each district is from there, by its code, the nearest first."""
        return districts_by_distance(self.place) if self.place else {}

    @property
    def districts_near(self) -> list[str] | None:
        """The districts within the kilometres asked for; None when nobody asks.

        Sellers are known to be in the middle of their district, so this is the circle that Meilisearch would draw
        (`_geoRadius`), found twenty times as fast among 100,000 products.
        """
        if self.place is None or self.within is None:
            return None
        return [code for code, kilometres in self.away.items() if kilometres <= self.within]

    @property
    def bare(self) -> "SearchRequest":
        """The same words, ordered and counted alike, with nothing that narrows what they find."""
        return SearchRequest(
            self.q,
            near=self.near,
            counted_specs=self.counted_specs,
            sort=self.sort,
            page=self.page,
            per_page=self.per_page,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return self != self.bare


@dataclass(frozen=True)
class Facets:
    """How many products each further choice would leave. The counts of a facet ignore its own filter."""

    categories: dict[str, int] = field(default_factory=dict)
    """By slug, on every level of the tree."""
    districts: dict[str, int] = field(default_factory=dict)
    """By code."""
    certifications: dict[str, int] = field(default_factory=dict)
    lead_times: dict[int, int] = field(default_factory=dict)
    """Ready within at most so many days."""
    distances: dict[int, int] = field(default_factory=dict)
    """Within at most so many kilometres; empty unless the question names a place."""
    in_stock: int = 0
    lowest_price: int | None = None
    highest_price: int | None = None
    specs: dict[str, dict[str, int]] = field(default_factory=dict)
    """By the attribute's key, then by value."""


@dataclass(frozen=True)
class SearchResult:
    """One page of what was found."""

    hits: list["ProductDocument"]
    total: int
    facets: Facets
    engine: EngineName
    page: int
    per_page: int


@dataclass(frozen=True)
class Found:
    """What was found, without what it can be narrowed by."""

    hits: list["ProductDocument"]
    total: int


@dataclass(frozen=True)
class Suggestions:
    """What is offered while somebody types: products, categories with their counts, and sellers."""

    products: list["ProductDocument"] = field(default_factory=list)
    categories: dict[str, int] = field(default_factory=dict)
    """The slugs of the categories that most of the products found are in, most first."""
    sellers: list["ProductDocument"] = field(default_factory=list)
    """One product of each seller found."""


def within_days(by_days: dict[int, int]) -> dict[int, int]:
    """From how many products need exactly so many days, how many are ready within each choice of LEAD_TIMES."""
    return {most: sum(count for days, count in by_days.items() if days <= most) for most in LEAD_TIMES}


def within_distances(by_district: dict[str, int], away: dict[str, float]) -> dict[int, int]:
    """From how many products are in each district, how many are within each choice of DISTANCES.

    `away` is how many kilometres each district is away.
    """
    return {
        most: sum(count for code, count in by_district.items() if away.get(code, inf) <= most) for most in DISTANCES
    }
