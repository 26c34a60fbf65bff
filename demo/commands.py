"""`flask demo load` and `flask demo reset`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup

from demo import bulk, emptying, load, mark
from demo.mark import Present
from market.config import Settings
from market.progress import shown
from search import findable

demo = AppGroup("demo", help="Made-up people, goods and orders, for showing Pasok.")

_REFUSALS = {
    Present.NO_TABLES: "The database has no tables yet; `flask db upgrade` makes them.",
    Present.SOMETHING_ELSE: "This database holds people or organisations that are not the demo's; they are left alone. "
    "The demo needs a database of its own.",
}


@demo.command("load")
@click.option(
    "--products", default=0, type=click.IntRange(0, bulk.MOST), help="See to it that there are N more, for load tests."
)
def load_command(products: int) -> None:
    """Load the demo, once: where it is there already nothing is changed."""
    with _permitted() as settings:
        changed = _load(settings)
        changed = _make_products(products) or changed
        if changed:
            _index(anew=False)


@demo.command("reset")
def reset_command() -> None:
    """Take everything out of the demo's database and load the demo anew."""
    with _permitted() as settings:
        if mark.look() is not Present.NOTHING:
            emptying.empty_everything(settings)
            click.echo("Everything was taken out.")
        _load(settings)
        _index(anew=True)


@contextmanager
def _permitted() -> Iterator[Settings]:
    """Say no where public passwords have no place, or others' data would be touched; let nobody else in meanwhile."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        raise click.ClickException(
            "The demo's passwords are public, so it is only loaded where DEMO=1 is set (in the environment or .env)."
        )
    try:
        with load.alone():
            if refusal := _REFUSALS.get(mark.look()):
                raise click.ClickException(refusal)
            yield settings
    except load.AnotherIsLoading:
        raise click.ClickException("The demo is being loaded or emptied by another command.") from None


def _load(settings: Settings) -> bool:
    """Load the demo unless it is there; says whether anything changed."""
    present = mark.look()
    if present is Present.THE_DEMO:
        click.echo("The demo is loaded already; nothing was changed.")
        return False
    if present is Present.HALF_A_DEMO:
        click.echo("An earlier load was interrupted; it is done again from the beginning.")
        emptying.empty_everything(settings)
    began, told = time.monotonic(), load.Demo(settings)
    with shown("Loading the demo", len(told)) as progress:
        told.play(progress)
    click.echo(f"The demo was loaded in {time.monotonic() - began:.0f} s.")
    return True


def _make_products(wanted: int) -> bool:
    """Make what is missing of so many products for load tests; says whether anything changed."""
    missing = wanted - bulk.count_bulk_products()
    if missing <= 0:
        if wanted:
            click.echo(f"{wanted} products for load tests are there already; nothing was changed.")
        return False
    began = time.monotonic()
    with shown("Making products", missing) as progress:
        bulk.make_bulk_products(missing, progress)
    click.echo(f"Made {missing} products for load tests in {time.monotonic() - began:.0f} s.")
    return True


def _index(*, anew: bool) -> None:
    with shown("Indexing products", findable.count_findable()) as progress:
        done = load.index(progress, anew=anew)
    if not done:
        click.echo("The search index cannot be reached now; the worker fills it once it can.")
