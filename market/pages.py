"""A page of a long list."""

from dataclasses import dataclass
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")

MAX_PER_PAGE = 100
MAX_PAGE = 1_000_000


def within_limits(page: int, per_page: int) -> tuple[int, int]:
    """The page and its length that were asked for, brought within what can be answered."""
    return min(max(page, 1), MAX_PAGE), min(max(per_page, 1), MAX_PER_PAGE)


@dataclass(frozen=True)
class Page(Generic[ItemT]):
    """Some of the items of a list, and where in it they stand. Pages count from 1."""

    items: list[ItemT]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty list has one."""
        return max(1, -(-self.total // self.per_page))
