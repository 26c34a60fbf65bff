"""The door to Stripe, against a server that plays Stripe over real HTTP."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import stripe

from market.payments.errors import (
    BadSignature,
    NothingToRefund,
    PaymentNotSetUp,
    PaymentProviderUnavailable,
    PaymentRefused,
    PaymentTooLarge,
    PaymentTooSmall,
    RefundTooLarge,
)
from market.payments.gateway import CheckoutLine, CheckoutSession, CheckoutState, StripeGateway
from sandbox.testing import DECLINED_CARD, RunningSandbox, WebhookReceiver

Open = Callable[..., CheckoutSession]


def in_an_hour() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)


def open_by(gateway: StripeGateway, **changes: Any) -> CheckoutSession:
    """A checkout of Rp 2.750.000; keywords as `create_checkout`."""
    wanted: dict[str, Any] = {
        "reference": "PAY/2026/11/0001",
        "description": "Tagihan INV/2026/11/0001",
        "amount": 2_750_000,
        "customer_email": "finance@demo.test",
        "success_url": "http://shop.test/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/invoices/1",
        "idempotency_key": "pasok-PAY/2026/11/0001",
        "expires_at": in_an_hour(),
        **changes,
    }
    return gateway.create_checkout(**wanted)


@pytest.fixture
def open_checkout(gateway: StripeGateway) -> Open:
    return lambda **changes: open_by(gateway, **changes)


@pytest.fixture
def account(stripe_sandbox: RunningSandbox) -> stripe.StripeClient:
    """The account as Stripe's own dashboard would show it."""
    return stripe.StripeClient(stripe_sandbox.api_key, base_addresses={"api": stripe_sandbox.url})


def test_rupiah_go_out_in_hundredths_and_come_back_whole(
    open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox, account
) -> None:
    opened = open_checkout()
    assert account.v1.checkout.sessions.retrieve(opened.id).amount_total == 275_000_000
    waiting = gateway.find_checkout(opened.id)
    assert (waiting.state, waiting.amount_paid, waiting.payment_intent, waiting.fee) == (
        CheckoutState.OPEN, 0, None, None,
    )  # fmt: skip
    assert stripe_sandbox.pay(opened.url).location == f"http://shop.test/paid?session={opened.id}"
    paid = gateway.find_checkout(opened.id)
    assert (paid.state, paid.amount_paid, paid.fee) == (CheckoutState.PAID, 2_750_000, 81_750)
    assert paid.reference == "PAY/2026/11/0001"
    assert paid.payment_intent.startswith("pi_")


def test_a_checkout_tells_when_it_ends(open_checkout: Open) -> None:
    moment = in_an_hour()
    assert open_checkout(expires_at=moment).expires_at == moment


def test_the_page_shows_the_lines_and_the_way_back(open_checkout: Open, stripe_sandbox: RunningSandbox) -> None:
    lines = [
        CheckoutLine("Sarung tangan katun", 2_500_000, "500 pasang"),
        CheckoutLine("PPN", 250_000),
    ]
    page = stripe_sandbox.open(open_checkout(lines=lines).url).text
    for words in ("Sarung tangan katun", "500 pasang", "Rp 2.500.000", "PPN", "Rp 250.000", "Bayar Rp 2.750.000"):
        assert words in page
    assert 'href="http://shop.test/invoices/1"' in page


def test_more_lines_than_stripe_shows_become_one(open_checkout: Open, account) -> None:
    opened = open_checkout(lines=[CheckoutLine(f"Baris {n}", 1_000) for n in range(101)], amount=101_000)
    session = account.v1.checkout.sessions.retrieve(opened.id, {"expand": ["line_items"]})
    assert [line.description for line in session.line_items.data] == ["Tagihan INV/2026/11/0001"]
    assert session.amount_total == 10_100_000


