"""What the pages of both desks share: one import from the file to its result, templates and exports."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.utils import secure_filename

from catalog.categories.queries import list_tree
from catalog.categories.tree import OTHER
from catalog.importing import limits, operations, queries
from catalog.importing.columns import COLUMNS
from catalog.importing.exporting import Export, write_csv, write_xlsx
from catalog.importing.forms import DecisionForm, FileForm
from catalog.importing.models import ImportRun
from catalog.importing.presenter import shown_rows, write_report
from catalog.importing.states import ImportMode, ImportState, Outcome
from catalog.importing.template import write_template
from catalog.importing.work import TO_CONFIRM
from catalog.products.choices import category_choices
from market import clock
from market.accounts import acting
from market.errors import DomainError, NotFound
from market.organisations.models import Seller
from market.web.forms import show_error
from market.web.links import url_with

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_PER_PAGE = 50
_FORM_BYTES = 2**16
"""What a form may have beside its file."""


def allow_large_files(bp: Blueprint) -> None:
    """Let forms of these pages carry a file as large as imports may be, before anybody reads them."""

    @bp.url_value_preprocessor
    def allow(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
        request.max_content_length = limits.MAX_BYTES + _FORM_BYTES


def start_page(form: FileForm, **more: Any) -> ResponseReturnValue:
    """Bring a file, or take a template or one's products along."""
    actor = acting.current_actor()
    page = queries.list_runs(**operations.whose(actor), page=request.args.get("page", 1, type=int))
    words = render_template(
        "catalog/importing/index.html",
        form=form,
        page=page,
        columns=COLUMNS,
        categories=category_choices()[1:],
        most_megabytes=limits.MAX_BYTES // 2**20,
        **more,
    )
    return words, 422 if form.errors else 200


def bring(form: FileForm, seller_id: int) -> ImportRun | None:
    """Take the file that was sent; None when it is refused, which the form then says."""
    sent = form.file.data
    try:
        return operations.bring_file(sent.read(), sent.filename or "", seller_id=seller_id, by=acting.current_actor())
    except DomainError as error:
        if error.status == 404:
            raise
        show_error(form, error, otherwise="file")
        return None


def run_page(run_id: int, form: DecisionForm | None = None) -> ResponseReturnValue:
    """How an import stands: on its way, waiting for a decision, or done."""
    run = queries.get_run(run_id, **operations.whose(acting.current_actor()))
    counts = Counter(run.counts)
    outcome, to_confirm = _asked()
    results = queries.list_results(
        run.id,
        outcome=outcome,
        to_confirm=to_confirm,
        page=request.args.get("page", 1, type=int),
        per_page=ROWS_PER_PAGE,
    )
    form = form or DecisionForm(mode=(ImportMode.VALID if counts[Outcome.REJECTED] else ImportMode.ALL).value)
    words = render_template(
        "catalog/importing/show.html",
        run=run,
        counts=counts,
        Outcome=Outcome,
        ImportState=ImportState,
        to_confirm=counts[TO_CONFIRM],
        writable=counts[Outcome.CREATED] + counts[Outcome.UPDATED],
        page=results,
        rows=list(shown_rows(results.items, decided=run.state is not ImportState.CHECKED)),
        chips=_chips(counts, outcome, to_confirm=to_confirm),
        form=form,
    )
    return words, 422 if form.errors else 200


def decide(run_id: int) -> ResponseReturnValue:
    """Have it written, as the form says."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return run_page(run_id, form)
    try:
        operations.decide(
            run_id,
            ImportMode(form.mode.data),
            prices_confirmed=form.prices_confirmed.data,
            by=acting.current_actor(),
        )
    except DomainError as error:
        if error.field is None:
            raise
        show_error(form, error, otherwise="mode")
        return run_page(run_id, form)
    return redirect(url_for(".show", run_id=run_id))


def drop(run_id: int) -> ResponseReturnValue:
    """Leave it."""
    operations.drop(run_id, by=acting.current_actor())
    flash(_("Impor dibatalkan. Tidak ada yang disimpan."), "success")
    return redirect(url_for(".index"))


def report(run_id: int) -> ResponseReturnValue:
    """Every row that changes something or was refused, as a file."""
    run = queries.get_run(run_id, **operations.whose(acting.current_actor()))
    return _csv(write_report(queries.stream_results(run.id)), f"laporan-impor-{run.id}.csv")


def template(cooperative_id: int) -> ResponseReturnValue:
    """The workbook to fill in, for one category."""
    slug = request.args.get("category", OTHER)
    category = next((each for each in list_tree() if each.slug == slug), None)
    if category is None:
        raise NotFound
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "templat.xlsx"
        write_template(category, cooperative_id, path)
        content = BytesIO(path.read_bytes())
    return send_file(content, XLSX, as_attachment=True, download_name=f"templat-{category.slug}.xlsx")


def export(seller: Seller) -> ResponseReturnValue:
    """All products of a seller, in the format in which they can be brought back."""
    name = f"{secure_filename(seller.slug)}-{clock.today():%Y%m%d}"
    if request.args.get("format") == "csv":
        return _csv(write_csv(Export(seller)), f"{name}.csv")
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_xlsx(Export(seller), Path(file.name))
        # The answer is read from it when its name is gone already, and closes it.
        content = Path(file.name).open("rb")  # noqa: SIM115
    return send_file(content, XLSX, as_attachment=True, download_name=f"{name}.xlsx")


def _csv(lines: Iterable[str], name: str) -> Response:
    """A file that is whole before the answer begins, so that nobody takes a half one for all there is."""
    content = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    content.writelines(line.encode() for line in lines)
    content.seek(0)
    return send_file(content, "text/csv", as_attachment=True, download_name=name)


def _asked() -> tuple[Outcome | None, bool]:
    word = request.args.get("outcome", "")
    return (Outcome(word) if word in set(Outcome) else None), word == TO_CONFIRM


def _chips(counts: Counter[str], outcome: Outcome | None, *, to_confirm: bool) -> list[dict[str, Any]]:
    told = [each for each in Outcome if each is not Outcome.UNCHANGED]
    chips = [
        {
            "label": _("Semua yang berubah"),
            "url": url_with(outcome=None),
            "active": outcome is None and not to_confirm,
            "count": sum(counts[each] for each in told),
        },
        *(
            {"label": each.label, "url": url_with(outcome=each.value), "active": outcome is each, "count": counts[each]}
            for each in told
        ),
    ]
    if counts[TO_CONFIRM]:
        words = {"label": _("Harga perlu dipastikan"), "url": url_with(outcome=TO_CONFIRM), "active": to_confirm}
        chips.append({**words, "count": counts[TO_CONFIRM]})
    return chips
