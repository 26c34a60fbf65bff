"""`python -m bench [--products N] [--rounds N] [--rows N]` measures everything, beside what is promised."""

import argparse
import sys
import time

from bench import imports, search
from bench.report import promises_table, times_table
from server.errors import ServerError


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Pasok beside raw PostgreSQL and Meilisearch.")
    parser.add_argument("--products", type=int, default=100_000, help="how many products are searched (100000)")
    parser.add_argument("--rounds", type=int, default=120, help="how often each thing is measured (120)")
    parser.add_argument("--rows", type=int, default=20_000, help="how many rows are imported; 0 leaves it out (20000)")
    chosen = parser.parse_args()
    began = time.monotonic()
    try:
        found = search.measure(products=max(chosen.products, 1), rounds=max(chosen.rounds, 5))
        _print(f"{chosen.products} products, {chosen.rounds} rounds", times_table(found.times))
        _print("What is promised at 100000 products", promises_table(found))
        _print("Filling: " + ", ".join(f"{step} {taken:.0f} s" for step, taken in found.filled.items()))
        if chosen.rows > 0:
            imported = imports.measure(rows=chosen.rows)
            heading = f"{chosen.rows} rows in one workbook; the worker used {imported.megabytes} MB at its highest"
            _print(heading, times_table(imported.rows))
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    _print(f"Measured in {time.monotonic() - began:.0f} seconds.")
    return 0


def _print(heading: str, lines: list[str] | None = None) -> None:
    print(f"\n{heading}\n" if lines else f"\n{heading}")
    print("\n".join(lines or ()), end="\n" if lines else "")


if __name__ == "__main__":
    sys.exit(main())