def test_lines_that_do_not_add_up_are_a_mistake_of_ours(open_checkout: Open) -> None:
    with pytest.raises(ValueError, match="do not add up"):
        open_checkout(lines=[CheckoutLine("Sarung tangan", 2_749_999)])


def test_opening_twice_under_one_key_opens_one_checkout(open_checkout: Open, account) -> None:
    moment = in_an_hour()
    assert open_checkout(expires_at=moment) == open_checkout(expires_at=moment)
    assert len(account.v1.checkout.sessions.list().data) == 1


def test_another_amount_under_the_same_key_is_refused(open_checkout: Open) -> None:
    moment = in_an_hour()
    open_checkout(expires_at=moment)
    with pytest.raises(PaymentRefused):
        open_checkout(expires_at=moment, amount=1_000_000)


def test_amounts_stripe_cannot_take_are_said_in_plain_words(open_checkout: Open) -> None:
    with pytest.raises(PaymentTooSmall, match="terlalu kecil"):
        open_checkout(amount=5_000)
    with pytest.raises(PaymentTooLarge, match=r"paling banyak Rp 9\.999\.999\.999"):
        open_checkout(amount=67_000_000_000)
    assert open_checkout(amount=9_999_999_999).id


def test_what_stripe_refuses_keeps_its_reason_for_the_log(open_checkout: Open) -> None:
    with pytest.raises(PaymentRefused) as refusal:
        open_checkout(customer_email="no address")
    assert refusal.value.details["code"] == "email_invalid"
    assert refusal.value.details["request"].startswith("req_")
    assert "Hubungi koperasi" in str(refusal.value)


def test_a_checkout_needs_no_email(open_checkout: Open, account) -> None:
    assert account.v1.checkout.sessions.retrieve(open_checkout(customer_email=None).id).customer_email is None


def test_an_unknown_checkout_is_none(gateway: StripeGateway) -> None:
    assert gateway.find_checkout("cs_test_unknown") is None
    assert gateway.expire_checkout("cs_test_unknown") is None


def test_a_declined_card_leaves_the_checkout_open(
    open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox
) -> None:
    opened = open_checkout()
    assert stripe_sandbox.pay(opened.url, DECLINED_CARD).status == 402
    found = gateway.find_checkout(opened.id)
    assert (found.state, found.amount_paid, found.fee) == (CheckoutState.OPEN, 0, None)


def test_an_expired_checkout_cannot_be_paid(
    open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox
) -> None:
    opened = open_checkout()
    assert gateway.expire_checkout(opened.id).state is CheckoutState.EXPIRED
    assert stripe_sandbox.pay(opened.url).status == 200
    assert gateway.expire_checkout(opened.id).state is CheckoutState.EXPIRED


def test_expiring_too_late_tells_that_it_was_paid(
    open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox
) -> None:
    opened = open_checkout()
    stripe_sandbox.pay(opened.url)
    ended = gateway.expire_checkout(opened.id)
    assert (ended.state, ended.amount_paid) == (CheckoutState.PAID, 2_750_000)


def test_a_fee_stripe_does_not_know_yet_is_none(
    open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox, webhook_receiver: WebhookReceiver
) -> None:
    stripe_sandbox.hold_fees()
    opened = open_checkout()
    stripe_sandbox.pay(opened.url)
    assert gateway.find_checkout(opened.id).fee is None
    stripe_sandbox.release_fees()
    told = webhook_receiver.wait_for("charge.updated")
    event = gateway.read_event(told.body, told.signature)
    assert event.reference == "PAY/2026/11/0001", "so that the payment is found whose fee is now known"
    assert gateway.find_checkout(opened.id).fee == 81_750


