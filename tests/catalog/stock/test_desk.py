"""What sellers say about stock, and whether there is any: the operations."""

import pytest

from catalog.products.errors import StockChangedMeanwhile
from catalog.products.limits import MAX_QUANTITY
from catalog.products.operations import create_product, set_stock, update_product
from catalog.stock import operations as stock
from catalog.stock.errors import NoStockKept, StillPromised
from catalog.stock.models import AdjustmentReason, MovementKind
from catalog.stock.operations import change_capacity, correct_stock, count_stock, receive_goods
from catalog.stock.queries import count_shelves, find_stock_differences, list_movements, list_stock
from catalog.stock.states import Shelf
from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.organisations.models import Seller
from tests.factories import make_actor, make_buyer, make_product, make_seller, make_variants


@pytest.fixture
def owner() -> Actor:
    return make_actor(make_seller(), Role.SELLER)


@pytest.fixture
def offer(owner):
    offer = make_product(seller=session.get_one(Seller, owner.organisation_id), on_hand=100).offer
    session.commit()  # it stays when a deed is refused
    return offer


def last(offer):
    """The latest movement of an offer."""
    return list_movements(offer.id)[0]


def test_goods_that_came_in_are_a_movement_with_who_and_why(owner, offer):
    receive_goods(offer.id, 50, note="  dari   penjahit ", by=owner)
    movement = last(offer)
    assert (movement.kind, movement.on_hand_change, movement.reserved_change) == (MovementKind.RECEIPT, 50, 0)
    assert (movement.note, movement.by_user_id, offer.on_hand) == ("dari penjahit", owner.user_id, 150)
    assert find_stock_differences() == []


def test_a_count_and_a_loss_say_why(owner, offer):
    count_stock(offer.id, 90, reason=AdjustmentReason.OTHER, note="pindah gudang", by=owner)
    correct_stock(offer.id, -4, reason=AdjustmentReason.DAMAGED, by=owner)
    told = [(m.on_hand_change, m.reason, m.note) for m in list_movements(offer.id, limit=2)]
    assert told == [(-4, AdjustmentReason.DAMAGED, None), (-10, AdjustmentReason.OTHER, "pindah gudang")]
    set_stock(offer.product_id, 80, by=owner)
    assert (last(offer).reason, offer.on_hand) == (AdjustmentReason.COUNT, 80)
    count_stock(offer.id, 80, by=owner)
    assert len(list_movements(offer.id)) == 4


def test_a_form_sent_twice_counts_once(owner, offer):
    receive_goods(offer.id, 50, seen=100, by=owner)
    with pytest.raises(StockChangedMeanwhile):
        receive_goods(offer.id, 50, seen=100, by=owner)
    assert offer.on_hand == 150


@pytest.mark.parametrize("quantity", [0, -5, MAX_QUANTITY, MAX_QUANTITY + 1])
def test_senseless_receipts_are_refused(owner, offer, quantity):
    with pytest.raises(Invalid):
        receive_goods(offer.id, quantity, by=owner)
    assert offer.on_hand == 100


def test_what_is_promised_cannot_be_lost(owner, offer):
    stock.reserve(offer, 60, reference="SO/1", by=owner)
    session.commit()
    with pytest.raises(Invalid, match="60 pcs sudah dipesan"):
        correct_stock(offer.id, -41, reason=AdjustmentReason.LOST, by=owner)
    with pytest.raises(Invalid, match="hanya ada 100 pcs"):
        correct_stock(offer.id, -101, reason=AdjustmentReason.LOST, by=owner)
    correct_stock(offer.id, -40, reason=AdjustmentReason.LOST, by=owner)
    assert (offer.on_hand, offer.available) == (60, 0)


def test_another_reason_needs_a_word(owner, offer):
    for note in (None, "   ", "x" * 201, "nol\x00"):
        with pytest.raises(Invalid) as refused:
            correct_stock(offer.id, -1, reason=AdjustmentReason.OTHER, note=note, by=owner)
        assert refused.value.field == "note"


def test_nobody_moves_the_stock_of_another(owner, offer):
    for deed in (
        lambda by: receive_goods(offer.id, 1, by=by),
        lambda by: count_stock(offer.id, 1, by=by),
        lambda by: correct_stock(offer.id, -1, reason=AdjustmentReason.LOST, by=by),
        lambda by: change_capacity(offer.product_id, 7, by=by),
        lambda by: receive_goods(2**63, 1, by=by),
    ):
        with pytest.raises(NotFound):
            deed(make_actor(make_seller(), Role.SELLER))
        with pytest.raises(Forbidden):
            deed(make_actor(make_buyer(), Role.BUYER))


