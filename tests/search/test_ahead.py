"""What every page needs is read anew before it is too old, without a page's waiting for it."""

import pytest

from search import ahead, behind, tree
from search.kept import Shelf


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """The seconds that have passed."""
    now = [100.0]
    monkeypatch.setattr("search.kept.time.monotonic", lambda: now[0])
    return now


def test_what_has_lived_half_its_time_is_read_anew(clock):
    shelf, read = Shelf(seconds=2.0), []

    def look() -> int:
        read.append(clock[0])
        return len(read)

    assert shelf.get("x", look) == 1
    clock[0] += 0.9
    shelf.renew("x", look)
    assert shelf.get("x", look) == 1
    clock[0] += 0.2
    shelf.renew("x", look)
    clock[0] += 1.9  # older than two seconds, had it not been read in between
    assert shelf.get("x", look) == 2
    clock[0] += 0.2
    assert shelf.get("x", look) == 3


def test_a_page_finds_what_was_read_ahead(app, clock, count_queries):
    behind.forget()
    tree.forget()
    ahead.renew()
    for _turn in range(60):
        clock[0] += 1.1
        ahead.renew()
        with count_queries() as queries:
            behind.standing()
            tree.category_tree()
        assert len(queries) == 0, queries.statements