def test_a_fee_settled_in_another_currency_is_taken_as_a_share(
    open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Singapore account settles IDR 2,750,000.00 as SGD 225.50 and keeps SGD 8.20 of it."""
    opened = open_checkout()
    stripe_sandbox.pay(opened.url)
    retrieve = gateway._stripe.v1.checkout.sessions.retrieve

    def settled_in_singapore(*args: Any) -> stripe.checkout.Session:
        session = retrieve(*args)
        transaction = session.payment_intent.latest_charge.balance_transaction
        transaction.amount, transaction.fee, transaction.currency = 22_550, 820, "sgd"
        return session

    monkeypatch.setattr(gateway._stripe.v1.checkout.sessions, "retrieve", settled_in_singapore)
    assert gateway.find_checkout(opened.id).fee == 100_000


class TestRefunds:
    @pytest.fixture
    def intent(self, open_checkout: Open, gateway: StripeGateway, stripe_sandbox: RunningSandbox) -> str:
        """A paid checkout of Rp 2.750.000."""
        opened = open_checkout()
        stripe_sandbox.pay(opened.url)
        return gateway.find_checkout(opened.id).payment_intent

    def test_a_part_is_given_back_once_under_one_key(self, gateway: StripeGateway, intent: str, account) -> None:
        first = gateway.refund(intent, 1_000_000, "refund-1")
        assert (first.amount, first.state) == (1_000_000, "succeeded")
        assert gateway.refund(intent, 1_000_000, "refund-1") == first
        [charge] = account.v1.charges.list().data
        assert charge.amount_refunded == 100_000_000

    def test_no_more_than_is_left(self, gateway: StripeGateway, intent: str) -> None:
        gateway.refund(intent, 1_000_000, "refund-1")
        with pytest.raises(RefundTooLarge, match="melebihi sisa"):
            gateway.refund(intent, 1_750_001, "refund-2")
        gateway.refund(intent, 1_750_000, "refund-3")
        with pytest.raises(NothingToRefund):
            gateway.refund(intent, 1, "refund-4")

    def test_an_unpaid_or_unknown_payment_is_refused(
        self, gateway: StripeGateway, open_checkout: Open, stripe_sandbox: RunningSandbox
    ) -> None:
        opened = open_checkout()
        stripe_sandbox.pay(opened.url, DECLINED_CARD)
        with pytest.raises(NothingToRefund):
            gateway.refund(gateway.find_checkout(opened.id).payment_intent, 1_000, "refund-1")
        with pytest.raises(PaymentRefused):
            gateway.refund("pi_unknown", 1_000, "refund-2")


class TestEvents:
    def test_a_signed_event_names_its_checkout(
        self,
        open_checkout: Open,
        gateway: StripeGateway,
        stripe_sandbox: RunningSandbox,
        webhook_receiver: WebhookReceiver,
    ) -> None:
        opened = open_checkout()
        stripe_sandbox.pay(opened.url)
        told = webhook_receiver.wait_for("checkout.session.completed")
        event = gateway.read_event(told.body, told.signature)
        assert (event.type, event.checkout_id) == ("checkout.session.completed", opened.id)
        assert (event.id, event.reference) == (told.event["id"], "PAY/2026/11/0001")
        intent = gateway.find_checkout(opened.id).payment_intent
        assert event.payment_intent == intent
        for kind in ("payment_intent.succeeded", "charge.succeeded"):
            told = webhook_receiver.wait_for(kind)
            event = gateway.read_event(told.body, told.signature)
            assert (event.checkout_id, event.payment_intent, event.reference) == (None, intent, "PAY/2026/11/0001")

    def test_a_refund_names_its_payment(
        self,
        open_checkout: Open,
        gateway: StripeGateway,
        stripe_sandbox: RunningSandbox,
        webhook_receiver: WebhookReceiver,
    ) -> None:
        opened = open_checkout()
        stripe_sandbox.pay(opened.url)
        intent = gateway.find_checkout(opened.id).payment_intent
        gateway.refund(intent, 1_000, "refund-1")
        for kind in ("refund.created", "charge.refunded"):
            told = webhook_receiver.wait_for(kind)
            assert gateway.read_event(told.body, told.signature).payment_intent == intent

    @pytest.mark.parametrize(
        "signature",
        ["", "nonsense", "t=1,v1=00", "t=x,v1=00", "v1=00", "t=1"],
    )
    def test_what_stripe_did_not_sign_is_not_believed(self, gateway: StripeGateway, signature: str) -> None:
        with pytest.raises(BadSignature, match="tidak sah"):
            gateway.read_event(b'{"id": "evt_1"}', signature)

    def test_a_changed_or_old_event_is_not_believed(self, gateway: StripeGateway) -> None:
        secret, body = "whsec_sandbox", '{"id": "evt_1"}'
        good = stripe.WebhookSignature.generate_signature_header(body, secret)
        old = stripe.WebhookSignature.generate_signature_header(body, secret, int(time.time()) - 301)
        others = stripe.WebhookSignature.generate_signature_header(body, "whsec_other")
        for payload, signature in [(body + " ", good), (body, old), (body, others)]:
            with pytest.raises(BadSignature):
                gateway.read_event(payload.encode(), signature)

    def test_a_signed_body_that_is_no_event_is_not_believed(self, gateway: StripeGateway) -> None:
        for body in ("{}", "[]", "not json", "7"):
            signature = stripe.WebhookSignature.generate_signature_header(body, "whsec_sandbox")
            with pytest.raises(BadSignature):
                gateway.read_event(body.encode(), signature)

    def test_bytes_that_are_no_text_are_not_believed(self, gateway: StripeGateway) -> None:
        with pytest.raises(BadSignature):
            gateway.read_event(b"\xff\xfe", "t=1,v1=00")


class TestWhenStripeIsAway:
    @pytest.fixture(autouse=True)
    def _without_pauses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
        monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.01)

    @pytest.fixture
    def broken_stripe(self) -> Iterator[ThreadingHTTPServer]:
        """Answers `statuses` in turn, the last one for ever; counts the calls."""

        class Broken(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server: Any = self.server
                server.calls += 1
                status = server.statuses[min(server.calls, len(server.statuses)) - 1]
                body = b'{"error": {"type": "api_error", "code": "resource_missing", "message": "out of order"}}'
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Broken)
        server.calls, server.statuses = 0, [500]
        Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()
        server.server_close()

    def ask(self, server: ThreadingHTTPServer) -> object:
        gateway = StripeGateway("sk_test_x", f"http://127.0.0.1:{server.server_address[1]}", "whsec_x")
        return gateway.find_checkout("cs_test_x")

    def test_nobody_listening_is_said_in_plain_words(self, broken_stripe) -> None:
        broken_stripe.server_close()
        with pytest.raises(PaymentProviderUnavailable, match="tidak dapat dihubungi"):
            self.ask(broken_stripe)

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_a_server_that_is_out_of_order_is_away(self, broken_stripe, status: int) -> None:
        broken_stripe.statuses = [status]
        with pytest.raises(PaymentProviderUnavailable) as failure:
            self.ask(broken_stripe)
        assert failure.type is PaymentProviderUnavailable
        assert broken_stripe.calls == (1 if status == 429 else 3)

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_key_that_is_not_accepted_is_for_the_operator(self, broken_stripe, status: int) -> None:
        broken_stripe.statuses = [status]
        with pytest.raises(PaymentNotSetUp, match="belum disiapkan"):
            self.ask(broken_stripe)
        assert broken_stripe.calls == 1

    def test_a_short_failure_is_not_noticed(self, broken_stripe) -> None:
        broken_stripe.statuses = [503, 500, 404]
        assert self.ask(broken_stripe) is None
        assert broken_stripe.calls == 3

    def test_another_accounts_key_is_not_accepted(self, stripe_sandbox: RunningSandbox) -> None:
        stranger = StripeGateway("sk_test_other", stripe_sandbox.url, "whsec_x")
        with pytest.raises(PaymentNotSetUp):
            open_by(stranger)
