"""What holds for every call: the key, the refusals, idempotency, lists and expansion."""

import http.client
import json
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from sandbox.testing import RunningSandbox

from .conftest import Checkout


def raw(sandbox: RunningSandbox, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict]:
    """A call without the library, for what the library would not send."""
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=10)
    sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    try:
        connection.request(method, path, body.encode(), sent)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def bearer(sandbox: RunningSandbox) -> str:
    return f"Bearer {sandbox.api_key}"


@pytest.mark.parametrize("path", ["/v1/account", "/v1/checkout/sessions", "/_sandbox/deliveries"])
def test_without_a_key_nothing_is_told(sandbox: RunningSandbox, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": "Basic %%%"}, {"Authorization": "Digest x"}):
        status, body = raw(sandbox, "GET", path, **headers)
        assert status == 401
        assert body["error"]["type"] == "invalid_request_error"
        assert "API key" in body["error"]["message"]


def test_another_key_is_refused(sandbox: RunningSandbox) -> None:
    stranger = stripe.StripeClient("sk_test_somebody_else", base_addresses={"api": sandbox.url})
    with pytest.raises(stripe.AuthenticationError, match="Invalid API Key provided"):
        stranger.v1.accounts.retrieve_current()


def test_the_key_may_come_as_basic_user_name(sandbox: RunningSandbox) -> None:
    assert raw(sandbox, "GET", "/v1/balance", Authorization="Basic c2tfdGVzdF9zYW5kYm94Og==")[0] == 200


def test_the_account_says_who_the_merchant_is(client: stripe.StripeClient) -> None:
    account = client.v1.accounts.retrieve_current()
    assert (account.business_profile.name, account.default_currency) == ("Koperasi Demo Pasok", "idr")


def test_health_needs_no_key(sandbox: RunningSandbox) -> None:
    assert raw(sandbox, "GET", "/_sandbox/health") == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "path",
    [
        "checkout/sessions/cs_x",
        "payment_intents/pi_x",
        "charges/ch_x",
        "refunds/re_x",
        "customers/cus_x",
        "events/evt_x",
        "balance_transactions/txn_x",
        "payment_methods/pm_x",
    ],
)
def test_an_unknown_id_is_404_in_stripes_envelope(client: stripe.StripeClient, path: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="No such") as refusal:
        client.raw_request("get", f"/v1/{path}")
    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")
    assert refusal.value.param


def test_an_id_of_another_kind_is_unknown(open_checkout: Checkout, client) -> None:
    session = open_checkout()
    with pytest.raises(stripe.InvalidRequestError, match="No such charge"):
        client.v1.charges.retrieve(session.id)


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/payouts"), ("DELETE", "/v1/charges"), ("GET", "/elsewhere")])
def test_an_unknown_address_says_so(sandbox: RunningSandbox, method: str, path: str) -> None:
    status, body = raw(sandbox, method, path, Authorization=bearer(sandbox))
    assert status in (404, 405)
    assert body["error"]["message"].startswith(f"Unrecognized request URL ({method}: {path})")


@pytest.mark.parametrize(
    "body",
    [
        "line_items=x&mode=payment",
        "line_items[a][quantity]=1&mode=payment",
        "mode=payment&mode[x]=1",
        "mode[x]=1&mode=payment",
        "mode[x]=payment",
        "mode=payment&line_items[0]=x",
        "a[b]" + "[c]" * 20 + "=1",
        "mode[=payment",
        "[]=1",
        "metadata=1&mode=payment",
        "%00=%00",
        "mode=payment&line_items[99999999999999999999][quantity]=1",
        "mode=payment&line_items[0][quantity]=99999999999999999999999999",
        "expand=x&mode=payment",
    ],
)
def test_a_malformed_form_is_refused_not_crashed(sandbox: RunningSandbox, body: str) -> None:
    status, answer = raw(sandbox, "POST", "/v1/checkout/sessions", body, Authorization=bearer(sandbox))
    assert status == 400
    assert answer["error"]["type"] == "invalid_request_error"


def test_the_same_key_and_request_get_the_same_answer(open_checkout: Checkout, client) -> None:
    first = open_checkout({"idempotency_key": "order-1"})
    second = open_checkout({"idempotency_key": "order-1"})
    assert second.id == first.id
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_clicks_at_the_same_moment_under_one_key_open_one_checkout(open_checkout: Checkout, client) -> None:
    with ThreadPoolExecutor(8) as clicks:
        opened = list(clicks.map(lambda _: open_checkout({"idempotency_key": "order-1"}).id, range(24)))
    assert len(set(opened)) == 1
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_same_key_under_another_request_is_an_error(open_checkout: Checkout, client) -> None:
    open_checkout({"idempotency_key": "order-1"})
    with pytest.raises(stripe.IdempotencyError, match="same parameters") as refusal:
        open_checkout({"idempotency_key": "order-1"}, quantity=3)
    assert refusal.value.http_status == 400
    with pytest.raises(stripe.IdempotencyError):
        client.v1.customers.create({"name": "x"}, {"idempotency_key": "order-1"})


