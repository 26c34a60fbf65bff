"""What the treasurer is to transfer to sellers, and has transferred."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.organisations.kinds import BANKS
from market.web.forms import show_error
from market.web.links import url_with
from orders.payouts import operations, queries
from orders.payouts.export import due_payouts_csv
from orders.payouts.forms import TransferredForm
from orders.payouts.models import Payout
from orders.payouts.queries import PayoutSum
from orders.payouts.states import PayoutState

bp = Blueprint("payouts", __name__)

READERS = (Role.TREASURER, Role.ADMIN)


@bp.get("/cooperative/payouts")
@acting.requires(*READERS)
def index() -> ResponseReturnValue:
    """The cooperative's payouts, those that are due first."""
    cooperative_id = acting.current_actor().require(*READERS)
    wanted = request.args.get("state", "")
    state = PayoutState(wanted) if wanted in list(PayoutState) else None
    sums = queries.sum_payouts(cooperative_id=cooperative_id)
    return render_template(
        "orders/payouts/index.html",
        page=queries.list_payouts(
            cooperative_id=cooperative_id, state=state, page=request.args.get("page", 1, type=int)
        ),
        chips_of_page=_chips(sums, state),
        sums=sums,
        banks=BANKS,
    )


@bp.get("/cooperative/payouts/due.csv")
@acting.requires(*READERS)
def due_csv() -> ResponseReturnValue:
    """All due payouts as a file for the bank's own software."""
    due = queries.list_due_payouts(acting.current_actor().require(*READERS))
    name = f"pencairan-{clock.today():%Y-%m-%d}.csv"
    return Response(
        due_payouts_csv(due),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@bp.get("/cooperative/payouts/<number>")
@acting.requires(*READERS)
def show(number: str) -> ResponseReturnValue:
    """One payout: where to transfer it, and the invoices in it."""
    payout = _own(number)
    return _page(payout, TransferredForm(amount=payout.amount))


@bp.post("/cooperative/payouts/<number>/transferred")
@acting.requires(Role.TREASURER)
def transferred(number: str) -> ResponseReturnValue:
    """The treasurer has sent it."""
    payout, form = _own(number), TransferredForm()
    if form.validate_on_submit():
        try:
            operations.mark_transferred(
                payout.id,
                amount=form.amount.data or 0,
                transfer_reference=form.transfer_reference.data,
                by=acting.current_actor(),
            )
        except DomainError as error:
            show_error(form, error, otherwise="transfer_reference")
            return _page(_own(number), form), error.status
        flash(_("Pencairan %(number)s dicatat, penjual diberi tahu.", number=number), "success")
        return redirect(url_for(".show", number=number))
    return _page(payout, form), 422


def _own(number: str) -> Payout:
    return queries.get_payout_by_number(number, cooperative_id=acting.current_actor().require(*READERS))


def _page(payout: Payout, form: TransferredForm) -> str:
    return render_template(
        "orders/payouts/show.html",
        payout=payout,
        form=form,
        banks=BANKS,
        may_transfer=acting.current_actor().has(Role.TREASURER),
    )


def _chips(sums: dict[PayoutState, PayoutSum], state: PayoutState | None) -> list[dict[str, Any]]:
    everything = {
        "label": _("Semua"),
        "url": url_with(state=None),
        "active": state is None,
        "count": sum(each.count for each in sums.values()),
    }
    return [
        everything,
        *(
            {"label": s.label, "url": url_with(state=s), "active": s is state, "count": sums[s].count}
            for s in PayoutState
        ),
    ]
