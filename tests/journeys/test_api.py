"""The whole job over the API alone, as an ERP and a seller's program would do it."""

import time
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from sandbox.testing import GOOD_CARD
from tests.journeys.conftest import RunningPasok

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

FINDABLE_WITHIN = 2.0


@dataclass
class Program:
    """A program with a person's token."""

    url: str
    token: str

    def get(self, path: str, **query: Any) -> Any:
        """GET and expect success."""
        return self._answer(requests.get(f"{self.url}/api/v1{path}", params=query, headers=self._headers(), timeout=30))

    def post(self, path: str, body: Any = None, *, expect: int | None = None, key: str | None = None) -> Any:
        """POST and expect success, or the status `expect`."""
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        answer = requests.post(f"{self.url}/api/v1{path}", json=body or {}, headers=headers, timeout=30)
        return self._answer(answer, expect)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @staticmethod
    def _answer(answer: requests.Response, expect: int | None = None) -> Any:
        assert answer.status_code == expect if expect else answer.ok, f"{answer.status_code} {answer.text}"
        return answer.json()


@pytest.fixture(scope="module")
def program(pasok: RunningPasok) -> Any:
    """`program("buyer")`: the token of that demo login."""
    made: dict[str, Program] = {}

    def of(login: str) -> Program:
        if login not in made:
            made[login] = Program(pasok.url, pasok.token(f"{login}@demo.test"))
        return made[login]

    return of


def test_from_a_new_product_to_the_payout(pasok, program):
    seller, admin, buyer, treasurer = (program(login) for login in ("seller", "admin", "buyer", "treasurer"))
    receiving, finance = program("receiving"), program("finance")

    product = seller.post("/products", {**NEW_PRODUCT, "sku": f"UJI-{time.time_ns()}"}, expect=201)
    assert product["state"] == "draft"
    assert seller.post(f"/products/{product['id']}/submit")["state"] == "submitted"
    published = admin.post(f"/products/{product['id']}/approve")
    assert published["state"] == "published"
    _wait_until_found(buyer, "kardus jurnal uji", product["id"])

    order = buyer.post(
        "/orders", {"lines": [{"product_id": product["id"], "quantity": 600}], "terms": "top30"}, expect=201
    )
    assert order["state"] == "placed"
    assert order["subtotal"] == 600 * 2_300
    assert order["total"] == order["subtotal"] + order["tax"]

    part = seller.get(f"/seller-orders/{order['seller_orders'][0]['id']}")
    assert part["seller_amount"] + part["margin_amount"] == order["subtotal"]
    seller.post(f"/seller-orders/{part['id']}/accept")
    line = order["lines"][0]["id"]
    for quantity, accepted in ((400, 390), (200, 200)):
        shipment = seller.post(
            f"/seller-orders/{part['id']}/shipments",
            {"lines": [{"order_line_id": line, "quantity": quantity}], "driver": "Pak Udin", "vehicle": "B 9123 FXR"},
            expect=201,
        )
        received = {"order_line_id": line, "accepted": accepted, "rejected": quantity - accepted}
        if quantity > accepted:
            received["reason"] = "Basah"
        receiving.post(f"/shipments/{shipment['id']}/receive", {"lines": [received]})
    assert buyer.get(f"/orders/{order['id']}")["state"] == "received"
    assert len(buyer.get(f"/orders/{order['id']}")["events"]) >= 6

    invoices = [i for i in finance.get("/invoices", per_page=100)["items"] if i["order_id"] == order["id"]]
    assert sorted(i["subtotal"] for i in invoices) == [200 * 2_300, 390 * 2_300]
    first, second = invoices
    checkout = finance.post(f"/invoices/{first['id']}/pay", {"method": "stripe"})
    paid = requests.post(checkout["checkout_url"], data={"card": GOOD_CARD}, allow_redirects=False, timeout=30)
    assert paid.status_code == 303
    _wait_until(lambda: finance.get(f"/invoices/{first['id']}")["state"] == "paid", "the webhook settles the invoice")
    assert finance.get(f"/invoices/{second['id']}")["state"] == "issued"
    assert any(payout["state"] == "due" for payout in seller.get("/payouts", per_page=100)["items"])

    balance = treasurer.get("/ledger/trial-balance")
    assert balance["debit"] == balance["credit"] > 0
    for command in (("ledger", "check"), ("search", "verify")):
        done = pasok.flask(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_shortage_is_told_and_nothing_is_reserved(program):
    buyer = program("buyer2")
    product = buyer.get("/products", in_stock="true", per_page=1)["items"][0]
    wanted = (product["available"] // product["order_multiple"] + 1) * product["order_multiple"]
    answer = buyer.post("/orders", {"lines": [{"product_id": product["id"], "quantity": wanted}]}, expect=409)
    short = {"product_id": product["id"], "wanted": wanted, "available": product["available"]}
    assert [shortage.items() >= short.items() for shortage in answer["shortages"]] == [True]
    assert buyer.get(f"/products/{product['id']}")["available"] == product["available"]


def test_the_same_order_sent_twice_under_one_key_is_one_order(program):
    buyer = program("buyer2")
    product = buyer.get("/products", in_stock="true", per_page=1)["items"][0]
    least = -(-product["min_order"] // product["order_multiple"]) * product["order_multiple"]
    body = {"lines": [{"product_id": product["id"], "quantity": least}]}
    key = f"journey-{time.time_ns()}"
    first, again = (buyer.post("/orders", body, key=key, expect=201) for _n in range(2))
    assert first["number"] == again["number"]
    assert buyer.post("/orders", {**body, "buyer_reference": "lain"}, key=key, expect=422)["status"] == 422


NEW_PRODUCT = {
    "name": "Kardus jurnal uji 25x20x15 cm single wall",
    "description": "Kardus polos C-flute untuk uji perjalanan pesanan, kuat sampai 8 kg.",
    "category": "kardus-polos",
    "unit": "pcs",
    "price": 2_500,
    "tiers": [{"min_quantity": 500, "unit_price": 2_300}],
    "min_order": 100,
    "order_multiple": 50,
    "stock": 5_000,
    "lead_time_days": 3,
}


def _wait_until_found(buyer: Program, words: str, product_id: int) -> None:
    began = time.monotonic()
    _wait_until(
        lambda: product_id in [item["id"] for item in buyer.get("/products", q=words)["items"]],
        "a published product is found",
        seconds=10,
    )
    assert time.monotonic() - began < FINDABLE_WITHIN + 1, "findable within two seconds, and one for a busy machine"


def _wait_until(holds: Any, what: str, *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.1)
