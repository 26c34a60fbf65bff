"""The days off of a seller: planned by the seller itself, or by its cooperative."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.closures import operations, queries
from catalog.closures.forms import ClosureForm
from catalog.closures.models import Closure
from catalog.closures.queries import get_own_seller
from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.organisations.models import Seller
from market.web.forms import show_error

bp = Blueprint("closures", __name__)


@bp.route("/seller/closures", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """One's own days off, and the form to plan more."""
    seller = get_own_seller(seller_id=acting.current_actor().require(Role.SELLER))
    return _page(seller, back=url_for(".index"), end=".end")


@bp.post("/seller/closures/<int:closure_id>/end")
@acting.requires(Role.SELLER)
def end(closure_id: int) -> ResponseReturnValue:
    """Call it off, or open again today."""
    _end(closure_id)
    return redirect(url_for(".index"))


@bp.route("/cooperative/sellers/<int:seller_id>/closures", methods=["GET", "POST"])
@acting.requires(Role.ADMIN)
def of_seller(seller_id: int) -> ResponseReturnValue:
    """The days off of one of the cooperative's sellers."""
    seller = _seller_of_cooperative(seller_id)
    return _page(seller, back=url_for(".of_seller", seller_id=seller_id), end=".end_of_seller", seller_id=seller_id)


@bp.post("/cooperative/sellers/<int:seller_id>/closures/<int:closure_id>/end")
@acting.requires(Role.ADMIN)
def end_of_seller(seller_id: int, closure_id: int) -> ResponseReturnValue:
    """Call it off for the seller, or let it take orders again today."""
    _end(closure_id)
    return redirect(url_for(".of_seller", seller_id=seller_id))


def _page(seller: Seller, *, back: str, end: str, **named: Any) -> ResponseReturnValue:
    """The list and the form; a form that was sent is carried out, and the page shown anew."""
    form = ClosureForm()
    if form.validate_on_submit():
        try:
            closure = _plan(form, **named)
        except NotFound:
            raise
        except DomainError as error:
            show_error(form, error, otherwise="first_day")
        else:
            flash(_planned(closure), "success")
            return redirect(back)
    today = clock.today()
    page = render_template(
        "catalog/closures/index.html",
        seller=seller,
        form=form,
        planned=queries.list_closures(seller.id, from_day=today),
        past=queries.list_past_closures(seller.id, before=today, page=request.args.get("page", 1, type=int)),
        today=today,
        end_url=lambda closure: url_for(end, closure_id=closure.id, **named),
        for_cooperative=bool(named),
    )
    return page, 422 if form.errors else 200


def _plan(form: ClosureForm, **named: Any) -> Closure:
    return operations.plan_closure(
        form.first_day.data, form.last_day.data, form.note.data or "", by=acting.current_actor(), **named
    )


def _planned(closure: Closure) -> str:
    if closure.covers(clock.today()):
        return _("Mulai hari ini pesanan tidak diterima.")
    return _("Jadwal tutup disimpan. Pesanan tetap diterima sampai hari itu.")


def _end(closure_id: int) -> None:
    try:
        closure = operations.end_closure(closure_id, by=acting.current_actor())
    except NotFound:
        raise
    except DomainError as error:
        flash(str(error), "danger")
        return
    begun = closure.cancelled_at is None or closure.first_day <= clock.today()
    flash(_("Pesanan diterima lagi mulai hari ini.") if begun else _("Jadwal tutup dibatalkan."), "success")


def _seller_of_cooperative(seller_id: int) -> Seller:
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    return get_own_seller(seller_id=seller_id, cooperative_id=cooperative_id)