def test_a_refused_request_may_be_mended_under_its_key(open_checkout: Checkout) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        open_checkout({"idempotency_key": "order-1"}, quantity=0)
    assert open_checkout({"idempotency_key": "order-1"}, quantity=1).status == "open"


def test_a_key_outlives_a_restart(open_checkout: Checkout, sandbox: RunningSandbox) -> None:
    first = open_checkout({"idempotency_key": "order-1"})
    sandbox.restart()
    assert open_checkout({"idempotency_key": "order-1"}).id == first.id


def test_a_key_has_at_most_255_characters(open_checkout: Checkout) -> None:
    open_checkout({"idempotency_key": "k" * 255})
    with pytest.raises(stripe.InvalidRequestError, match="too long"):
        open_checkout({"idempotency_key": "k" * 256})


def test_lists_come_newest_first_and_page_both_ways(open_checkout: Checkout, client) -> None:
    ids = [open_checkout(metadata={"n": str(n)}).id for n in range(5)][::-1]
    sessions = client.v1.checkout.sessions
    assert [session.id for session in sessions.list().auto_paging_iter()] == ids
    first = sessions.list({"limit": 2})
    assert ([session.id for session in first.data], first.has_more) == (ids[:2], True)
    rest = sessions.list({"limit": 3, "starting_after": ids[1]})
    assert ([session.id for session in rest.data], rest.has_more) == (ids[2:], False)
    back = sessions.list({"limit": 2, "ending_before": ids[3]})
    assert ([session.id for session in back.data], back.has_more) == (ids[1:3], True)
    with pytest.raises(stripe.InvalidRequestError, match="No such"):
        sessions.list({"starting_after": "cs_unknown"})


def test_lists_are_filtered(open_checkout: Checkout, sandbox: RunningSandbox, client) -> None:
    paid, waiting = open_checkout(), open_checkout()
    sandbox.pay(paid.url)
    sessions = client.v1.checkout.sessions
    assert [session.id for session in sessions.list({"status": "open"}).data] == [waiting.id]
    intent = sessions.retrieve(paid.id).payment_intent
    assert [session.id for session in sessions.list({"payment_intent": intent}).data] == [paid.id]
    assert len(client.v1.charges.list({"payment_intent": intent}).data) == 1
    assert [event.type for event in client.v1.events.list({"type": "charge.succeeded"}).data] == ["charge.succeeded"]
    assert client.v1.events.list({"created": {"gt": paid.created + 3600}}).data == []


def test_a_list_can_be_expanded(open_checkout: Checkout, sandbox: RunningSandbox, client) -> None:
    sandbox.pay(open_checkout().url)
    [charge] = client.v1.charges.list({"expand": ["data.balance_transaction", "data.refunds"]}).data
    assert charge.balance_transaction.fee == 925_000
    assert charge.refunds.data == []


def test_what_cannot_be_expanded_is_refused(open_checkout: Checkout) -> None:
    for path in ("amount_total", "nonsense", "line_items.data.price.product", "payment_intent.a.b.c.d"):
        with pytest.raises(stripe.InvalidRequestError, match="expand"):
            open_checkout(expand=[path])


def test_two_hundred_metadata_characters_survive_the_wire(open_checkout: Checkout) -> None:
    note = "Rp 1.000 – “baju & celana” [50%] 衣服\n" * 5
    assert open_checkout(metadata={"note": note}).metadata["note"] == note


def test_the_librarys_version_header_is_echoed(open_checkout: Checkout) -> None:
    answer = open_checkout().last_response
    assert answer.headers["Stripe-Version"]
    assert answer.request_id.startswith("req_")


def test_parameters_may_be_written_without_indexes(sandbox: RunningSandbox) -> None:
    line = "line_items[][quantity]=2&line_items[0][price_data][currency]=idr&line_items[0][price_data][unit_amount]=5e6"
    body = urllib.parse.quote(line.replace("5e6", "5000000"), safe="=&")
    body += "&line_items[0][price_data][product_data][name]=x&mode=payment&success_url=http://shop.test/"
    status, answer = raw(sandbox, "POST", "/v1/checkout/sessions", body, Authorization=bearer(sandbox))
    assert (status, answer["amount_total"]) == (200, 10_000_000)