def test_what_is_made_to_order_has_no_stock_and_any_quantity_can_be_reserved(owner, offer):
    change_capacity(offer.product_id, 70, by=owner)
    movement = last(offer)
    assert (movement.on_hand_change, movement.reason, movement.note) == (
        -100,
        AdjustmentReason.OTHER,
        "Sejak sekarang dibuat sesuai pesanan",
    )
    stock.reserve(offer, 5_000, reference="SO/1", by=owner)
    stock.ship(offer, 2_000, reference="SJ/1", by=owner)
    session.flush()
    assert (last(offer).on_hand_change, last(offer).reserved_change) == (0, -2_000)
    assert (offer.on_hand, offer.reserved, offer.available, offer.product.backlog) == (0, 3_000, 0, 3_000)
    for deed in (
        lambda: receive_goods(offer.id, 1, by=owner),
        lambda: count_stock(offer.id, 1, by=owner),
        lambda: stock.take_back(offer, 1, reference="SJ/1", by=owner),
        lambda: update_product(offer.product_id, {"stock": 5}, by=owner),
    ):
        with pytest.raises(NoStockKept):
            deed()
    assert find_stock_differences() == []


def test_while_pieces_are_promised_only_the_capacity_changes(owner, offer):
    stock.reserve(offer, 10, reference="SO/1", by=owner)
    session.commit()
    for deed in (
        lambda: change_capacity(offer.product_id, 70, by=owner),
        lambda: update_product(offer.product_id, {"weekly_capacity": 70}, by=owner),
    ):
        with pytest.raises(StillPromised, match="10 pcs masih dipesan"):
            deed()
    stock.release(offer, 10, reference="SO/1", by=owner)
    session.commit()
    change_capacity(offer.product_id, 70, by=owner)
    stock.reserve(offer, 10, reference="SO/2", by=owner)
    assert change_capacity(offer.product_id, 35, by=owner).weekly_capacity == 35
    with pytest.raises(StillPromised):
        change_capacity(offer.product_id, None, by=owner)


def test_a_change_of_capacity_is_written_down_once_and_holds_for_all_variants(owner):
    seller = make_seller()
    tailor, product = make_actor(seller, Role.SELLER), make_variants(("Ukuran",), ("M",), ("L",), seller=seller)
    for _each in range(2):
        change_capacity(product.id, 70, by=tailor)
    assert [(offer.made_to_order, offer.on_hand) for offer in product.offers] == [(True, 0)] * 2
    records = [record.details["changes"] for record in audit.list_records(product)]
    assert records == [{"weekly_capacity": [None, 70]}]
    for capacity in (0, -7, MAX_QUANTITY + 1):
        with pytest.raises(Invalid):
            change_capacity(product.id, capacity, by=tailor)


def test_a_product_can_be_made_to_order_from_the_first(owner):
    product = create_product({"name": "Spanduk kain", "price": 90_000, "weekly_capacity": 140}, by=owner)
    assert (product.made_to_order, product.offer.made_to_order, product.offer.on_hand) == (True, True, 0)
    with pytest.raises(NoStockKept):
        create_product({"name": "Spanduk kain", "price": 90_000, "weekly_capacity": 140, "stock": 5}, by=owner)


def test_what_lasts_for_the_fewest_orders_comes_first_and_words_find_variants(owner, count_queries):
    seller = make_seller()
    plenty = make_product(seller=seller, on_hand=1_000, min_order=1).offer
    few = make_product(seller=seller, on_hand=900, min_order=100, name="Kardus besar").offer
    none = make_product(seller=seller, on_hand=0).offer
    made = make_variants(("Ukuran",), ("Jumbo",), ("Kecil",), seller=seller, on_hand=0)
    change_capacity(made.id, 7, by=make_actor(seller, Role.SELLER))
    gone = make_product(seller=seller).offer
    gone.active = False
    session.flush()
    session.expire_all()
    with count_queries() as queries:
        found = list_stock(seller.id)
        assert [offer.product.name for offer in found.items]
    assert len(queries) <= 6
    assert [offer.id for offer in found.items[:3]] == [none.id, few.id, plenty.id]
    assert count_shelves(seller.id) == {None: 5, Shelf.LOW: 2, Shelf.IN_STOCK: 3, Shelf.MADE_TO_ORDER: 2}
    assert [offer.id for offer in list_stock(seller.id, shelf=Shelf.LOW).items] == [none.id, few.id]
    assert [offer.label for offer in list_stock(seller.id, words="jumbo").items] == ["Jumbo"]
    assert list_stock(seller.id, words="kardus BESAR").items == [few]
    assert list_stock(seller.id, words="100%").items == []
