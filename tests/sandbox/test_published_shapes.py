"""Every object the sandbox shows, against the OpenAPI that Stripe published.

That document is of 2022 and the library is newer. What has changed since is named in `follow_later_versions`; anything
else that does not fit is a mistake of the sandbox. Fields Stripe added later are allowed by the schemas themselves.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe
from jsonschema import Draft4Validator

from sandbox.testing import DECLINED_CARD, RunningSandbox, WebhookReceiver

from .conftest import Checkout

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "stripe" / "spec3_2022-04-12.json"

Check = Callable[[str, dict[str, Any]], None]


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    if not PUBLISHED.exists():
        pytest.skip(f"Stripe's OpenAPI is not beside this checkout ({PUBLISHED.relative_to(PUBLISHED.parents[4])})")
    document: dict[str, Any] = json.loads(PUBLISHED.read_text())
    follow_later_versions(document["components"]["schemas"])
    return as_json_schema(document)


def follow_later_versions(schemas: dict[str, Any]) -> None:
    """2022-11-15: a charge has its refunds only when expanded. 2023: fees may be known later, `automatic_async`."""
    schemas["charge"]["required"].remove("refunds")
    schemas["payment_intent"]["properties"]["capture_method"]["enum"].append("automatic_async")


def as_json_schema(node: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema says "or null"."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {name: as_json_schema(value) for name, value in node.items()}
    if schema.pop("nullable", False) is True:
        return {"anyOf": [schema, {"enum": [None]}]}
    return schema


@pytest.fixture(scope="module")
def check(published: dict[str, Any]) -> Check:
    """Fails naming every place where an object does not fit the schema of its kind."""

    def check_one(kind: str, thing: dict[str, Any]) -> None:
        schema = {"allOf": [{"$ref": f"#/components/schemas/{kind}"}], "components": published["components"]}
        problems = [
            f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in Draft4Validator(schema).iter_errors(thing)
        ]
        assert problems == [], f"{kind} is not what Stripe publishes"

    return check_one


@pytest.fixture
def sandbox(own_sandbox: RunningSandbox) -> RunningSandbox:
    return own_sandbox


@pytest.fixture
def lived(open_checkout: Checkout, sandbox: RunningSandbox, client) -> None:
    """A customer; one checkout declined, then paid and refunded in part; one declined and expired; one open."""
    customer = client.v1.customers.create({"name": "PT Cikarang", "email": "finance@demo.test"})
    paid = open_checkout()
    sandbox.pay(paid.url, DECLINED_CARD)
    sandbox.pay(paid.url)
    intent = client.v1.checkout.sessions.retrieve(paid.id).payment_intent
    client.v1.refunds.create({"payment_intent": intent, "amount": 1_000_000, "reason": "requested_by_customer"})
    expired = open_checkout(customer=customer.id, customer_email="")
    sandbox.pay(expired.url, DECLINED_CARD)
    client.v1.checkout.sessions.expire(expired.id)
    open_checkout(cancel_url="http://shop.test/cart?again=1")


def shown(client, path: str, *expand: str) -> Iterator[dict[str, Any]]:
    answer = client.raw_request("get", f"/v1/{path}", limit=100, expand=[f"data.{field}" for field in expand])
    yield from answer.data["data"]


LISTS: list[tuple[str, str, tuple[str, ...], int]] = [
    ("checkout/sessions", "checkout.session", (), 3),
    ("checkout/sessions", "checkout.session", ("line_items", "payment_intent", "customer"), 3),
    ("payment_intents", "payment_intent", (), 2),
    ("payment_intents", "payment_intent", ("latest_charge", "payment_method"), 2),
    ("charges", "charge", (), 3),
    ("charges", "charge", ("refunds", "balance_transaction", "payment_intent"), 3),
    ("refunds", "refund", (), 1),
    ("balance_transactions", "balance_transaction", (), 2),
    ("customers", "customer", (), 1),
    ("events", "event", (), 15),
]


@pytest.mark.usefixtures("lived")
def test_lists_show_what_stripe_publishes(client, check: Check) -> None:
    for path, kind, expand, count in LISTS:
        things = list(shown(client, path, *expand))
        assert len(things) == count, path
        for thing in things:
            check(kind, thing)


@pytest.mark.usefixtures("lived")
def test_webhooks_show_what_stripe_publishes(sandbox: RunningSandbox, receiver: WebhookReceiver, check: Check) -> None:
    sandbox.wait_until_delivered()
    assert len(receiver.received) == 15
    for received in receiver.received:
        check("event", received.event)
        subject = received.event["data"]["object"]
        check(subject["object"], subject)


@pytest.mark.usefixtures("lived")
def test_single_objects_are_what_stripe_publishes(client, check: Check) -> None:
    def answered(path: str) -> dict[str, Any]:
        body: dict[str, Any] = client.raw_request("get", f"/v1/{path}").data
        return body

    check("account", answered("account"))
    check("balance", answered("balance"))
    [intent] = [intent for intent in shown(client, "payment_intents") if intent["status"] == "succeeded"]
    check("payment_method", answered(f"payment_methods/{intent['payment_method']}"))


@pytest.mark.usefixtures("lived")
def test_nothing_is_shown_that_the_library_does_not_know(client) -> None:
    """The published document is old; the library is made from the newest one, so it knows what was removed since."""
    services = client.v1
    things = [
        thing
        for service in (
            services.checkout.sessions,
            services.payment_intents,
            services.charges,
            services.refunds,
            services.balance_transactions,
            services.customers,
            services.events,
        )
        for thing in service.list().data
    ]
    things += services.checkout.sessions.list({"expand": ["data.line_items"]}).data[0].line_items.data
    for thing in things:
        assert set(thing.to_dict()) <= set(type(thing).__annotations__), thing["object"]


def test_refusals_are_what_stripe_publishes(client, check: Check) -> None:
    for path, options in [("charges/ch_x", {}), ("charges", {"limit": 0}), ("charges", {"colour": "red"})]:
        with pytest.raises(stripe.InvalidRequestError) as refusal:
            client.raw_request("get", f"/v1/{path}", **options)
        check("error", refusal.value.json_body)


def test_the_check_itself_notices_a_wrong_shape(check: Check) -> None:
    with pytest.raises(AssertionError, match="balance_transaction is not what Stripe publishes"):
        check("balance_transaction", {"object": "balance_transaction", "amount": "much"})
