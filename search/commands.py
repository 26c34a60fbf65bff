"""`flask search …`: setting the index up, building it anew, and checking it."""

import sys
import time

import click
from flask.cli import with_appcontext

from market import jobs
from market.db import atomic
from search import findable, sync
from search.errors import RebuildRunning, SearchError
from search.evaluation.commands import evaluate_command
from search.subscriptions import LOCK
from search.sync import Comparison, Progress

LOOK_AGAIN_SECONDS = 0.5


@click.group("search")
def search() -> None:
    """The search index."""


search.add_command(evaluate_command)


@search.command("setup")
@with_appcontext
def setup_command() -> None:
    """Make the index with this version's settings where it is not there, and have the worker fill in what lacks."""
    try:
        changed = sync.set_up()
    except SearchError as error:
        raise click.ClickException(f"The index could not be set up: {error}") from error
    with atomic():
        jobs.defer("search.mend", lock=LOCK)
    click.echo("The index was set up." if changed else "The index is set up.")


@search.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Build the index anew beside the one in use, then let it take its place."""
    total = findable.count_findable()
    began = time.monotonic()
    try:
        if sys.stdout.isatty():
            with click.progressbar(length=total, label="Building the index") as bar:
                result = sync.rebuild(bar.update)
        else:
            result = sync.rebuild(_in_lines(total))
    except RebuildRunning as error:
        raise click.ClickException("Another rebuild is running.") from error
    except SearchError as error:
        raise click.ClickException(f"The index was not rebuilt; the old one is still in use. {error}") from error
    click.echo(f"Rebuilt with {result.published} products in {time.monotonic() - began:.1f} s.")


@search.command("verify")
@click.option("--repair", is_flag=True, help="Write and send what differs.")
@click.option("--patience", default=3.0, show_default=True, help="Seconds that a change under way may take to arrive.")
@with_appcontext
def verify_command(repair: bool, patience: float) -> None:
    """Compare every published product with the index, field by field; exit 0 only when all are equal."""
    if repair:
        _repair()
    deadline = time.monotonic() + patience
    try:
        result = sync.compare()
        while not result.is_equal and time.monotonic() < deadline:
            time.sleep(LOOK_AGAIN_SECONDS)
            result = sync.compare()
    except SearchError as error:
        raise click.ClickException(f"The index could not be read: {error}") from error
    click.echo(_counts(result))
    if not result.is_equal:
        raise click.ClickException("The index differs; `flask search verify --repair` mends it.")


def _repair() -> None:
    try:
        sync.set_up()
        click.echo(f"found: {_counts(sync.compare(mend=True))}")
    except SearchError as error:
        raise click.ClickException(f"The index could not be mended: {error}") from error


def _counts(result: Comparison) -> str:
    return (
        f"published={result.published} indexed={result.indexed} missing={result.missing}"
        f" different={result.different} surplus={result.surplus} stale={result.stale}"
    )


def _in_lines(total: int) -> Progress:
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        click.echo(f"{done} of {total} products")

    return tell
