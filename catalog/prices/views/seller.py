"""A seller's contracts with its buyers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.prices import operations, queries
from catalog.prices.forms.contract import ContractForm, goods_text, goods_texts
from catalog.prices.views.lists import LONGEST_WORDS, read_list, with_list_prices
from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.organisations.models import BuyerCompany

bp = Blueprint("seller_contracts", __name__, url_prefix="/seller/contracts")

MOST_OFFERED = 500
"""Goods in the list that the browser offers while one types; others are typed by their number."""


@bp.get("")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """Which contracts there are."""
    seller_id = acting.current_actor().require(Role.SELLER)
    return render_template("catalog/prices/seller/index.html", **read_list(seller_id=seller_id))


@bp.route("/new", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def new() -> ResponseReturnValue:
    """Choose the buyer, then write down what was agreed."""
    actor = acting.current_actor()
    buyer = queries.find_buyer(request.args.get("buyer", 0, type=int))
    if buyer is None:
        words = request.args.get("q", "").strip()[:LONGEST_WORDS]
        found = queries.search_buyers(words)
        return render_template("catalog/prices/seller/buyer.html", words=words, found=found)
    form = ContractForm(data=_first_values(actor.require(Role.SELLER)))
    if form.validate_on_submit():
        try:
            offers = queries.find_offers_by_sku(form.skus(), seller_id=actor.require(Role.SELLER))
            contract = operations.agree_contract(
                form.number.data or "",
                buyer.id,
                form.agreed(offers),
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                by=actor,
                confirmed=bool(form.price_confirmed.data),
            )
        except DomainError as error:
            form.show(error)
        else:
            flash(_("Kontrak %(number)s disimpan. Pembeli diberi tahu.", number=contract.number), "success")
            return redirect(url_for(".show", contract_id=contract.id))
    return _form_page(form, buyer)


@bp.get("/<int:contract_id>")
@acting.requires(Role.SELLER)
def show(contract_id: int) -> ResponseReturnValue:
    """One contract with its prices."""
    seller_id = acting.current_actor().require(Role.SELLER)
    contract = queries.get_contract(contract_id, seller_id=seller_id)
    return render_template("catalog/prices/seller/show.html", contract=contract, lines=with_list_prices(contract))


@bp.post("/<int:contract_id>/end")
@acting.requires(Role.SELLER)
def end(contract_id: int) -> ResponseReturnValue:
    """End a contract, or one price of it."""
    try:
        operations.call_off(contract_id, by=acting.current_actor(), line_id=request.form.get("line", type=int))
    except NotFound:
        raise
    except DomainError as error:
        flash(str(error), "danger")
    else:
        flash(_("Dihentikan. Pesanan yang sudah dibuat tetap memakai harga kontrak."), "success")
    return redirect(url_for(".show", contract_id=contract_id))


def _first_values(seller_id: int) -> dict[str, object]:
    """What stands in a new form: today, and what the page that led here has named."""
    goods = queries.find_own_offer(request.args.get("offer", 0, type=int), seller_id=seller_id)
    return {
        "number": request.args.get("number", "")[:LONGEST_WORDS],
        "starts_on": clock.today(),
        "lines": [{"goods": goods_text(goods)}] if goods else [],
    }


def _form_page(form: ContractForm, buyer: BuyerCompany) -> ResponseReturnValue:
    seller_id = acting.current_actor().require(Role.SELLER)
    goods = goods_texts(queries.list_offers_of(seller_id, limit=MOST_OFFERED))
    words = render_template("catalog/prices/seller/form.html", form=form, buyer=buyer, goods=goods)
    return words, 422 if form.errors else 200
