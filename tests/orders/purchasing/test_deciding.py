"""Approving, rejecting and cancelling, by the buyer's own people."""

import pytest

from market.accounts.models import Membership, User
from market.accounts.queries import actor_for
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, IllegalTransition, NotFound
from orders.fulfilment import operations as fulfilment
from orders.purchasing import queries
from orders.purchasing.errors import AlreadyShipped, OwnOrder
from orders.purchasing.operations import accept_order, approve_order, cancel_order, decline_lines, reject_order
from orders.purchasing.states import OrderState
from tests.factories import make_product
from tests.orders.stories import Factory, make_factory, make_shop, only_part, order_in, order_of


@pytest.fixture
def careful() -> Factory:
    """A factory whose every order waits for an approver."""
    return make_factory(approval_threshold=0)


def with_role_too(actor, role):
    """The same person, holding one more role in the same organisation."""
    session.add(Membership(user_id=actor.user_id, organisation_id=actor.organisation_id, role=role))
    session.flush()
    user = session.get_one(User, actor.user_id)
    session.refresh(user)
    return actor_for(user, actor.organisation_id)


def test_an_approved_order_reaches_its_sellers(careful):
    shop = make_shop()
    order = order_of(careful.buyer, (make_product(seller=shop.seller), 10))
    assert queries.list_seller_orders(seller_id=shop.seller.id).total == 0
    approve_order(order.id, by=careful.approver)
    assert order.state is OrderState.PLACED
    assert [part.order_id for part in queries.list_seller_orders(seller_id=shop.seller.id).items] == [order.id]


def test_a_rejected_order_frees_its_stock_and_never_reaches_its_sellers(careful):
    shop = make_shop()
    product = make_product(seller=shop.seller)
    order = order_of(careful.buyer, (product, 10))
    reject_order(order.id, reason="Lewat anggaran", by=careful.approver)
    assert (order.state, order.state_reason) == (OrderState.REJECTED, "Lewat anggaran")
    assert product.offer.reserved == 0
    assert [line.released for line in order.lines] == [10]
    assert queries.list_seller_orders(seller_id=shop.seller.id).total == 0


def test_an_order_cancelled_while_it_waited_never_reaches_its_sellers(careful):
    shop = make_shop()
    order = order_of(careful.buyer, (make_product(seller=shop.seller), 10))
    cancel_order(order.id, reason="Salah ketik", by=careful.buyer)
    assert queries.list_seller_orders(seller_id=shop.seller.id).total == 0
    with pytest.raises(NotFound):
        queries.get_seller_order(only_part(order).id, seller_id=shop.seller.id)


def test_nobody_decides_on_their_own_order_even_with_both_roles(careful):
    both = with_role_too(careful.buyer, Role.APPROVER)
    order = order_of(both, (make_product(), 1))
    for decide in (lambda: approve_order(order.id, by=both), lambda: reject_order(order.id, reason="x", by=both)):
        with pytest.raises(OwnOrder):
            decide()
    approve_order(order.id, by=careful.approver)


def test_only_approvers_decide(careful):
    order = order_of(careful.buyer, (make_product(), 1))
    session.commit()
    for actor in (careful.buyer, careful.receiving, careful.finance):
        with pytest.raises(Forbidden):
            approve_order(order.id, by=actor)


def test_another_companys_order_is_not_found(careful):
    order, stranger = order_of(careful.buyer, (make_product(), 1)), make_factory()
    session.commit()
    for deed in (
        lambda: approve_order(order.id, by=stranger.approver),
        lambda: reject_order(order.id, reason="x", by=stranger.approver),
        lambda: cancel_order(order.id, reason="x", by=stranger.buyer),
        lambda: queries.get_order(order.id, buyer_id=stranger.company.id),
    ):
        with pytest.raises(NotFound):
            deed()


def test_a_cancelled_order_frees_what_was_not_declined_before():
    factory, one, other = make_factory(), make_shop(), make_shop()
    first, second = make_product(seller=one.seller), make_product(seller=other.seller)
    order = order_of(factory.buyer, (first, 10), (second, 20))
    declined, accepted = order.seller_orders
    decline_lines(declined.id, reason="Habis", by=one.owner)
    accept_order(accepted.id, by=other.owner)
    cancel_order(order.id, reason="Tidak jadi", by=factory.approver)
    assert (order.state, declined.state, accepted.state) == (
        OrderState.CANCELLED,
        OrderState.DECLINED,
        OrderState.CANCELLED,
    )
    assert (first.offer.reserved, second.offer.reserved) == (0, 0)
    assert [line.release_reason for line in order.lines] == ["Habis", "Tidak jadi"]


def test_once_something_was_shipped_the_order_cannot_be_cancelled():
    factory, shop = make_factory(), make_shop()
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 10))
    part = only_part(order)
    accept_order(part.id, by=shop.owner)
    fulfilment.ship(part.id, lines={part.lines[0].id: 1}, by=shop.owner)
    session.commit()
    with pytest.raises(AlreadyShipped):
        cancel_order(order.id, reason="x", by=factory.buyer)
    assert part.lines[0].released == 0


_S = OrderState
ALLOWED = {
    "approve": {_S.AWAITING_APPROVAL},
    "reject": {_S.AWAITING_APPROVAL},
    "cancel": {_S.AWAITING_APPROVAL, _S.PLACED, _S.ACCEPTED},
    "accept": {_S.PLACED},
    "decline": {_S.PLACED, _S.ACCEPTED, _S.PARTLY_SHIPPED, _S.PARTLY_RECEIVED},
    "ship": {_S.ACCEPTED, _S.PARTLY_SHIPPED, _S.PARTLY_RECEIVED},
}
UNSEEN_BY_SELLERS = {_S.AWAITING_APPROVAL, _S.REJECTED}


@pytest.mark.parametrize("deed", ALLOWED)
@pytest.mark.parametrize("state", OrderState)
def test_each_deed_is_possible_in_its_states_only_and_changes_nothing_in_others(state, deed):
    factory, shop = make_factory(), make_shop()
    order = order_in(state, factory, shop)
    assert order.state is state
    session.commit()
    part, line = only_part(order), order.lines[0]
    before = (order.state, part.state, line.released, line.shipped, line.offer.reserved, line.offer.on_hand)
    deeds = {
        "approve": lambda: approve_order(order.id, by=factory.approver),
        "reject": lambda: reject_order(order.id, reason="x", by=factory.approver),
        "cancel": lambda: cancel_order(order.id, reason="x", by=factory.buyer),
        "accept": lambda: accept_order(part.id, by=shop.owner),
        "decline": lambda: decline_lines(part.id, reason="x", by=shop.owner),
        "ship": lambda: fulfilment.ship(part.id, lines={line.id: 1}, by=shop.owner),
    }
    if state in ALLOWED[deed]:
        deeds[deed]()
        return
    refusal = NotFound if deed in ("accept", "decline", "ship") and state in UNSEEN_BY_SELLERS else IllegalTransition
    with pytest.raises(refusal):
        deeds[deed]()
    session.expire_all()
    assert before == (order.state, part.state, line.released, line.shipped, line.offer.reserved, line.offer.on_hand)
