"""Whatever happens, in whatever order: the rules of the books hold, and what breaks them is found."""

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from market.db import session
from market.errors import DomainError
from market.ledger.models import JournalEntry
from market.ledger.operations import reverse_entry
from market.organisations.kinds import TaxRole
from market.payments.models import Payment
from market.payments.operations import transfers
from market.payments.states import Method, PaymentState
from orders.billing.models import Invoice
from orders.billing.operations import give_back, pay
from orders.payouts import operations as payouts
from orders.payouts.models import Payout
from orders.payouts.states import PayoutState
from tests.orders.money import Deal, broken_rules, make_deal

QUANTITIES = st.integers(1, 8_000_000)
PRICES = st.integers(1, 10_000)
PICK = st.integers(0, 5)

STEPS = st.one_of(
    st.tuples(st.just("invoice"), QUANTITIES, PRICES),
    st.tuples(st.just("report"), PICK, PICK),
    st.tuples(st.just("confirm"), PICK, PICK),
    st.tuples(st.just("refuse"), PICK, PICK),
    st.tuples(st.just("record"), PICK, PICK),
    st.tuples(st.just("pay_twice"), PICK, PICK),
    st.tuples(st.just("give_back"), PICK, PICK),
    st.tuples(st.just("pay_out"), PICK, PICK),
    st.tuples(st.just("pay_out_some"), PICK, PICK),
    st.tuples(st.just("reverse_and_restore"), PICK, PICK),
)


class Nothing(Exception):
    """There is nothing to choose from yet."""


def pick(things: list[Any], number: int) -> Any:
    """One of the things, counted round."""
    if not things:
        raise Nothing
    return things[number % len(things)]


class Story:
    """One deal and all that is done to its money; a deed that a rule refuses changes nothing."""

    def __init__(self, deal: Deal):
        self.deal = deal
        self.invoices: list[Invoice] = []

    def do(self, deed: str, first: int, second: int) -> None:
        try:
            getattr(self, deed)(first, second)
        except (DomainError, Nothing):
            session.rollback()
        else:
            event(f"{deed}: done")

    def invoice(self, quantity: int, price: int) -> None:
        self.invoices.append(self.deal.invoice(quantity, price=price))

    def report(self, invoice: int, reference: int) -> None:
        pay.report_transfer(
            pick(self.invoices, invoice).id,
            transfer_reference=f"T{reference}",
            transfer_from=None,
            by=self.deal.factory.finance,
        )

    def confirm(self, payment: int, _unused: int) -> None:
        transfers.confirm_transfer(self._payment(PaymentState.REPORTED, payment).id, by=self.deal.treasurer)

    def refuse(self, payment: int, _unused: int) -> None:
        pay.refuse_transfer(self._payment(PaymentState.REPORTED, payment).id, "Tidak ada", by=self.deal.treasurer)

    def record(self, invoice: int, _unused: int) -> None:
        pay.record_transfer(pick(self.invoices, invoice).id, transfer_reference="R", by=self.deal.treasurer)

    def pay_twice(self, invoice: int, reference: int) -> None:
        """A transfer was reported while the invoice was open, and confirmed after another had paid it."""
        self.report(invoice, reference)
        late = self._payment(PaymentState.REPORTED, -1)
        late.state = PaymentState.FAILED
        session.flush()
        self.record(invoice, 0)
        late.state = PaymentState.REPORTED
        session.flush()
        transfers.confirm_transfer(late.id, by=self.deal.treasurer)

    def give_back(self, payment: int, _unused: int) -> None:
        paid = self._payment(PaymentState.PAID, payment)
        give_back.refund(paid.id, refund_reference="K", by=self.deal.treasurer)

    def pay_out(self, _unused: int, reference: int) -> None:
        payout = self._due()
        self._transfer(payout, payout.amount, reference)

    def pay_out_some(self, lines: int, reference: int) -> None:
        """The treasurer transferred what was due before the later invoices were paid."""
        payout = self._due()
        self._transfer(payout, sum(line.amount for line in payout.lines[: lines + 1]), reference)

    def reverse_and_restore(self, entry: int, _unused: int) -> None:
        entries = session.query(JournalEntry).filter_by(cooperative_id=self.deal.cooperative.id, reverses_id=None).all()
        for _time in range(2):
            chosen = pick(entries, entry)
            books = {"cooperative_id": self.deal.cooperative.id, "by": self.deal.treasurer}
            entries = [reverse_entry(chosen.id, description="Balik", **books)]

    def _transfer(self, payout: Payout, amount: int, reference: int) -> None:
        payouts.mark_transferred(payout.id, amount=amount, transfer_reference=f"O{reference}", by=self.deal.treasurer)

    def _payment(self, state: PaymentState, number: int) -> Payment:
        mine = session.query(Payment).filter_by(
            cooperative_id=self.deal.cooperative.id, state=state, method=Method.TRANSFER
        )
        return pick(mine.order_by(Payment.id).all(), number)

    def _due(self) -> Payout:
        due = session.query(Payout).filter_by(seller_id=self.deal.shop.seller.id, state=PayoutState.DUE)
        return pick(due.all(), 0)


COOPERATIVES: Any = st.fixed_dictionaries(
    {
        "tax_role": st.sampled_from(TaxRole),
        "taxable": st.booleans(),
        "seller_taxable": st.booleans(),
        "margin": st.integers(0, 10_000),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COOPERATIVES, QUANTITIES, PRICES, st.lists(STEPS, min_size=5, max_size=20))
def test_whatever_is_billed_paid_given_back_and_paid_out_the_rules_hold(cooperative, quantity, price, steps):
    story = Story(make_deal(**cooperative))
    story.do("invoice", quantity, price)
    for deed, first, second in steps:
        story.do(deed, first, second)
    assert broken_rules() == {}


def test_an_entry_taken_back_alone_is_found():
    deal = make_deal()
    invoice = deal.invoice()
    entry = session.query(JournalEntry).filter_by(reference=invoice.number).one()
    reverse_entry(entry.id, cooperative_id=deal.cooperative.id, by=deal.treasurer, description="Salah")
    broken = broken_rules()
    assert f"{invoice.number} 1-1200: should be 1000000, is 0" in next(iter(broken.values()))
    assert len(broken) == 4
