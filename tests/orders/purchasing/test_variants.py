"""Which variant was ordered stands beside the name wherever a line is shown."""

import pytest

from market.db import session
from orders.purchasing.errors import ChooseVariant, OrderedTwice, UnknownProduct
from orders.purchasing.operations import Wanted, place_order
from tests.factories import make_product, make_variants
from tests.orders.stories import make_factory, make_shop


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def factory():
    return make_factory()


@pytest.fixture
def uniform(shop):
    product = make_variants(("Ukuran", "Warna"), ("L", "Putih"), ("M", "Putih"), seller=shop.seller, name="Seragam")
    session.commit()
    return product


def test_the_label_stands_on_every_page_and_paper(client, shop, factory, uniform) -> None:
    lines = [Wanted(uniform.id, 3, offer.id) for offer in uniform.offers]
    order = place_order(by=factory.buyer, lines=lines)
    session.commit()
    part = order.seller_orders[0]
    pages = {
        factory.buyer: [f"/orders/{order.number}", f"/orders/{order.number}/document"],
        shop.owner: [f"/seller/orders/{part.number}"],
    }
    for actor, addresses in pages.items():
        client.log_in(actor)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, address
            assert "Seragam, L / Putih" in page.text, address
            assert "Seragam, M / Putih" in page.text, address


def test_the_api_orders_variants_and_answers_which(api, factory, uniform) -> None:
    first, second = uniform.offers
    wanted = [{"product_id": uniform.id, "variant_id": offer.id, "quantity": 2} for offer in (first, second)]
    answer = api(factory.buyer).post("/orders", {"lines": wanted})
    assert answer.status_code == 201
    assert [(line["variant_id"], line["variant"]) for line in answer.json["lines"]] == [
        (first.id, "L / Putih"),
        (second.id, "M / Putih"),
    ]


def test_a_shortage_names_the_variant(api, factory, uniform) -> None:
    short = uniform.offers[1]
    short.on_hand = 1
    session.commit()
    wanted = [{"product_id": uniform.id, "variant_id": offer.id, "quantity": 2} for offer in uniform.offers]
    answer = api(factory.buyer).post("/orders", {"lines": wanted})
    assert answer.status_code == 409
    assert answer.json["shortages"] == [{"product_id": uniform.id, "variant_id": short.id, "wanted": 2, "available": 1}]
    assert "Seragam M / Putih" in answer.json["detail"]


def test_a_variant_must_be_named_and_stand_on_one_line(factory, uniform) -> None:
    first, second = uniform.offers
    refused = {
        ChooseVariant: [Wanted(uniform.id, 1)],
        OrderedTwice: [Wanted(uniform.id, 1, first.id), Wanted(uniform.id, 2, first.id)],
        UnknownProduct: [Wanted(uniform.id, 1, make_product().offer.id)],
    }
    session.commit()
    for error, lines in refused.items():
        with pytest.raises(error):
            place_order(by=factory.buyer, lines=lines)
    second.active = False
    session.commit()
    with pytest.raises(UnknownProduct):
        place_order(by=factory.buyer, lines=[Wanted(uniform.id, 1, second.id)])
    assert place_order(by=factory.buyer, lines=[Wanted(uniform.id, 1)]).lines[0].offer_id == first.id
