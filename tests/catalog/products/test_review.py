"""From a submitted product to the buyers, and what the cooperative may decide."""

from datetime import timedelta

import pytest

from catalog.products import operations
from catalog.products.errors import (
    ChangedMeanwhile,
    IncompleteProduct,
    SellerNotApproved,
)
from catalog.products.operations.bulk import Seen
from catalog.products.states import ProductState, ReasonKind
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, IllegalTransition, Invalid, NotFound
from market.organisations.models import Seller
from market.organisations.states import SellerState
from tests.catalog.products.boxes import actions, box
from tests.factories import make_actor, make_cooperative, make_product, make_seller


def test_the_way_to_the_buyers(shopkeeper: Actor, admin: Actor, announced) -> None:
    product = box(shopkeeper)
    operations.submit_product(product.id, by=shopkeeper)
    operations.reject_product(product.id, "  Gambarnya buram.  ", by=admin)
    assert (product.state, product.state_reason) == (ProductState.REJECTED, "Gambarnya buram.")
    operations.submit_product(product.id, by=shopkeeper)
    assert product.state_reason is None
    announced.clear()
    operations.approve_product(product.id, by=admin)
    assert product.for_sale
    assert product.published_at is not None
    assert announced == [product.id]
    operations.withdraw_product(product.id, by=shopkeeper)
    assert not product.for_sale
    operations.submit_product(product.id, by=shopkeeper)
    operations.withdraw_product(product.id, by=shopkeeper)
    assert product.state is ProductState.DRAFT
    assert actions(product) == [
        "product_created",
        "product_submitted",
        "product_rejected",
        "product_submitted",
        "product_published",
        "product_withdrawn",
        "product_submitted",
        "product_draft",
    ]


@pytest.mark.parametrize(("details", "field"), [({"name": "Kain"}, "name"), ({"description": " "}, "description")])
def test_an_incomplete_product_is_not_submitted(shopkeeper: Actor, details, field: str) -> None:
    product = box(shopkeeper, **details)
    with pytest.raises(IncompleteProduct) as refused:
        operations.submit_product(product.id, by=shopkeeper)
    assert refused.value.field == field
    session.expire_all()
    assert product.state is ProductState.DRAFT


def test_an_applicants_product_may_be_submitted_but_not_published() -> None:
    seller = make_seller(state=SellerState.APPLIED)
    product = box(make_actor(seller, Role.SELLER))
    operations.submit_product(product.id, by=make_actor(seller, Role.SELLER))
    with pytest.raises(SellerNotApproved):
        operations.approve_product(product.id, by=make_actor(seller.cooperative, Role.ADMIN))


@pytest.mark.parametrize("state", [s for s in ProductState if s is not ProductState.SUBMITTED])
def test_only_what_was_submitted_can_be_decided(admin: Actor, seller: Seller, state: ProductState) -> None:
    product = make_product(seller=seller, state=state)
    session.commit()
    with pytest.raises(IllegalTransition):
        operations.approve_product(product.id, by=admin)
    with pytest.raises(IllegalTransition):
        operations.reject_product(product.id, "Tidak.", by=admin)


def test_nobody_approves_what_they_have_not_seen(shopkeeper: Actor, admin: Actor) -> None:
    product = box(shopkeeper)
    operations.submit_product(product.id, by=shopkeeper)
    seen_at = product.updated_at
    operations.update_product(product.id, {"description": "Sama sekali lain."}, by=shopkeeper)
    for decide in (
        lambda: operations.approve_product(product.id, by=admin, seen_at=seen_at),
        lambda: operations.reject_product(product.id, "Tidak.", by=admin, seen_at=seen_at),
    ):
        with pytest.raises(ChangedMeanwhile):
            decide()


def test_only_the_cooperatives_admin_decides(shopkeeper: Actor, seller: Seller) -> None:
    product = make_product(seller=seller, state=ProductState.SUBMITTED)
    session.commit()
    for actor in (shopkeeper, make_actor(seller.cooperative, Role.TREASURER)):
        with pytest.raises(Forbidden):
            operations.approve_product(product.id, by=actor)
        with pytest.raises(Forbidden):
            operations.reject_product(product.id, "Tidak.", by=actor)
    with pytest.raises(NotFound):
        operations.approve_product(product.id, by=make_actor(make_cooperative(), Role.ADMIN))


@pytest.mark.parametrize("reason", ["", "  ", "r" * 1001, "\x00"])
def test_a_rejection_has_a_reason(admin: Actor, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.reject_product(1, reason, by=admin)
    assert refused.value.field == "reason"


@pytest.mark.parametrize(
    ("kind", "reason", "sentence"),
    [
        (ReasonKind.PICTURE, "", "Gambar tidak jelas atau bukan barangnya"),
        (ReasonKind.PICTURE, " Buram. ", "Gambar tidak jelas atau bukan barangnya: Buram."),
        (ReasonKind.OTHER, "Sudah ada.", "Sudah ada."),
    ],
)
def test_a_reason_may_come_from_the_list(
    admin: Actor, seller: Seller, kind: ReasonKind, reason: str, sentence: str
) -> None:
    product = make_product(seller=seller, state=ProductState.SUBMITTED)
    session.commit()
    operations.reject_product(product.id, reason, kind=kind, by=admin)
    assert product.state_reason == sentence


def test_one_that_cannot_be_approved_does_not_hold_up_the_others(admin: Actor, seller: Seller) -> None:
    good = [make_product(seller=seller, state=ProductState.SUBMITTED) for _ in range(2)]
    changed = make_product(seller=seller, state=ProductState.SUBMITTED)
    draft, foreign = make_product(seller=seller, state=ProductState.DRAFT), make_product()
    chosen = [Seen(product.id, product.updated_at) for product in (good[0], draft, foreign, good[1])]
    chosen.append(Seen(changed.id, changed.updated_at - timedelta(seconds=1)))
    session.commit()
    approved = operations.approve_chosen(products=chosen, by=admin)
    assert [product.id for product in approved.products] == [product.id for product in good]
    assert {refusal.id for refusal in approved.refused} == {draft.id, foreign.id, changed.id}
    session.expire_all()
    assert all(product.state is ProductState.PUBLISHED for product in good)
    assert changed.state is ProductState.SUBMITTED
