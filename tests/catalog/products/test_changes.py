"""Changes to published products: they wait, are added to, approved, rejected, and taken back."""

from datetime import date
from typing import Any

import pytest

from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails, TierDetails
from catalog.products.errors import ChangedMeanwhile
from catalog.products.models import ChangeRequest, Product
from catalog.products.states import CertificateState, ChangeState, ProductState, ReasonKind
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, IllegalTransition, Invalid, NotFound
from market.organisations.models import Seller
from tests.catalog.products.boxes import actions
from tests.catalog.products.drawing import picture
from tests.factories import make_actor, make_cooperative, make_product, make_seller


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


@pytest.mark.parametrize(
    ("details", "changes"),
    [
        ({"name": "Kardus cetak"}, {"name": ["Kardus polos", "Kardus cetak"]}),
        ({"description": " Dua dinding. "}, {"description": ["Satu dinding.", "Dua dinding."]}),
        ({"specification": [("Tinggi ", "30 cm")]}, {"specification": [[], [["Tinggi", "30 cm"]]]}),
        ({"unit": "dus"}, {"unit": ["H87", "XCT"]}),
        ({"content_unit": "kg"}, {"content_unit": [None, "KGM"]}),
        (
            {"certificates": [CertificateDetails(CertificateKind.SNI, "SNI 1", date(2030, 1, 1))]},
            {"certificates": [[], [["sni", "SNI 1", "2030-01-01", None, None]]]},
        ),
    ],
)
def test_what_is_said_of_a_published_product_waits(
    product: Product, shopkeeper: Actor, announced, details: dict[str, Any], changes: dict[str, Any]
) -> None:
    change = changed(product, shopkeeper, **details)
    assert change is not None
    assert (change.state, change.changes) == (ChangeState.PENDING, changes)
    assert change.submitted_by_id == shopkeeper.user_id
    assert product.state is ProductState.PUBLISHED
    assert (product.name, product.description, product.specification) == ("Kardus polos", "Satu dinding.", [])
    assert actions(product) == ["product_change_requested"]
    assert announced == []


def test_another_category_waits(product: Product, shopkeeper: Actor) -> None:
    slug = product.category.slug
    change = changed(product, shopkeeper, category="palet")
    assert change is not None
    assert change.changes == {"category": [slug, "palet"]}


def test_other_pictures_wait(product: Product, shopkeeper: Actor, admin: Actor) -> None:
    operations.add_pictures(product.id, [picture(), picture((30, 30))], by=shopkeeper)
    session.expire_all()
    assert product.pictures == []
    first, second = product.pending_change.wanted["pictures"]
    operations.remove_picture(product.id, first[0], by=shopkeeper)
    assert product.pending_change.changes["pictures"] == [[], [second]]
    operations.approve_change(product.pending_change.id, by=admin)
    session.expire_all()
    assert [shown.keys for shown in product.pictures] == [second]
    operations.remove_picture(product.id, second[0], by=shopkeeper)
    assert product.pending_change.changes["pictures"] == [[second], []]


@pytest.mark.parametrize(
    "details",
    [
        {"price": 9600},
        {"tiers": [TierDetails(100, 9000)]},
        {"min_order": 10},
        {"order_multiple": 5},
        {"lead_time_days": 9},
        {"min_order_together": 20},
        {"sku": "NEW"},
    ],
)
def test_what_it_is_sold_by_holds_at_once(product: Product, shopkeeper: Actor, announced, details) -> None:
    assert changed(product, shopkeeper, **details) is None
    assert product.state is ProductState.PUBLISHED
    assert actions(product) == ["product_changed"]
    assert announced == [product.id]


def test_price_and_name_in_one_go_part_ways(product: Product, shopkeeper: Actor) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak", price=9000)
    assert change is not None
    assert change.changes.keys() == {"name"}
    assert (product.name, product.offer.unit_price) == ("Kardus polos", 9000)
    assert actions(product) == ["product_change_requested", "product_changed"]


