"""How far a long command is: a bar on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

LINES = 10

Progress = Callable[[int], None]
"""Told, again and again, how much more is done."""


@contextmanager
def shown(label: str, total: int) -> Iterator[Progress]:
    """Inside the block, tell how much more of `total` is done."""
    if sys.stdout.isatty():
        with click.progressbar(length=total, label=label) as bar:
            yield bar.update
        return
    yield _in_lines(label, total)


def _in_lines(label: str, total: int) -> Progress:
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        before, done = done, done + more
        if done * LINES // max(total, 1) > before * LINES // max(total, 1):
            click.echo(f"{label}: {done} of {total} ({100 * done // max(total, 1)} %)")

    return tell
