"""Changes to published products under real threads and real commits, each race with a control that must go wrong."""

from typing import Any

import pytest
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from catalog.products import operations
from catalog.products import queries as product_queries
from catalog.products.errors import ChangedMeanwhile
from catalog.products.models import ChangeRequest, Product
from catalog.products.operations import changes
from catalog.products.states import ChangeState
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.audit import AuditRecord
from market.db import session
from market.errors import IllegalTransition
from tests.factories import make_actor, make_product

pytestmark = pytest.mark.race

TIMES = 8


class Shop:
    """A published product, its seller's person and the cooperative's."""

    def __init__(self) -> None:
        self.product: Product = make_product(name="Kardus polos", description="Satu dinding.")
        self.seller: Actor = make_actor(self.product.seller, Role.SELLER)
        self.admin: Actor = make_actor(self.product.seller.cooperative, Role.ADMIN)
        session.commit()

    def say(self, **details: Any) -> int:
        """Say something else of the product; answers the product's id."""
        return operations.update_product(self.product.id, details, by=self.seller).id  # type: ignore[arg-type]

    def waiting(self) -> ChangeRequest:
        """What waits."""
        session.expire_all()
        assert self.product.pending_change is not None
        return self.product.pending_change


@pytest.fixture
def unlocked(monkeypatch):
    """Rows are read afresh, but nobody waits for anybody."""

    def fresh(query: Select[Any]) -> Select[Any]:
        return query.execution_options(populate_existing=True)

    def take_away() -> None:
        monkeypatch.setattr(product_queries, "_locked", fresh)
        monkeypatch.setattr(product_queries, "lock", fresh)

    return take_away


def approve_while_the_seller_adds(at_once, shop: Shop) -> list[Any]:
    shop.say(name="Kardus cetak")
    change = shop.waiting()
    change_id, seen_at = change.id, change.updated_at
    return at_once(
        lambda: operations.approve_change(change_id, by=shop.admin, seen_at=seen_at).id,
        lambda: shop.say(description="Dua dinding."),
    )


def still_waits(product: Product) -> bool:
    """Whether what the seller added still waits for the cooperative."""
    return product.pending_change is not None and "description" in product.pending_change.wanted


@pytest.mark.parametrize("late", ["write_words", "words_said"])
def test_what_is_added_while_a_change_is_approved_is_neither_lost_nor_published_unseen(at_once, slowly, late):
    slowly(changes, late)
    for _time in range(2):
        shop = Shop()
        approved, added = approve_while_the_seller_adds(at_once, shop)
        assert added == shop.product.id
        assert isinstance(approved, int | ChangedMeanwhile)
        assert shop.product.description == "Satu dinding."
        assert still_waits(shop.product)
        assert shop.product.name == ("Kardus cetak" if isinstance(approved, int) else "Kardus polos")


def test_control_without_locks_what_was_added_is_lost(at_once, slowly, unlocked):
    unlocked()
    slowly(changes, "write_words")
    slowly(changes, "words_said")
    shop = Shop()
    approve_while_the_seller_adds(at_once, shop)
    assert not still_waits(shop.product)
    assert shop.product.description == "Satu dinding."


def test_two_edits_at_once_make_one_request_with_both(at_once, slowly):
    slowly(changes, "words_said")
    shop = Shop()
    outcomes = at_once(lambda: shop.say(name="Kardus cetak"), lambda: shop.say(description="Dua dinding."))
    assert outcomes == [shop.product.id] * 2
    assert shop.waiting().changes.keys() == {"name", "description"}
    assert session.scalar(select(func.count()).select_from(ChangeRequest)) == 1


def test_control_without_locks_the_second_edit_fails(at_once, slowly, unlocked):
    unlocked()
    slowly(changes, "words_said")
    shop = Shop()
    outcomes = at_once(lambda: shop.say(name="Kardus cetak"), lambda: shop.say(description="Dua dinding."))
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)


def test_of_many_decisions_at_once_one_is_made(at_once):
    shop = Shop()
    shop.say(name="Kardus cetak")
    change_id = shop.waiting().id
    decisions = [
        lambda: operations.approve_change(change_id, by=shop.admin).state,
        lambda: operations.reject_change(change_id, "Tidak.", by=shop.admin).state,
        lambda: operations.withdraw_change(shop.product.id, by=shop.seller).id,
    ] * TIMES
    outcomes = at_once(*decisions)
    made = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    assert len(made) == 1
    assert {type(outcome) for outcome in outcomes if isinstance(outcome, Exception)} == {IllegalTransition}
    change = session.get_one(ChangeRequest, change_id)
    assert (change.state is ChangeState.APPROVED) == (shop.product.name == "Kardus cetak")
    deeds = session.scalars(select(AuditRecord.action).where(AuditRecord.subject_id == shop.product.id)).all()
    assert len([deed for deed in deeds if deed == f"product_change_{change.state}"]) == 1
