"""A buyer's invoices, and paying them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.errors import DomainError
from market.organisations.kinds import BANKS
from market.payments.errors import PaymentProviderUnavailable
from market.payments.provider import takes_cards
from market.web.forms import show_error
from orders.billing import presenter, queries
from orders.billing.forms import TransferForm
from orders.billing.links import card_links
from orders.billing.models import Invoice
from orders.billing.operations import pay
from orders.billing.states import InvoiceState
from orders.billing.views.lists import read_list

bp = Blueprint("billing", __name__)


@bp.get("/invoices")
@acting.requires(*pay.READERS)
def index() -> ResponseReturnValue:
    """The buyer's invoices, with those to be paid to be chosen above them."""
    buyer_id = acting.current_actor().require(*pay.READERS)
    return render_template("orders/billing/index.html", found=read_list(buyer_id=buyer_id))


@bp.get("/invoices/<number>")
@acting.requires(*pay.READERS)
def show(number: str) -> ResponseReturnValue:
    """One invoice: what for, how much, by when, and how to pay it."""
    return _page(_own(number), TransferForm())


@bp.get("/invoices/<number>/document")
@acting.requires(*pay.READERS)
def document(number: str) -> ResponseReturnValue:
    """The invoice as a sheet of paper."""
    return render_document(_own(number), back_url=url_for(".show", number=number))


@bp.post("/invoices/<number>/pay")
@acting.requires(*pay.PAYERS)
def pay_by_card(number: str) -> ResponseReturnValue:
    """Go to the card provider's page; back to the invoice when there is nothing to pay or the provider is away."""
    invoice = _own(number)
    try:
        payment = pay.start_card_payment(invoice.id, by=acting.current_actor(), **card_links(number))
    except DomainError as error:
        flash(str(error), "danger")
        return redirect(url_for(".show", number=number))
    return redirect(payment.checkout_url or url_for(".paid", number=number), code=303)


@bp.get("/invoices/<number>/paid")
@acting.requires(*pay.READERS)
def paid(number: str) -> ResponseReturnValue:
    """Where the card provider sends the buyer back to: the truth, asked from the provider when it is not here yet."""
    invoice, away = _own(number), None
    try:
        invoice = pay.learn_of_card_payment(invoice.id, by=acting.current_actor())
    except PaymentProviderUnavailable as error:
        away = str(error)
    if invoice.state is InvoiceState.PAID:
        flash(_("Pembayaran diterima. Tagihan %(number)s lunas.", number=number), "success")
        return redirect(url_for(".show", number=number))
    return render_template("orders/billing/paid.html", invoice=invoice, away=away)


@bp.post("/invoices/<number>/transfer")
@acting.requires(*pay.PAYERS)
def report_transfer(number: str) -> ResponseReturnValue:
    """Say that the invoice was paid by bank transfer."""
    invoice, form = _own(number), TransferForm()
    if form.validate_on_submit():
        try:
            pay.report_transfer(
                invoice.id,
                transfer_reference=form.transfer_reference.data,
                transfer_from=form.transfer_from.data or None,
                by=acting.current_actor(),
            )
        except DomainError as error:
            show_error(form, error, otherwise="transfer_reference")
            return _page(_own(number), form), error.status
        flash(_("Terima kasih. Bendahara koperasi akan mencocokkan transfer Anda."), "success")
        return redirect(url_for(".show", number=number))
    return _page(invoice, form), 422


def render_document(invoice: Invoice, *, back_url: str) -> str:
    """The printable invoice."""
    return render_template(
        "orders/billing/document.html", invoice=invoice, presenter=presenter, banks=BANKS, back_url=back_url
    )


def _own(number: str) -> Invoice:
    return queries.get_invoice_by_number(number, buyer_id=acting.current_actor().require(*pay.READERS))


def _page(invoice: Invoice, form: TransferForm) -> str:
    return render_template(
        "orders/billing/show.html",
        invoice=invoice,
        form=form,
        banks=BANKS,
        presenter=presenter,
        may_pay=acting.current_actor().has(*pay.PAYERS),
        takes_cards=takes_cards(),
    )
