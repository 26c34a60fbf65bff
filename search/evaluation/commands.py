"""`flask search evaluate`: how well judged queries find what they mean."""

import click
from flask.cli import with_appcontext

from search import findable
from search.documents import ProductDocument, describe
from search.engine import current
from search.errors import SearchError
from search.evaluation.engines import OURS, three_engines
from search.evaluation.judged import UnknownProduct, read_judged
from search.evaluation.report import ask_all, shortcomings, table, worst

_AT_ONCE = 500


@click.command("evaluate")
@click.option("--worst", "shown", default=0, type=click.IntRange(0), help="Also show our N worst answers.")
@click.option("--check", is_flag=True, help="Fail unless ours is ahead of the others in every group, and good enough.")
@with_appcontext
def evaluate_command(shown: int, check: bool) -> None:
    """Ask the judged queries of three engines side by side: ours, an unconfigured Meilisearch, and PostgreSQL.

    The queries are about the demo's products, so that they must be what is for sale here.
    """
    if not current().is_configured:
        raise click.ClickException("There is no Meilisearch to compare with; MEILI_URL is not set.")
    documents = _documents()
    try:
        with three_engines(documents) as engines:
            answers = ask_all(read_judged(), documents, engines)
    except UnknownProduct as error:
        raise click.ClickException(f"The judged queries are about the demo's products. {error}") from error
    except SearchError as error:
        raise click.ClickException(f"Meilisearch could not be asked: {error}") from error
    for line in [*table(answers), *worst(answers[OURS], documents, shown)]:
        click.echo(line)
    if problems := shortcomings(answers):
        click.echo("\n".join(["Not as it should be:", *problems]))
        if check:
            raise click.ClickException("The search is not as good as it should be.")


def _documents() -> list[ProductDocument]:
    """The documents of everything that buyers may find."""
    found: list[ProductDocument] = []
    while some := findable.list_findable_after(found[-1]["id"] if found else 0, limit=_AT_ONCE):
        found += describe(some)
    return found
