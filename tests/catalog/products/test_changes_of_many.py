"""Changes of products that are not on the shelf, or leave it, and of several products at once."""

from datetime import timedelta
from typing import Any

import pytest

from catalog.categories.models import Category
from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.errors import IncompleteProduct
from catalog.products.models import ChangeRequest, Product
from catalog.products.operations.bulk import Seen
from catalog.products.operations.changes import request_changes
from catalog.products.queries import lock_products_by_sku
from catalog.products.states import CertificateState, ChangeState, ProductState
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import IllegalTransition, Invalid
from market.organisations.models import Seller
from market.organisations.states import SellerState
from tests.catalog.products.boxes import box
from tests.factories import make_actor, make_category, make_product


@pytest.fixture
def product(seller: Seller) -> Product:
    made = make_product(seller=seller, name="Kardus polos", description="Satu dinding.")
    session.commit()
    return made


def changed(product: Product, by: Actor, **details: Any) -> ChangeRequest | None:
    """What waits after the seller has said this."""
    operations.update_product(product.id, details, by=by)  # type: ignore[arg-type]
    session.expire_all()
    return product.pending_change


@pytest.mark.parametrize("state", [s for s in ProductState if s is not ProductState.PUBLISHED])
def test_what_is_not_published_is_changed_at_once(seller: Seller, shopkeeper: Actor, state: ProductState) -> None:
    product = make_product(seller=seller, state=state)
    session.commit()
    assert changed(product, shopkeeper, name="Kardus cetak") is None
    assert (product.name, product.state) == ("Kardus cetak", state)


def test_a_product_that_leaves_the_shelf_takes_over_what_waited(
    product: Product, shopkeeper: Actor, admin: Actor
) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    operations.withdraw_product(product.id, by=shopkeeper)
    session.expire_all()
    assert (product.name, product.state) == ("Kardus cetak", ProductState.WITHDRAWN)
    assert change.state is ChangeState.WITHDRAWN
    with pytest.raises(IllegalTransition):
        operations.approve_change(change.id, by=admin)


def test_what_waited_and_is_no_longer_possible_does_not_keep_a_product_on_the_shelf(
    product: Product, shopkeeper: Actor, admin: Actor
) -> None:
    gone = make_category(slug="akan-hilang")
    change = changed(product, shopkeeper, name="Kardus cetak", category=gone.slug)
    assert change is not None
    session.delete(session.get_one(Category, gone.id))
    session.commit()
    with pytest.raises(Invalid) as refused:
        operations.approve_change(change.id, by=admin)
    assert "tidak ada" in str(refused.value)
    session.expire_all()
    assert (product.name, change.state) == ("Kardus polos", ChangeState.PENDING)
    operations.withdraw_product(product.id, by=shopkeeper)
    session.expire_all()
    assert (product.name, product.state) == ("Kardus polos", ProductState.WITHDRAWN)
    assert change.state is ChangeState.WITHDRAWN


def test_several_are_approved_each_for_itself(seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    new = [make_product(seller=seller, state=ProductState.SUBMITTED) for _ in range(2)]
    shown = [make_product(seller=seller) for _ in range(3)]
    foreign = make_product()
    session.commit()
    changes = [changed(each, shopkeeper, name=f"Nama baru {each.id}") for each in shown]
    other = changed(foreign, make_actor(foreign.seller, Role.SELLER), name="Nama baru")
    stale = Seen(changes[2].id, changes[2].updated_at - timedelta(seconds=1))
    approved = operations.approve_chosen(
        products=[Seen(each.id, each.updated_at) for each in new],
        changes=[
            *(Seen(each.id, each.updated_at) for each in (*changes[:2], other)),
            stale,
            Seen(2**70, stale.updated_at),
        ],
        by=admin,
    )
    assert {each.id for each in approved.products} == {each.id for each in new}
    assert {each.id for each in approved.changes} == {each.id for each in changes[:2]}
    assert {refusal.id for refusal in approved.refused} == {other.id, stale.id, 2**70}
    session.expire_all()
    assert [each.name for each in shown[:2]] == [f"Nama baru {each.id}" for each in shown[:2]]
    assert changes[2].state is other.state is ChangeState.PENDING


def test_ticking_verifies_no_certificate(product: Product, shopkeeper: Actor, admin: Actor) -> None:
    change = changed(product, shopkeeper, certificates=[CertificateDetails(CertificateKind.SNI, "SNI 1")])
    assert change is not None
    operations.approve_chosen(changes=[Seen(change.id, change.updated_at)], by=admin)
    assert [each.state for each in product.certificates] == [CertificateState.UNVERIFIED]


def test_a_suspended_sellers_change_may_be_approved_but_not_its_new_product(
    product: Product, shopkeeper: Actor, admin: Actor, seller: Seller
) -> None:
    new = make_product(seller=seller, state=ProductState.SUBMITTED)
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    seller.state = SellerState.SUSPENDED
    session.commit()
    approved = operations.approve_chosen(
        products=[Seen(new.id, new.updated_at)], changes=[Seen(change.id, change.updated_at)], by=admin
    )
    assert [len(part) for part in approved] == [0, 1, 1]
    assert not product.for_sale


def test_many_changes_are_requested_in_few_statements(seller: Seller, shopkeeper: Actor, count_queries: Any) -> None:
    products = [make_product(seller=seller, sku=f"S-{n}") for n in range(60)]
    session.commit()
    changed(products[0], shopkeeper, name="Nama yang sudah menunggu")
    session.expire_all()
    with count_queries() as queries, atomic():
        found = lock_products_by_sku(seller.id, [f"S-{n}" for n in range(60)])
        request_changes([(each, {"description": f"Baru {each.id}"}) for each in found.values()], by=None)
    assert len(queries) <= 15
    session.expire_all()
    assert all(each.pending_change.changes["description"][1] == f"Baru {each.id}" for each in products)
    assert products[0].pending_change.changes.keys() == {"name", "description"}


def test_a_batch_with_an_incomplete_product_asks_for_nothing(seller: Seller, shopkeeper: Actor) -> None:
    products = [make_product(seller=seller, sku=f"S-{n}") for n in range(2)]
    session.commit()
    with pytest.raises(IncompleteProduct), atomic():
        found = lock_products_by_sku(seller.id, ["S-0", "S-1"])
        request_changes([(found["S-0"], {"name": "Nama baru"}), (found["S-1"], {"name": "x"})], by=None)
    session.expire_all()
    assert [each.pending_change for each in products] == [None, None]


def test_a_draft_never_waits(shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    assert changed(product, shopkeeper, name="Kardus cetak") is None
    assert product.name == "Kardus cetak"
