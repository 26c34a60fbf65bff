"""A seller's stock: what there is of each variant, what moved it, and what was counted."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.products.models import Offer
from catalog.products.presenter import small_picture_url
from catalog.stock import operations, queries
from catalog.stock.forms import CountForm, LossForm, ReceiptForm, Seen
from catalog.stock.models import AdjustmentReason
from catalog.stock.states import Shelf
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.formats import number
from market.web.forms import show_error
from market.web.links import url_with

bp = Blueprint("stock", __name__, url_prefix="/seller/stock")

FORMS: dict[str, type[Seen]] = {"receipt": ReceiptForm, "count": CountForm, "loss": LossForm}
LONGEST_WORDS = 100


@bp.get("")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """Everything that is sold, that which runs out first on top."""
    seller_id, shelf, words = _seller_id(), _shelf(), request.args.get("q", "")[:LONGEST_WORDS]
    return render_template(
        "catalog/stock/index.html",
        page=queries.list_stock(seller_id, shelf=shelf, words=words, page=request.args.get("page", 1, type=int)),
        chips=_chips(queries.count_shelves(seller_id), shelf),
        shelf=shelf,
        words=words,
        here={"q": words or None, "shelf": shelf, "page": request.args.get("page", type=int)},
        few=queries.FEW,
        small_picture_url=small_picture_url,
    )


@bp.get("/<int:offer_id>")
@acting.requires(Role.SELLER)
def show(offer_id: int) -> ResponseReturnValue:
    """One variant with its journal, and what can be noted about it."""
    return _page(offer_id)


@bp.post("/<int:offer_id>/receipt")
@acting.requires(Role.SELLER)
def receive(offer_id: int) -> ResponseReturnValue:
    """Goods came in; from the list it goes back to the list."""
    form = ReceiptForm(prefix="receipt-")

    def deed() -> Offer:
        return operations.receive_goods(
            offer_id, form.quantity.data or 0, note=form.note.data, seen=form.seen_on_hand, by=acting.current_actor()
        )

    return _do("receipt", form, offer_id, deed)


@bp.post("/<int:offer_id>/count")
@acting.requires(Role.SELLER)
def count(offer_id: int) -> ResponseReturnValue:
    """It was counted anew."""
    form = CountForm(prefix="count-")

    def deed() -> Offer:
        return operations.count_stock(
            offer_id,
            form.stock.data or 0,
            reason=AdjustmentReason(form.reason.data),
            note=form.note.data,
            seen=form.seen_on_hand,
            by=acting.current_actor(),
        )

    return _do("count", form, offer_id, deed)


@bp.post("/<int:offer_id>/loss")
@acting.requires(Role.SELLER)
def lose(offer_id: int) -> ResponseReturnValue:
    """Pieces are gone, and no order took them."""
    form = LossForm(prefix="loss-")

    def deed() -> Offer:
        return operations.correct_stock(
            offer_id,
            -(form.quantity.data or 0),
            reason=AdjustmentReason(form.reason.data),
            note=form.note.data,
            seen=form.seen_on_hand,
            by=acting.current_actor(),
        )

    return _do("loss", form, offer_id, deed)


def _do(name: str, form: Seen, offer_id: int, deed: Callable[[], Offer]) -> ResponseReturnValue:
    if not form.validate():
        return _page(offer_id, opened=name, **{name: form}), 422
    try:
        offer = deed()
    except NotFound:
        raise
    except DomainError as error:
        show_error(form, error, otherwise="quantity" if "quantity" in form else "stock")
        return _page(offer_id, opened=name, **{name: form}), error.status
    flash(_done(offer), "success")
    if "list" in request.args:
        return redirect(url_for(".index", **_list_asked()))
    return redirect(url_for(".show", offer_id=offer_id))


def _page(offer_id: int, *, opened: str | None = None, **forms: Seen) -> str:
    """The record of one variant; a form that could not be taken stands open with what was typed."""
    offer = queries.get_offer(offer_id, seller_id=_seller_id())
    journal = queries.page_movements([offer.id], page=request.args.get("page", 1, type=int))
    return render_template(
        "catalog/stock/show.html",
        offer=offer,
        product=offer.product,
        journal=journal,
        opened=opened,
        forms={name: forms.get(name) or kind(formdata=None, prefix=f"{name}-") for name, kind in FORMS.items()},
        few=queries.FEW,
    )


def _done(offer: Offer) -> str:
    facts = {"name": " ".join(filter(None, (offer.product.name, offer.label))), "unit": offer.product.unit_short}
    return _("%(name)s sekarang %(n)s %(unit)s di gudang.", n=number(offer.on_hand), **facts)


def _list_asked() -> dict[str, Any]:
    """What the list was narrowed down to when the form was sent from it."""
    return {
        "q": request.args.get("q", "")[:LONGEST_WORDS] or None,
        "shelf": _shelf(),
        "page": request.args.get("page", type=int),
    }


def _seller_id() -> int:
    return acting.current_actor().require(Role.SELLER)


def _shelf() -> Shelf | None:
    text = request.args.get("shelf")
    return Shelf(text) if text in set(Shelf) else None


def _chips(counts: dict[Shelf | None, int], chosen: Shelf | None) -> list[dict[str, Any]]:
    return [
        {
            "label": shelf.label if shelf else _("Semua"),
            "url": url_with(shelf=shelf),
            "active": shelf is chosen,
            "count": counts[shelf],
        }
        for shelf in (None, *Shelf)
        if shelf in (None, chosen) or counts[shelf]
    ]
