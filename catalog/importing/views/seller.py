"""A seller's products, in and out as files."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from catalog.importing.forms import FileForm
from catalog.importing.views import pages
from market.accounts import acting
from market.accounts.roles import Role
from market.organisations.models import Seller
from market.organisations.queries import get_seller

bp = Blueprint("seller_imports", __name__, url_prefix="/seller/products")
pages.allow_large_files(bp)


@bp.route("/import", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """Bring a file."""
    form = FileForm()
    if form.validate_on_submit():
        run = pages.bring(form, _seller().id)
        if run is not None:
            return redirect(url_for(".show", run_id=run.id))
    return pages.start_page(form, seller=_seller())


@bp.get("/import/template.xlsx")
@acting.requires(Role.SELLER)
def template() -> ResponseReturnValue:
    """The workbook to fill in."""
    return pages.template(_seller().cooperative_id)


@bp.get("/import/<int:run_id>")
@acting.requires(Role.SELLER)
def show(run_id: int) -> ResponseReturnValue:
    """How an import stands."""
    return pages.run_page(run_id)


@bp.post("/import/<int:run_id>/decide")
@acting.requires(Role.SELLER)
def decide(run_id: int) -> ResponseReturnValue:
    """Have it written."""
    return pages.decide(run_id)


@bp.post("/import/<int:run_id>/drop")
@acting.requires(Role.SELLER)
def drop(run_id: int) -> ResponseReturnValue:
    """Leave it."""
    return pages.drop(run_id)


@bp.get("/import/<int:run_id>/report.csv")
@acting.requires(Role.SELLER)
def report(run_id: int) -> ResponseReturnValue:
    """Its rows as a file."""
    return pages.report(run_id)


@bp.get("/export")
@acting.requires(Role.SELLER)
def export() -> ResponseReturnValue:
    """One's products as a file."""
    return pages.export(_seller())


def _seller() -> Seller:
    return get_seller(acting.current_actor().require(Role.SELLER))
