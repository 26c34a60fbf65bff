"""Paying sellers out."""

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from market import audit, clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.ledger.accounts import BANK, payable_to
from market.ledger.operations import post_entry
from market.money import Rupiah
from market.numbering import Series, next_number
from orders.billing.models import Invoice
from orders.payouts import queries
from orders.payouts.errors import AnotherAmount, NoBankAccount
from orders.payouts.models import Payout, PayoutLine
from orders.payouts.states import PayoutState


def add_invoice(invoice: Invoice) -> Payout | None:
    """A paid invoice's share goes into its seller's next payout; None when the seller has no share in it."""
    amount = invoice.seller_total
    if amount == 0:
        return None
    with atomic():
        payout = _put_aside(amount, seller_id=invoice.seller_id, cooperative_id=invoice.cooperative_id)
        session.add(PayoutLine(payout_id=payout.id, invoice_id=invoice.id, amount=amount))
        session.flush()
    return payout


def mark_transferred(payout_id: int, *, amount: Rupiah, transfer_reference: str, by: Actor) -> Payout:
    """The treasurer has sent a payout, and its seller is told.

    Invoices may be paid between the treasurer's transfer and this: `amount` says what was sent, and invoices that came
    later move to the seller's next payout. Raises NotFound, IllegalTransition when it was transferred already,
    NoBankAccount, or AnotherAmount when no first invoices of the payout come to `amount`.
    """
    cooperative_id = by.require(Role.TREASURER)
    with atomic():
        payout = queries.lock_payout(payout_id, cooperative_id=cooperative_id)
        payout.move_to(PayoutState.TRANSFERRED)
        seller = payout.seller
        if not seller.bank_account:
            raise NoBankAccount
        later = _lines_beyond(payout, amount)
        payout.amount = amount
        payout.bank_code, payout.bank_account = seller.bank_code, seller.bank_account
        payout.bank_holder = seller.bank_holder
        payout.transfer_reference, payout.transferred_by_id = transfer_reference, by.user_id
        session.flush()
        if later:
            _carry_over(payout, later)
        post_entry(
            cooperative_id,
            reference=payout.number,
            reason="payout",
            description=f"Pencairan dana {seller.name}",
            postings=[(payable_to(seller.id), BANK, payout.amount)],
            by_user_id=by.user_id,
        )
        audit.record(payout, "payout_transferred", by=by, amount=payout.amount)
        jobs.defer("payouts.announce_transferred", payout_id=payout.id)
    return payout


def _put_aside(amount: Rupiah, *, seller_id: int, cooperative_id: int) -> Payout:
    """The seller's due payout with `amount` added, opened if there is none.

    It is asked in turns whether there is one and whether one can be opened: between the two, others may open or
    transfer theirs.
    """
    while True:
        payout = queries.lock_due_payout(seller_id)
        if payout is not None:
            payout.amount += amount
            return payout
        opened = session.scalar(
            insert(Payout)
            .values(
                number=next_number(Series.PAYOUT),
                cooperative_id=cooperative_id,
                seller_id=seller_id,
                state=PayoutState.DUE,
                amount=amount,
                created_at=clock.now(),
            )
            .on_conflict_do_nothing(index_elements=["seller_id"], index_where=text("state = 'due'"))
            .returning(Payout)
        )
        if opened is not None:
            return opened


def _lines_beyond(payout: Payout, amount: Rupiah) -> list[PayoutLine]:
    """The lines after those first ones that come to `amount`; raises AnotherAmount when none do."""
    left = amount
    for n, line in enumerate(payout.lines):
        if left == 0:
            return payout.lines[n:]
        left -= line.amount
    if left != 0:
        raise AnotherAmount(field="amount")
    return []


def _carry_over(payout: Payout, lines: list[PayoutLine]) -> None:
    rest = _put_aside(
        sum(line.amount for line in lines), seller_id=payout.seller_id, cooperative_id=payout.cooperative_id
    )
    for line in lines:
        line.payout_id = rest.id
    session.flush()
    session.expire(payout, ["lines"])
