"""The lowest price a seller wants is nobody else's business."""

from market.accounts.roles import Role
from market.db import session
from tests.catalog.prices.agreements import agree, planned
from tests.catalog.prices.agreements import days as in_days
from tests.factories import make_actor, make_product, make_seller
from tests.orders.stories import order_of

FLOOR = 7_654
WRITTEN = ("7654", "7.654", "floor_price")


def test_no_page_of_a_buyer_a_visitor_or_the_cooperative_tells_the_floor(
    client, shopkeeper, seller, admin, buyer, company
):
    product = make_product(seller=seller, unit_price=10_000)
    product.offer.floor_price = FLOOR
    contract = agree(shopkeeper, company, product, 9_000)
    planned(product, 10_500, starts_on=in_days(5))
    order = order_of(buyer, (product, 10))
    session.commit()
    client.log_in(shopkeeper)
    assert "7.654" in client.get(f"/seller/products/{product.id}/edit").text
    shared = (f"/products/{product.slug}", "/search?q=")
    treasurer = make_actor(seller.cooperative, Role.TREASURER)
    pages = {
        None: shared,
        buyer: (*shared, "/cart", "/contracts", f"/contracts/{contract.id}", f"/orders/{order.number}"),
        admin: (
            *shared,
            f"/cooperative/products/{product.id}",
            "/cooperative/products",
            f"/cooperative/contracts/{contract.id}",
            "/cooperative/contracts",
            f"/cooperative/orders/{order.seller_orders[0].number}",
        ),
        treasurer: ("/cooperative/margins", f"/cooperative/contracts/{contract.id}"),
        make_actor(make_seller(), Role.SELLER): shared,
    }
    for actor, addresses in pages.items():
        visitor = client.application.test_client()
        if actor:
            visitor.log_in(actor)
        for address in addresses:
            answer = visitor.get(address)
            assert answer.status_code == 200, address
            assert not [words for words in WRITTEN if words in answer.text], (address, actor)


def test_no_answer_of_the_api_tells_the_floor_to_anybody_but_its_seller(api, shopkeeper, seller, admin, buyer, company):
    product = make_product(seller=seller, unit_price=10_000)
    product.offer.floor_price = FLOOR
    contract = agree(shopkeeper, company, product, 9_000)
    session.commit()
    assert api(shopkeeper).get(f"/products/{product.id}").json["floor_price"] == FLOOR
    stranger = make_actor(make_seller(), Role.SELLER)
    for actor in (None, buyer, admin, stranger):
        told = [api(actor).get(f"/products/{product.id}"), api(actor).get("/products")]
        if actor in (buyer, admin):
            told.append(api(actor).get(f"/contracts/{contract.id}"))
        for answer in told:
            assert answer.status_code == 200
            assert not [words for words in WRITTEN if words in answer.text], (actor, answer.request.path)


def test_the_cooperatives_decision_does_not_tell_it_either(api, shopkeeper, admin):
    made = api(shopkeeper).post(
        "/products", {"name": "Palet kayu", "description": "Kuat", "price": 10_000, "floor_price": FLOOR}
    )
    assert made.json["floor_price"] == FLOOR
    number = made.json["id"]
    assert api(shopkeeper).post(f"/products/{number}/submit").json["floor_price"] == FLOOR
    approved = api(admin).post(f"/products/{number}/approve")
    assert approved.status_code == 200
    assert "7654" not in approved.text
