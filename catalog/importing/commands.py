"""`flask catalog`: products from files, and whether stock adds up."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from catalog.categories.operations import plant_tree
from catalog.importing import operations, work
from catalog.importing.columns import label_of
from catalog.importing.models import ImportRun
from catalog.importing.queries import lock_any_run, stream_results
from catalog.importing.states import TRANSITIONS, ImportMode, ImportState, Outcome
from catalog.products.errors import SellerNotApproved
from catalog.stock.queries import find_stock_differences
from market.db import atomic
from market.errors import DomainError
from market.lifecycle import require_step
from market.organisations.models import Seller
from market.organisations.queries import get_organisation_by_slug

catalog = AppGroup("catalog", help="Products, categories and stock.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seller", "slug", required=True, help="The slug of the seller whose products these are.")
@click.option("--yes", is_flag=True, help="Import without asking, prices that jump included.")
@click.option("--publish", is_flag=True, help="Also submit and approve the products.")
def import_file(file: Path, slug: str, yes: bool, publish: bool) -> None:
    """Create and update a seller's products from a CSV or XLSX file; rows that are wrong are left out."""
    if not yes and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException(_("Tidak ada terminal untuk bertanya. Tambahkan --yes untuk langsung mengimpor."))
    try:
        seller = _seller(slug)
        if publish and not seller.may_sell:
            raise SellerNotApproved
        run = operations.keep_file(file.read_bytes(), file.name, seller_id=seller.id, by=None)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    with _progress(_("Memeriksa"), None) as tell:
        work.check_file(run.id, publish=publish, tell=tell)
    _require(run, ImportState.CHECKED)
    _show_rows(run)
    if not yes:
        _ask(run, seller)
    _decide(run)
    with _progress(_("Mengimpor"), run.rows_total) as tell:
        work.write_rows(run.id, by=None, publish=publish, tell=tell)
    _require(run, ImportState.DONE)
    click.echo(_summary(run))


@catalog.command("check-stock")
def check_stock() -> None:
    """Compare every offer's stock with its movements; exit 0 only when all agree."""
    differences = find_stock_differences()
    for found in differences:
        click.echo(
            f"{found.sku} (offer {found.offer_id}): on hand {found.on_hand}, moved {found.moved_on_hand}; "
            f"reserved {found.reserved}, moved {found.moved_reserved}"
        )
    click.echo(f"differences={len(differences)}")
    if differences:
        raise SystemExit(1)


@catalog.command("plant-categories")
def plant_categories() -> None:
    """Add the starting categories that are missing."""
    click.echo(f"planted={plant_tree()}")


def _seller(slug: str) -> Seller:
    organisation = get_organisation_by_slug(slug)
    if not isinstance(organisation, Seller):
        raise click.ClickException(_('"%(slug)s" bukan penjual.', slug=slug))
    return organisation


@contextmanager
def _progress(words: str, rows: int | None) -> Iterator[Callable[[int], None] | None]:
    """Tells how far it is: a bar on a terminal, plain lines elsewhere; nothing where the number of rows is unknown."""
    if rows is None:
        yield None
    elif sys.stdout.isatty():
        with click.progressbar(length=rows, label=words) as bar:
            yield lambda done: bar.update(done - bar.pos)
            bar.update(rows - bar.pos)
    else:
        done = 0

        def tell(now: int) -> None:
            nonlocal done
            done = now
            click.echo(f"{done}/{rows}")

        yield tell


def _require(run: ImportRun, state: ImportState) -> None:
    if run.state is not state:
        raise click.ClickException(run.problem or _("Impor ini tidak dapat diteruskan."))


def _show_rows(run: ImportRun) -> None:
    """Write out what is wrong with rows, and what people should know of others."""
    for result in stream_results(run.id):
        reasons = " ".join(f"{label_of(field)}: {words}" for field, words in result.problems)
        if reasons:
            click.echo(_("Baris %(line)s ditolak. %(reason)s", line=result.line, reason=reasons))
        for field, words in result.warnings:
            if field == "state":
                click.echo(_("Baris %(line)s belum ditayangkan. %(reason)s", line=result.line, reason=words))
            elif field == "price":
                click.echo(_("Baris %(line)s: %(reason)s", line=result.line, reason=words))


def _ask(run: ImportRun, seller: Seller) -> None:
    click.echo(_summary(run))
    if not click.confirm(_("Impor ke %(name)s?", name=seller.name)):
        with atomic():
            dropped = lock_any_run(run.id)
            dropped.state = require_step(TRANSITIONS, dropped.state, ImportState.DROPPED)
        raise click.Abort


def _decide(run: ImportRun) -> None:
    with atomic():
        operations.settle_mode(lock_any_run(run.id), ImportMode.VALID, prices_confirmed=True)


def _summary(run: ImportRun) -> str:
    return " ".join(f"{outcome.value}={run.counts.get(outcome, 0)}" for outcome in Outcome)
