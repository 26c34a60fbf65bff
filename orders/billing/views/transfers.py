"""The treasurer's payments: transfers to be found on the bank's statement, and what buyers paid twice."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.payments.models import Payment
from market.payments.operations.transfers import confirm_transfer
from market.payments.queries import count_payments
from market.payments.states import PaymentState
from market.web.links import url_with
from orders.billing import queries
from orders.billing.forms import MAX_REFERENCE
from orders.billing.operations import give_back, pay

bp = Blueprint("transfers", __name__)

READERS = (Role.TREASURER, Role.ADMIN)
LONGEST_REASON = 500
SURPLUS = "surplus"


@bp.get("/cooperative/payments")
@acting.requires(*READERS)
def index() -> ResponseReturnValue:
    """Payments to the cooperative; first those that wait for the treasurer."""
    cooperative_id = acting.current_actor().require(*READERS)
    wanted = request.args.get("state", PaymentState.REPORTED)
    state = PaymentState(wanted) if wanted in list(PaymentState) else None
    page = queries.list_payments(
        cooperative_id, state=state, surplus=wanted == SURPLUS, page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "orders/billing/payments.html",
        page=page,
        chips_of_page=_chips(cooperative_id, wanted),
        surplus_ids=queries.find_surplus_ids([payment.id for payment, _invoice in page.items]),
        may_act=acting.current_actor().has(Role.TREASURER),
        asks_to_confirm=state is PaymentState.REPORTED,
    )


@bp.post("/cooperative/payments/<int:payment_id>/confirm")
@acting.requires(Role.TREASURER)
def confirm(payment_id: int) -> ResponseReturnValue:
    """The transfer stands on the bank's statement."""
    return _do(
        lambda: confirm_transfer(payment_id, by=acting.current_actor()),
        lambda payment: _("Transfer dikonfirmasi. Tagihan %(invoice)s lunas.", invoice=payment.reference),
    )


@bp.post("/cooperative/payments/<int:payment_id>/refuse")
@acting.requires(Role.TREASURER)
def refuse(payment_id: int) -> ResponseReturnValue:
    """The transfer is not there."""
    reason = request.form.get("reason", "")[:LONGEST_REASON]
    return _do(
        lambda: pay.refuse_transfer(payment_id, reason, by=acting.current_actor()),
        lambda payment: _("Laporan transfer %(number)s ditolak, pembeli diberi tahu.", number=payment.number),
    )


@bp.post("/cooperative/payments/<int:payment_id>/refund")
@acting.requires(Role.TREASURER)
def refund(payment_id: int) -> ResponseReturnValue:
    """Give back what was paid twice."""
    reference = request.form.get("reference", "").strip()[:MAX_REFERENCE]
    return _do(
        lambda: give_back.refund(payment_id, refund_reference=reference or None, by=acting.current_actor()),
        lambda payment: _("Pembayaran %(number)s dikembalikan.", number=payment.number),
    )


def _do(deed: Callable[[], Payment], done: Callable[[Payment], str]) -> ResponseReturnValue:
    """Do one thing to a payment and come back to the list with what came of it."""
    try:
        flash(done(deed()), "success")
    except DomainError as error:
        if error.status == 404:
            raise
        flash(str(error), "danger")
    return redirect(url_for(".index"))


def _chips(cooperative_id: int, wanted: str) -> list[dict[str, Any]]:
    counts = count_payments(cooperative_id)
    groups = [
        (PaymentState.REPORTED, PaymentState.REPORTED.label, counts.get(PaymentState.REPORTED, 0)),
        (SURPLUS, _("Dibayar dua kali"), queries.count_surplus_payments(cooperative_id)),
        (PaymentState.PAID, PaymentState.PAID.label, counts.get(PaymentState.PAID, 0)),
        (PaymentState.FAILED, PaymentState.FAILED.label, counts.get(PaymentState.FAILED, 0)),
        (PaymentState.REFUNDED, PaymentState.REFUNDED.label, counts.get(PaymentState.REFUNDED, 0)),
        ("all", _("Semua"), sum(counts.values())),
    ]
    return [
        {"label": label, "url": url_with(state=name), "active": name == wanted, "count": count}
        for name, label, count in groups
        if count or name in (PaymentState.REPORTED, "all", wanted)
    ]