def test_a_second_change_adds_to_the_first(product: Product, shopkeeper: Actor) -> None:
    first = changed(product, shopkeeper, name="Kardus cetak")
    assert first is not None
    seen = first.updated_at
    second = changed(product, shopkeeper, description="Dua dinding.", name="Kardus cetak 2 warna")
    assert second is not None
    assert second.id == first.id
    assert second.changes == {
        "name": ["Kardus polos", "Kardus cetak 2 warna"],
        "description": ["Satu dinding.", "Dua dinding."],
    }
    assert second.updated_at > seen


def test_what_is_set_back_drops_out_and_an_empty_request_is_taken_back(product: Product, shopkeeper: Actor) -> None:
    first = changed(product, shopkeeper, name="Kardus cetak", description="Dua dinding.")
    assert first is not None
    second = changed(product, shopkeeper, name="Kardus polos")
    assert second is not None
    assert second.changes.keys() == {"description"}
    assert changed(product, shopkeeper, description="Satu dinding.") is None
    assert first.state is ChangeState.WITHDRAWN
    assert actions(product)[-1] == "product_change_withdrawn"


def test_saying_the_same_again_changes_nothing(product: Product, shopkeeper: Actor) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    seen = change.updated_at, product.updated_at
    again = changed(product, shopkeeper, name="Kardus cetak")
    assert again is not None
    assert (again.updated_at, product.updated_at) == seen
    assert actions(product) == ["product_change_requested"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": "Kain"}, "name"),
        ({"description": " "}, "description"),
        ({"category": "tidak-ada"}, "category"),
        ({"unit": "?"}, "unit"),
    ],
)
def test_what_cannot_be_published_cannot_be_asked_for(
    product: Product, shopkeeper: Actor, details: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.update_product(product.id, {**details, "price": 9500}, by=shopkeeper)  # type: ignore[typeddict-item]
    assert refused.value.field == field
    session.expire_all()
    assert product.pending_change is None
    assert product.offer.unit_price == 10_000


def test_an_approved_change_is_what_buyers_read(product: Product, shopkeeper: Actor, admin: Actor, announced) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak", unit="dus", category="palet")
    assert change is not None
    operations.approve_change(change.id, by=admin, seen_at=change.updated_at)
    session.expire_all()
    assert (product.name, product.unit_code, product.category.slug) == ("Kardus cetak", "XCT", "palet")
    assert product.slug == f"kardus-cetak-{product.id}"
    assert (product.state, product.pending_change) == (ProductState.PUBLISHED, None)
    assert (change.state, change.decided_by_id) == (ChangeState.APPROVED, admin.user_id)
    assert actions(product) == ["product_change_requested", "product_change_approved"]
    assert announced == [product.id]


def test_approving_a_change_of_certificates_verifies_them(product: Product, shopkeeper: Actor, admin: Actor) -> None:
    change = changed(product, shopkeeper, certificates=[CertificateDetails(CertificateKind.SNI, "SNI 1")])
    assert change is not None
    operations.approve_change(change.id, by=admin)
    assert [each.state for each in product.certificates] == [CertificateState.VERIFIED]


def test_a_rejected_change_leaves_the_product_alone(
    product: Product, shopkeeper: Actor, admin: Actor, announced
) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    operations.reject_change(change.id, " Sablonnya tidak tampak. ", kind=ReasonKind.PICTURE, by=admin)
    session.expire_all()
    assert (product.name, product.state, product.pending_change) == ("Kardus polos", ProductState.PUBLISHED, None)
    assert (change.state, change.reason_kind, change.reason) == (
        ChangeState.REJECTED,
        ReasonKind.PICTURE,
        "Sablonnya tidak tampak.",
    )
    assert announced == []
    again = changed(product, shopkeeper, name="Kardus cetak")
    assert again is not None
    assert again.id != change.id


@pytest.mark.parametrize(
    ("kind", "reason", "allowed"),
    [
        (None, "", False),
        (ReasonKind.OTHER, "  ", False),
        (ReasonKind.PICTURE, "", True),
        (ReasonKind.OTHER, "Sudah ada.", True),
        (None, "Sudah ada.", True),
        (ReasonKind.PICTURE, "r" * 1001, False),
        (None, "\x00", False),
    ],
)
def test_a_reason_comes_from_the_list_or_in_words(
    product: Product, shopkeeper: Actor, admin: Actor, kind: ReasonKind | None, reason: str, allowed: bool
) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    if allowed:
        operations.reject_change(change.id, reason, kind=kind, by=admin)
        return
    with pytest.raises(Invalid) as refused:
        operations.reject_change(change.id, reason, kind=kind, by=admin)
    assert refused.value.field == "reason"
    assert change.state is ChangeState.PENDING


def test_a_change_is_taken_back(product: Product, shopkeeper: Actor) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    operations.withdraw_change(product.id, by=shopkeeper)
    session.expire_all()
    assert (change.state, product.pending_change, product.name) == (ChangeState.WITHDRAWN, None, "Kardus polos")
    with pytest.raises(IllegalTransition):
        operations.withdraw_change(product.id, by=shopkeeper)


@pytest.mark.parametrize("state", [state for state in ChangeState if state is not ChangeState.PENDING])
def test_what_is_over_is_not_decided_again(
    product: Product, shopkeeper: Actor, admin: Actor, state: ChangeState
) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    {
        ChangeState.APPROVED: lambda: operations.approve_change(change.id, by=admin),
        ChangeState.REJECTED: lambda: operations.reject_change(change.id, "Tidak.", by=admin),
        ChangeState.WITHDRAWN: lambda: operations.withdraw_change(product.id, by=shopkeeper),
    }[state]()
    for decide in (
        lambda: operations.approve_change(change.id, by=admin),
        lambda: operations.reject_change(change.id, "Tidak.", by=admin),
    ):
        with pytest.raises(IllegalTransition):
            decide()
    assert change.state is state


def test_nobody_decides_on_what_was_added_meanwhile(product: Product, shopkeeper: Actor, admin: Actor) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    seen_at = change.updated_at
    changed(product, shopkeeper, price=9000)
    changed(product, shopkeeper, description="Sama sekali lain.")
    for decide in (
        lambda: operations.approve_change(change.id, by=admin, seen_at=seen_at),
        lambda: operations.reject_change(change.id, "Tidak.", by=admin, seen_at=seen_at),
    ):
        with pytest.raises(ChangedMeanwhile):
            decide()
    operations.approve_change(change.id, by=admin, seen_at=change.updated_at)


def test_a_new_price_does_not_hold_up_the_decision(product: Product, shopkeeper: Actor, admin: Actor) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    seen_at = change.updated_at
    changed(product, shopkeeper, price=9000)
    operations.approve_change(change.id, by=admin, seen_at=seen_at)
    assert (product.name, product.offer.unit_price) == ("Kardus cetak", 9000)


def test_an_edit_on_a_page_opened_before_another_edit_is_refused(product: Product, shopkeeper: Actor) -> None:
    seen_at = product.updated_at
    operations.update_product(product.id, {"name": "Kardus cetak"}, by=shopkeeper, seen_at=seen_at)
    with pytest.raises(ChangedMeanwhile):
        operations.update_product(product.id, {"name": "Kardus lain"}, by=shopkeeper, seen_at=seen_at)


def test_only_the_cooperatives_admin_decides_and_only_the_seller_takes_back(
    product: Product, shopkeeper: Actor, admin: Actor, seller: Seller
) -> None:
    change = changed(product, shopkeeper, name="Kardus cetak")
    assert change is not None
    for actor in (shopkeeper, make_actor(seller.cooperative, Role.TREASURER)):
        with pytest.raises(Forbidden):
            operations.approve_change(change.id, by=actor)
        with pytest.raises(Forbidden):
            operations.reject_change(change.id, "Tidak.", by=actor)
    stranger, other_seller = make_actor(make_cooperative(), Role.ADMIN), make_actor(make_seller(), Role.SELLER)
    for deed in (
        lambda: operations.approve_change(change.id, by=stranger),
        lambda: operations.reject_change(change.id, "Tidak.", by=stranger),
        lambda: operations.approve_change(2**70, by=admin),
        lambda: operations.withdraw_change(product.id, by=other_seller),
    ):
        with pytest.raises(NotFound):
            deed()
    assert change.state is ChangeState.PENDING
