"""What was measured, as tables: the times, and what is promised beside what was found."""

from collections.abc import Sequence
from typing import NamedTuple

from bench import search
from bench.search import Found
from bench.timing import Measured


class Promise(NamedTuple):
    """One bar and what was measured against it."""

    what: str
    measured: str
    bar: str
    holds: bool


def times_table(rows: Sequence[Measured]) -> list[str]:
    """Milliseconds of each thing, and how many times the raw question it stands beside."""
    head = ("milliseconds", "p50", "p95", "beside", "p50", "times")
    return _table(
        [
            head,
            *(
                (
                    row.name,
                    f"{row.median:.1f}",
                    f"{row.slow:.1f}",
                    row.beside.name if row.beside else "",
                    f"{row.beside.median:.1f}" if row.beside else "",
                    f"{row.ratio:.2f}" if row.ratio else "",
                )
                for row in rows
            ),
        ],
        words=(0, 3),
    )


def promises_table(found: Found) -> list[str]:
    """Each bar, what was measured, and whether it holds."""
    rows = [(each.what, each.measured, each.bar, "holds" if each.holds else "MISSED") for each in promises(found)]
    return _table([("", "measured", "bar", ""), *rows], words=(0, 1, 2, 3))


def promises(found: Found) -> list[Promise]:
    """What search promises at a hundred thousand products."""
    page, suggestions, fallback = found[search.SEARCH_PAGE], found[search.SUGGESTIONS], found[search.FALLBACK]
    fresh, rate, statements = found[search.FRESH], found.page_rate / found.raw_rate, max(found.statements.values())
    return [
        Promise("search page, p50 beside its question", _times(page), "at most 3", (page.ratio or 0) <= 3),
        Promise(
            "search pages at 8 clients beside questions",
            f"{rate:.0%} ({found.page_rate:.0f} of {found.raw_rate:.0f} a second)",
            "at least 35%",
            rate >= 0.35,
        ),
        Promise(
            "suggestions, p50 beside their question",
            _times(suggestions),
            "at most 2.5",
            (suggestions.ratio or 0) <= 2.5,
        ),
        Promise(
            "SQL statements on a search page",
            ", ".join(f"{who} {count}" for who, count in found.statements.items()),
            "at most 2",
            statements <= 2,
        ),
        Promise(
            "saved until found, p95 at 20 saves a second", f"{fresh.slow:.0f} ms", "under 1500 ms", fresh.slow < 1500
        ),
        Promise("page without Meilisearch, p95", f"{fallback.slow:.0f} ms", "at most 150 ms", fallback.slow <= 150),
    ]


def _times(row: Measured) -> str:
    return f"{row.ratio:.2f} times" if row.ratio else ""


def _table(lines: Sequence[Sequence[str]], *, words: Sequence[int]) -> list[str]:
    """Lines in columns; those numbered in `words` begin at their left, the others end at their right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place in words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
