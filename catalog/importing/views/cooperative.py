"""The products of a cooperative's sellers, in and out as files that the cooperative handles for them."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from catalog.importing import queries
from catalog.importing.forms import SellersFileForm
from catalog.importing.views import pages
from market.accounts import acting
from market.accounts.roles import Role

bp = Blueprint("cooperative_imports", __name__, url_prefix="/cooperative/products")
pages.allow_large_files(bp)


@bp.route("/import", methods=["GET", "POST"])
@acting.requires(Role.ADMIN)
def index() -> ResponseReturnValue:
    """Bring a file for one of the sellers."""
    form = SellersFileForm(seller=request.args.get("seller"))
    sellers = queries.list_importing_sellers(acting.current_actor().require(Role.ADMIN))
    form.offer(sellers)
    if form.validate_on_submit():
        run = pages.bring(form, int(form.seller.data))
        if run is not None:
            return redirect(url_for(".show", run_id=run.id))
    return pages.start_page(form, sellers=sellers)


@bp.get("/import/template.xlsx")
@acting.requires(Role.ADMIN)
def template() -> ResponseReturnValue:
    """The workbook to fill in."""
    return pages.template(acting.current_actor().require(Role.ADMIN))


@bp.get("/import/<int:run_id>")
@acting.requires(Role.ADMIN)
def show(run_id: int) -> ResponseReturnValue:
    """How an import stands."""
    return pages.run_page(run_id)


@bp.post("/import/<int:run_id>/decide")
@acting.requires(Role.ADMIN)
def decide(run_id: int) -> ResponseReturnValue:
    """Have it written."""
    return pages.decide(run_id)


@bp.post("/import/<int:run_id>/drop")
@acting.requires(Role.ADMIN)
def drop(run_id: int) -> ResponseReturnValue:
    """Leave it."""
    return pages.drop(run_id)


@bp.get("/import/<int:run_id>/report.csv")
@acting.requires(Role.ADMIN)
def report(run_id: int) -> ResponseReturnValue:
    """Its rows as a file."""
    return pages.report(run_id)


@bp.get("/export")
@acting.requires(Role.ADMIN)
def export() -> ResponseReturnValue:
    """The products of one of the sellers as a file."""
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    seller_id = request.args.get("seller", 0, type=int)
    return pages.export(queries.get_own_seller(seller_id, cooperative_id=cooperative_id))
