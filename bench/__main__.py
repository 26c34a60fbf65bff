"""`python -m bench [--products N] [--rounds N]` measures everything and prints a table of ratios."""

import argparse
import sys

from bench import imports, search
from bench.timing import Measured
from server.errors import ServerError


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Pasok beside raw PostgreSQL and Meilisearch.")
    parser.add_argument("--products", type=int, default=2000, help="how many products are searched (2000)")
    parser.add_argument("--rounds", type=int, default=100, help="how often each thing is measured (100)")
    parser.add_argument("--rows", type=int, default=20_000, help="how many rows are imported; 0 leaves it out (20000)")
    chosen = parser.parse_args()
    try:
        rows = search.measure(products=max(chosen.products, 1), rounds=max(chosen.rounds, 5))
        imported = imports.measure(rows=chosen.rows) if chosen.rows > 0 else None
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"\n{chosen.products} products, {chosen.rounds} rounds; milliseconds, and how many times the raw question\n")
    for line in table(rows):
        print(line)
    if imported:
        print(f"\n{chosen.rows} rows in one workbook; the worker used {imported.megabytes} MB at its highest\n")
        for line in table(imported.rows):
            print(line)
    return 0


def table(rows: list[Measured]) -> list[str]:
    """The lines of the table, one for each thing measured."""
    head = ("", "median", "95%", "beside", "median", "ratio")
    cells = [head] + [
        (
            row.name,
            f"{row.median:.1f}",
            f"{row.slow:.1f}",
            row.beside.name if row.beside else "",
            f"{row.beside.median:.1f}" if row.beside else "",
            f"{row.median / row.beside.median:.1f}" if row.beside else "",
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    return ["  ".join(_aligned(line, widths)).rstrip() for line in cells]


def _aligned(line: tuple[str, ...], widths: list[int]) -> list[str]:
    words = (0, 3)
    return [
        cell.ljust(width) if column in words else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]


if __name__ == "__main__":
    sys.exit(main())
