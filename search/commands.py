"""`flask search …`: setting the index up, building it anew, and checking it."""

import time

import click
from flask.cli import with_appcontext

from market import jobs
from market.db import atomic
from market.progress import shown
from search import behind, rebuilding, sync
from search.engine import current
from search.errors import RebuildRunning, SearchError
from search.evaluation.commands import evaluate_command
from search.rebuilding import Stage
from search.sync import Comparison

LOOK_AGAIN_SECONDS = 0.5

_LABELS = {
    Stage.READ: "Reading the catalogue",
    Stage.FILL: "Filling a new index",
    Stage.VERIFY: "Comparing it, field by field",
}


@click.group("search")
def search() -> None:
    """The search index."""


search.add_command(evaluate_command)


@search.command("setup")
@with_appcontext
def setup_command() -> None:
    """Give the index this version's settings, and have the worker fill in what lacks, or build it where it is not.

    After an update run it before the new pages are served: what another version wrote is built anew at once.
    """
    try:
        is_there = current().is_whole()
        if is_there and rebuilding.is_of_another_version():
            _rebuild()
            return
        changed = is_there and current().ensure_index()
    except SearchError as error:
        raise click.ClickException(f"The index could not be set up: {error}") from error
    with atomic():
        if is_there:
            jobs.defer("search.mend")
        else:
            behind.catch_up_later()
    if is_there:
        click.echo("The index has new settings now." if changed else "The index is set up.")
    else:
        click.echo("There is no index yet; the worker builds it.")


@search.command("rebuild")
@with_appcontext
def rebuild_command() -> None:
    """Build the index anew beside the one in use, compare it, and let it take its place."""
    _rebuild()


def _rebuild() -> None:
    began = time.monotonic()
    try:
        result = rebuilding.rebuild(lambda stage, total: shown(_LABELS[stage], total))
    except RebuildRunning as error:
        raise click.ClickException("Another rebuild is running.") from error
    except SearchError as error:
        raise click.ClickException(f"The index was not rebuilt; the old one is still in use. {error}") from error
    click.echo(f"Rebuilt with {result.indexed} products in {time.monotonic() - began:.1f} s.")


@search.command("verify")
@click.option("--repair", is_flag=True, help="Write and send what differs.")
@click.option("--patience", default=3.0, show_default=True, help="Seconds that a change under way may take to arrive.")
@with_appcontext
def verify_command(repair: bool, patience: float) -> None:
    """Compare every published product with its entry and the index, field by field; exit 0 only when all are equal."""
    if repair:
        _repair()
    deadline = time.monotonic() + patience
    try:
        result = sync.compare()
        while not result.is_equal and time.monotonic() < deadline:
            time.sleep(LOOK_AGAIN_SECONDS)
            result = sync.compare()
    except SearchError as error:
        raise click.ClickException(f"The index could not be compared: {error}") from error
    click.echo(_counts(result))
    if not result.is_equal:
        raise click.ClickException("The index differs; `flask search verify --repair` mends it.")


def _repair() -> None:
    try:
        if rebuilding.set_up():
            click.echo("The index was not there, or had other settings.")
        click.echo(f"found: {_counts(sync.compare(mend=True))}")
    except SearchError as error:
        raise click.ClickException(f"The index could not be mended: {error}") from error


def _counts(result: Comparison) -> str:
    return (
        f"published={result.published} indexed={result.indexed} missing={result.missing}"
        f" different={result.different} surplus={result.surplus} stale={result.stale} settings={result.settings}"
    )
