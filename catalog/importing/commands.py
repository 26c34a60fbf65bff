"""`flask catalog`: products from files, and whether stock adds up."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from catalog.categories.operations import plant_tree
from catalog.importing.operations import BatchReport, import_rows
from catalog.importing.reading import read_lines
from catalog.importing.rows import ImportedRow, Rejection, read_rows
from catalog.importing.states import Outcome
from catalog.stock.queries import find_stock_differences
from market.errors import DomainError
from market.organisations.models import Seller
from market.organisations.queries import get_organisation_by_slug

catalog = AppGroup("catalog", help="Products, categories and stock.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seller", "slug", required=True, help="The slug of the seller whose products these are.")
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.option("--publish", is_flag=True, help="Also submit and approve the products.")
def import_file(file: Path, slug: str, yes: bool, publish: bool) -> None:
    """Create and update a seller's products from a CSV or XLSX file."""
    try:
        seller = _seller(slug)
        rows = list(read_rows(read_lines(file)))
        if not yes:
            _ask(rows, seller, publish=publish)
        reports = import_rows(rows, seller, publish=publish)
        counts = _total(_shown(reports, len(rows), told=not yes))
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(_summary(counts))


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


def _ask(rows: list[ImportedRow | Rejection], seller: Seller, *, publish: bool) -> None:
    """Show what would happen and ask; without a terminal nobody can answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.ClickException(_("Tidak ada terminal untuk bertanya. Tambahkan --yes untuk langsung mengimpor."))
    counts = _total(_with_rejections(import_rows(rows, seller, publish=publish, try_out=True)))
    click.echo(_summary(counts))
    click.confirm(_("Impor ke %(name)s?", name=seller.name), abort=True)


def _shown(reports: Iterable[BatchReport], rows: int, *, told: bool) -> Iterator[BatchReport]:
    """The reports as they come, with a bar on a terminal and plain lines elsewhere.

    Rejected rows are written out unless the person was `told` already, when they were asked.
    """
    shown = iter(list(_with_bar(reports, rows))) if sys.stdout.isatty() else _with_lines(reports, rows)
    return shown if told else _with_rejections(shown)


def _with_bar(reports: Iterable[BatchReport], rows: int) -> Iterator[BatchReport]:
    with click.progressbar(length=rows, label=_("Mengimpor")) as bar:
        for report in reports:
            bar.update(report.rows)
            yield report


def _with_lines(reports: Iterable[BatchReport], rows: int) -> Iterator[BatchReport]:
    done = 0
    for report in reports:
        done += report.rows
        click.echo(f"{done}/{rows}")
        yield report


def _with_rejections(reports: Iterable[BatchReport]) -> Iterator[BatchReport]:
    """The reports, each with its rejected and unpublished rows written out."""
    for report in reports:
        for line, reason in report.rejected:
            click.echo(_("Baris %(line)s ditolak. %(reason)s", line=line, reason=reason))
        for line, reason in report.unpublished:
            click.echo(_("Baris %(line)s belum ditayangkan. %(reason)s", line=line, reason=reason))
        yield report


def _total(reports: Iterable[BatchReport]) -> Counter[Outcome]:
    counts: Counter[Outcome] = Counter()
    for report in reports:
        counts.update(report.counts)
    return counts


def _summary(counts: Counter[Outcome]) -> str:
    return " ".join(f"{outcome.value}={counts[outcome]}" for outcome in Outcome)
