"""Products as plain values say what mapped ones say, and cost the same few SELECTs however many they are."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalog.closures.models import Closure
from catalog.products.certificates import CertificateKind
from catalog.products.models import Certificate, Picture, Product
from catalog.products.presenter import product_item
from catalog.products.queries import shown
from catalog.products.snapshots import read_snapshots
from catalog.products.states import CertificateState
from market import clock
from market.db import session
from tests.factories import make_product, make_seller, make_variants

ALL = select(Product).order_by(Product.id)


def some_of_everything():
    """Products that differ in all that can be said of one."""
    today, day = clock.today(), timedelta(1)
    closed, open_again = make_seller(), make_seller()
    session.add_all(
        [
            Closure(seller_id=closed.id, first_day=today + 9 * day, last_day=today + 12 * day),
            Closure(seller_id=closed.id, first_day=today + 3 * day, last_day=today + 8 * day),
            Closure(seller_id=open_again.id, first_day=today - 9 * day, last_day=today - day),
            Closure(seller_id=open_again.id, first_day=today, last_day=today, cancelled_at=clock.now()),
        ]
    )
    make_product(seller=closed, tiers=[(100, 8_000), (10, 9_000)], on_hand=120, reserved=7)
    boxed = make_product(seller=open_again, content_unit="KGM", specification=[["Bahan", "Kraft"]], attributes={"a": 1})
    boxed.offer.content = Decimal("2.500")
    made = make_product(seller=closed, weekly_capacity=70, lead_time_days=5, on_hand=0, description="")
    made.offer.made_to_order = True
    sized = make_variants(("Ukuran", "Warna"), ("S", "Putih"), ("M", "Biru"), ("L", "Biru"), tiers=[(5, 7_000)])
    sized.pictures = [Picture(file_key=f"{n}.webp", medium_key=f"m{n}", small_key=f"s{n}", position=n) for n in (1, 0)]
    sized.offers[0].position, sized.offers[2].active = 2, False
    session.flush()
    sized.offers[1].picture = sized.pictures[0]
    sized.certificates = [
        Certificate(kind=CertificateKind.HALAL, number="ID123", expires_on=today),
        Certificate(kind=CertificateKind.SNI, number="SNI 1", state=CertificateState.REFUSED, refusal="Buram"),
    ]
    session.flush()
    session.expire_all()


def test_they_say_what_mapped_ones_say():
    some_of_everything()
    mapped = [product_item(product) for product in session.scalars(ALL.options(*shown()))]
    assert len(mapped) == 4
    assert [product_item(product) for product in read_snapshots(ALL)] == mapped
    assert mapped[3]["variants"][0]["picture"]


def test_they_say_what_was_changed_a_moment_ago():
    product = make_product(name="Lama")
    product.name = product.seller.name = "Baru"
    (found,) = read_snapshots(ALL)
    assert (found.name, found.seller.name) == ("Baru", "Baru")


def test_many_cost_no_more_statements_than_one(count_queries):
    make_product()
    with count_queries() as for_one:
        list(map(product_item, read_snapshots(ALL)))
    some_of_everything()
    with count_queries() as for_all:
        list(map(product_item, read_snapshots(ALL)))
    assert len(for_all) == len(for_one) == 8


def test_nothing_more_is_loaded_when_it_is_asked_for():
    make_product()
    (product,) = read_snapshots(ALL)
    with pytest.raises(AttributeError):
        product.pending_change  # noqa: B018 - to ask is what is tested


def test_of_none_there_are_none():
    assert read_snapshots(ALL) == []
