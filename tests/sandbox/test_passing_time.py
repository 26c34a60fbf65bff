"""What only time brings: expiry, forgotten keys, growing pauses between deliveries. The clock is a fake, in-process."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from sandbox.account import Account
from sandbox.app import create_app
from sandbox.settings import Settings
from sandbox.store import Store
from sandbox.testing import WebhookReceiver
from sandbox.webhooks import Courier

DAY = 24 * 60 * 60
FORM = dict(
    parse_qsl(
        "mode=payment&success_url=http://shop.test/&line_items[0][quantity]=1&line_items[0][price_data][currency]=idr"
        "&line_items[0][price_data][unit_amount]=5000000&line_items[0][price_data][product_data][name]=Sarung"
    )
)


class Clock:
    def __init__(self) -> None:
        self.moment = 1_790_000_000.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def account(tmp_path: Path, receiver: WebhookReceiver) -> Iterator[Account]:
    store = Store(tmp_path)
    settings = Settings("sk_test_x", "whsec_x", "http://sandbox.test", webhook_url=receiver.url)
    yield Account(settings, store, Clock())
    store.close()


@pytest.fixture
def http(account: Account) -> FlaskClient:
    return create_app(account).test_client()


def open_checkout(http: FlaskClient, **headers: str) -> dict:
    answer = http.post("/v1/checkout/sessions", data=FORM, headers={"Authorization": "Bearer sk_test_x", **headers})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_checkout_nobody_pays_expires_and_is_told(account: Account, http: FlaskClient, receiver) -> None:
    session = open_checkout(http)
    account.clock.moment += DAY - 1
    Courier(account).work_once()
    assert receiver.types == []
    account.clock.moment += 1
    Courier(account).work_once()
    assert receiver.types == ["checkout.session.expired"]
    assert receiver.received[0].event["data"]["object"]["id"] == session["id"]


def test_a_checkout_cannot_be_paid_in_the_very_second_it_expires(account: Account, http: FlaskClient) -> None:
    session = open_checkout(http)
    account.clock.moment += DAY
    answer = http.post(f"/pay/{session['id']}", data={"card": "4242424242424242"})
    assert answer.status_code == 200
    assert "Waktu pembayaran sudah habis" in answer.text


def test_an_idempotency_key_is_kept_for_a_day(account: Account, http: FlaskClient) -> None:
    first = open_checkout(http, **{"Idempotency-Key": "k"})
    account.clock.moment += DAY
    assert open_checkout(http, **{"Idempotency-Key": "k"})["id"] == first["id"]
    account.clock.moment += 1
    assert open_checkout(http, **{"Idempotency-Key": "k"})["id"] != first["id"]


def test_pauses_between_deliveries_grow_and_end_after_three_days(account: Account, http, receiver) -> None:
    receiver.status = 503
    session = open_checkout(http)
    http.post(f"/v1/checkout/sessions/{session['id']}/expire", headers={"Authorization": "Bearer sk_test_x"})
    courier = Courier(account)

    def delivery():
        with account.store.transaction():
            return account.store.list_deliveries()[0]

    pauses = []
    for _ in range(11):
        courier.work_once()
        pauses.append(delivery().due_at - account.clock())
        account.clock.moment = delivery().due_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    account.clock.moment += 3 * DAY
    courier.work_once()
    assert (delivery().state, delivery().attempts, delivery().last_answer) == ("abandoned", 12, "503")
    courier.work_once()
    assert len(receiver.received) == 12


@pytest.mark.parametrize("status", [301, 302, 400, 404])
def test_a_redirect_or_refusal_is_a_failed_delivery(account: Account, http: FlaskClient, receiver, status: int) -> None:
    receiver.status = status
    session = open_checkout(http)
    http.post(f"/v1/checkout/sessions/{session['id']}/expire", headers={"Authorization": "Bearer sk_test_x"})
    Courier(account).work_once()
    with account.store.transaction():
        [delivery] = account.store.list_deliveries()
    assert (delivery.state, delivery.last_answer) == ("waiting", str(status))


def test_a_payment_that_fails_half_way_changes_nothing(account: Account, http: FlaskClient) -> None:
    """The PaymentIntent is written before the card is charged; where that breaks, neither is there."""
    session = open_checkout(http)
    with account.store.transaction():
        damaged = account.store.get(session["id"])
        del damaged["customer_email"]
        account.store.save(damaged)
    http.application.testing = True
    with pytest.raises(KeyError, match="customer_email"):
        http.post(f"/pay/{session['id']}", data={"card": "4242424242424242"})
    with account.store.transaction():
        assert account.store.list_objects("payment_intent") == []
        assert account.store.list_objects("event") == []
