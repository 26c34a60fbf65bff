"""What sellers do with products."""

import pytest
from sqlalchemy import select

from catalog.products import limits, operations
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails, TierDetails
from catalog.products.errors import (
    ChangedMeanwhile,
    IncompleteProduct,
    SkuTaken,
    StockChangedMeanwhile,
)
from catalog.products.models import Product
from catalog.products.states import ProductState
from catalog.stock.models import StockMovement
from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.organisations.models import Seller
from tests.catalog.products.boxes import A_BOX, actions, box
from tests.factories import make_actor, make_buyer, make_product, make_seller


def test_a_new_product_is_a_draft_with_its_stock_as_a_movement(shopkeeper: Actor, seller: Seller, announced) -> None:
    product = box(shopkeeper)
    assert product.state is ProductState.DRAFT
    assert product.seller_id == seller.id
    assert product.category.slug == "kardus-polos"
    assert product.unit_code == "H87"
    assert product.slug == f"kardus-polos-40-30-30-cm-{product.id}"
    assert product.offer.on_hand == 1000
    movement = session.scalars(select(StockMovement).where(StockMovement.offer_id == product.offer.id)).one()
    assert (movement.on_hand_change, movement.reserved_change, movement.by_user_id) == (1000, 0, shopkeeper.user_id)
    assert actions(product) == ["product_created"]
    assert product.id in announced


def test_name_and_price_are_enough(shopkeeper: Actor) -> None:
    product = operations.create_product({"name": "Palet", "price": 1}, by=shopkeeper)
    assert product.category.slug == "lainnya"
    assert (product.unit_code, product.offer.sku) == ("H87", f"P-{product.id}")
    assert (product.offer.min_order, product.offer.order_multiple, product.offer.on_hand) == (1, 1, 0)


def test_names_without_letters_still_make_an_address(shopkeeper: Actor) -> None:
    first = operations.create_product({"name": "米", "price": 1}, by=shopkeeper)
    second = operations.create_product({"name": "x" * 150, "price": 1}, by=shopkeeper)
    assert first.slug == str(first.id)
    assert second.slug == "x" * 80 + f"-{second.id}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "n" * 151),
        ("name", "a\x00b"),
        ("name", "\ud800 box"),
        ("description", "d" * 5001),
        ("description", "\x00"),
        ("sku", ""),
        ("sku", "s" * 61),
        ("category", "no-such-category"),
        ("category", "\x00"),
        ("category", "\ud800"),
        ("unit", "segenggam"),
        ("price", 0),
        ("price", -1),
        ("price", limits.MAX_PRICE + 1),
        ("min_order", 0),
        ("min_order", limits.MAX_QUANTITY + 1),
        ("order_multiple", 0),
        ("stock", -1),
        ("stock", limits.MAX_QUANTITY + 1),
        ("lead_time_days", -1),
        ("lead_time_days", 366),
        ("tiers", [TierDetails(1, 3000)]),
        ("tiers", [TierDetails(100, 0)]),
        ("tiers", [TierDetails(100, 3500)]),
        ("tiers", [TierDetails(100, 3000), TierDetails(200, 3000)]),
        ("tiers", [TierDetails(100, 3000), TierDetails(100, 2900)]),
        ("tiers", [TierDetails(n, 3000 - n) for n in range(2, 8)]),
        ("specification", [("", "40 cm")]),
        ("specification", [("Tinggi", " ")]),
        ("specification", [("n" * 61, "1")]),
        ("specification", [("Tinggi", "1")] * 21),
        ("certificates", [CertificateDetails(CertificateKind.SNI, "1"), CertificateDetails(CertificateKind.SNI, "2")]),
        ("certificates", [CertificateDetails(CertificateKind.SNI, "1" * 61)]),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(shopkeeper: Actor, field: str, value) -> None:
    session.commit()
    with pytest.raises(Invalid) as refused:
        operations.create_product({**A_BOX, field: value}, by=shopkeeper)  # type: ignore[typeddict-item]
    assert refused.value.field == field
    assert session.scalar(select(Product).where(Product.seller_id == shopkeeper.organisation_id)) is None


@pytest.mark.parametrize("missing", ["name", "price"])
def test_without_name_or_price_there_is_no_product(shopkeeper: Actor, missing: str) -> None:
    details = {field: value for field, value in A_BOX.items() if field != missing}
    with pytest.raises(Invalid) as refused:
        operations.create_product(details, by=shopkeeper)  # type: ignore[arg-type]
    assert refused.value.field == missing


def test_the_largest_numbers_are_kept_exactly(shopkeeper: Actor) -> None:
    product = box(shopkeeper, price=limits.MAX_PRICE, stock=limits.MAX_QUANTITY)
    session.expire_all()
    assert product.offer.unit_price * product.offer.on_hand == 10**18


def test_a_number_is_used_once_by_each_seller(shopkeeper: Actor) -> None:
    box(shopkeeper)
    other = make_actor(make_seller(), Role.SELLER)
    assert box(other).offer.sku == "K-40"
    with pytest.raises(SkuTaken) as refused:
        operations.create_product(A_BOX, by=shopkeeper)
    assert refused.value.field == "sku"


