"""The cooperative's invoices: who owes what, and recording what came in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.ledger.queries import list_entries_of
from market.web.forms import show_error
from orders.billing import presenter, queries
from orders.billing.forms import ReceivedTransferForm
from orders.billing.models import Invoice
from orders.billing.operations import pay
from orders.billing.views.buyer import render_document
from orders.billing.views.lists import read_list

bp = Blueprint("cooperative_invoices", __name__)

READERS = (Role.TREASURER, Role.ADMIN)


@bp.get("/cooperative/invoices")
@acting.requires(*READERS)
def index() -> ResponseReturnValue:
    """All invoices of the cooperative."""
    cooperative_id = acting.current_actor().require(*READERS)
    return render_template("orders/billing/cooperative_index.html", found=read_list(cooperative_id=cooperative_id))


@bp.get("/cooperative/invoices/<number>")
@acting.requires(*READERS)
def show(number: str) -> ResponseReturnValue:
    """One invoice: how it is shared out, its payments, and how it stands in the books."""
    return _page(_own(number), ReceivedTransferForm())


@bp.get("/cooperative/invoices/<number>/document")
@acting.requires(*READERS)
def document(number: str) -> ResponseReturnValue:
    """The invoice as a sheet of paper."""
    return render_document(_own(number), back_url=url_for(".show", number=number))


@bp.post("/cooperative/invoices/<number>/transfer")
@acting.requires(Role.TREASURER)
def record_transfer(number: str) -> ResponseReturnValue:
    """Record a transfer that stands on the bank's statement though nobody reported it."""
    invoice, form = _own(number), ReceivedTransferForm()
    if form.validate_on_submit():
        try:
            pay.record_transfer(invoice.id, transfer_reference=form.transfer_reference.data, by=acting.current_actor())
        except DomainError as error:
            show_error(form, error, otherwise="transfer_reference")
            return _page(_own(number), form), error.status
        flash(_("Tagihan %(number)s lunas.", number=number), "success")
        return redirect(url_for(".show", number=number))
    return _page(invoice, form), 422


def _own(number: str) -> Invoice:
    return queries.get_invoice_by_number(number, cooperative_id=acting.current_actor().require(*READERS))


def _page(invoice: Invoice, form: ReceivedTransferForm) -> str:
    return render_template(
        "orders/billing/cooperative_show.html",
        invoice=invoice,
        form=form,
        presenter=presenter,
        surplus=queries.find_surplus(invoice),
        entries=list_entries_of(
            [invoice.number, *(payment.number for payment in invoice.payments)], cooperative_id=invoice.cooperative_id
        ),
        may_record=acting.current_actor().has(Role.TREASURER),
    )