def test_changing_to_a_number_in_use_changes_nothing(shopkeeper: Actor) -> None:
    box(shopkeeper)
    product = box(shopkeeper, sku="K-50")
    with pytest.raises(SkuTaken):
        operations.update_product(product.id, {"sku": "K-40", "price": 1}, by=shopkeeper)
    session.expire_all()
    assert (product.offer.sku, product.offer.unit_price) == ("K-50", 3500)


def test_only_sellers_describe_products(seller: Seller) -> None:
    for organisation, role in ((make_buyer(), Role.BUYER), (seller.cooperative, Role.ADMIN), (seller, Role.FINANCE)):
        with pytest.raises(Forbidden):
            operations.create_product(A_BOX, by=make_actor(organisation, role))


def test_only_what_is_given_changes(shopkeeper: Actor) -> None:
    product = box(shopkeeper, tiers=[TierDetails(100, 3300), TierDetails(500, 3000)], lead_time_days=3)
    operations.update_product(product.id, {"tiers": [TierDetails(500, 2900), TierDetails(200, 3200)]}, by=shopkeeper)
    session.expire_all()
    assert [(tier.min_quantity, tier.unit_price) for tier in product.offer.tiers] == [(200, 3200), (500, 2900)]
    assert (product.offer.unit_price, product.lead_time_days, product.name) == (3500, 3, A_BOX["name"])
    (changed, _created) = audit.list_records(product)
    assert changed.details == {"changes": {"tiers": [[[100, 3300], [500, 3000]], [[200, 3200], [500, 2900]]]}}


def test_a_new_price_must_stay_above_the_tiers_there_are(shopkeeper: Actor) -> None:
    product = box(shopkeeper, tiers=[TierDetails(100, 3300)])
    with pytest.raises(Invalid):
        operations.update_product(product.id, {"price": 3300}, by=shopkeeper)


def test_saving_without_a_change_writes_nothing_down(shopkeeper: Actor, announced) -> None:
    product = box(shopkeeper)
    announced.clear()
    operations.update_product(product.id, {**A_BOX, "stock": 1000}, by=shopkeeper)
    assert actions(product) == ["product_created"]
    assert announced == []


def test_a_published_product_cannot_lose_its_description(shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller)
    session.commit()
    with pytest.raises(IncompleteProduct):
        operations.update_product(product.id, {"description": ""}, by=shopkeeper)
    session.expire_all()
    assert (product.state, product.description) == (ProductState.PUBLISHED, "Barang yang baik.")


def test_certificates_are_replaced_by_what_is_given(shopkeeper: Actor) -> None:
    halal, sni = (CertificateDetails(kind, "1") for kind in (CertificateKind.HALAL, CertificateKind.SNI))
    product = box(shopkeeper, certificates=[halal, sni])
    operations.update_product(product.id, {"certificates": [sni._replace(number="2")]}, by=shopkeeper)
    session.expire_all()
    assert [(c.kind, c.number) for c in product.certificates] == [(CertificateKind.SNI, "2")]


def test_another_sellers_product_is_not_there(shopkeeper: Actor) -> None:
    product = make_product()
    session.commit()
    for change in (
        lambda: operations.update_product(product.id, {"price": 1}, by=shopkeeper),
        lambda: operations.set_stock(product.id, 1, by=shopkeeper),
        lambda: operations.change_price(product.id, 1, [], by=shopkeeper),
        lambda: operations.submit_product(product.id, by=shopkeeper),
        lambda: operations.withdraw_product(product.id, by=shopkeeper),
        lambda: operations.remove_picture(product.id, "pictures/none", by=shopkeeper),
        lambda: operations.submit_product(2**70, by=shopkeeper),
    ):
        with pytest.raises(NotFound):
            change()


def test_a_change_made_on_an_old_page_is_refused(shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    seen_at = product.updated_at
    operations.update_product(product.id, {"price": 3600}, by=shopkeeper, seen_at=seen_at)
    with pytest.raises(ChangedMeanwhile):
        operations.update_product(product.id, {"price": 3700}, by=shopkeeper, seen_at=seen_at)


def test_stock_counted_on_an_old_page_is_refused(shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    operations.set_stock(product.id, 900, by=shopkeeper, seen=1000)
    with pytest.raises(StockChangedMeanwhile) as refused:
        operations.set_stock(product.id, 1100, by=shopkeeper, seen=1000)
    assert "dari 1.000 menjadi 900" in str(refused.value)


def test_stock_cannot_fall_below_what_is_promised(shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, on_hand=100, reserved=40)
    session.commit()
    with pytest.raises(Invalid) as refused:
        operations.set_stock(product.id, 39, by=shopkeeper)
    assert refused.value.field == "stock"
    assert operations.set_stock(product.id, 40, by=shopkeeper).offer.available == 0
