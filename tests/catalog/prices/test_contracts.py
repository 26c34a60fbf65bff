"""What a seller agrees with one buyer, and what that buyer pays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalog.prices import limits, queries
from catalog.prices.errors import ContractIsOver, ContractsOverlap, PriceNeedsConfirmation
from catalog.prices.models import ContractPrice
from catalog.prices.operations import AgreedPrice, agree_contract, call_off
from catalog.prices.states import ContractState
from market import audit, clock
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.mail import newest_letters
from market.organisations.models import BuyerCompany, Seller
from orders.cart.errors import TotalChanged
from orders.cart.operations import add_to_cart, check_out
from tests.catalog.prices.agreements import TODAY, agree, days, price_of
from tests.factories import make_actor, make_buyer, make_product
from tests.orders.stories import order_of


def how_many() -> int:
    return session.scalar(select(func.count()).select_from(ContractPrice)) or 0


def test_the_buyer_pays_the_contract_and_nobody_else_does(shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000)
    agree(shopkeeper, company, product, 9_000, number=" 012/SPK/IX/2026 ", ends_on=days(30))
    line = order_of(buyer, (product, 10)).lines[0]
    assert (line.unit_price, line.amount, line.contract_number) == (9_000, 90_000, "012/SPK/IX/2026")
    other = order_of(make_actor(make_buyer(), Role.BUYER), (product, 10)).lines[0]
    assert (other.unit_price, other.contract_number) == (10_000, None)


def test_a_contract_counts_from_its_quantity_and_on_its_days_only(shopkeeper, seller, company):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(50, 9_500)])
    agree(shopkeeper, company, product, 8_000, least=100, starts_on=days(3), ends_on=days(5))
    prices = {
        (quantity, day): price_of(product.offer, quantity, buyer_id=company.id, day=days(day)).unit_price
        for quantity in (1, 99, 100)
        for day in (2, 3, 5, 6)
    }
    assert prices[1, 3] == 10_000
    assert {prices[99, day] for day in (2, 3, 5, 6)} == {9_500}
    assert [prices[100, day] for day in (2, 3, 5, 6)] == [9_500, 8_000, 8_000, 9_500]


def test_the_lower_of_list_and_contract_is_paid(shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(100, 8_000)])
    agree(shopkeeper, company, product, 9_000)
    line = order_of(buyer, (product, 100)).lines[0]
    assert (line.unit_price, line.contract_number) == (8_000, None)


def test_one_contract_over_several_goods_and_quantities(shopkeeper, seller, company):
    box, lid = make_product(seller=seller), make_product(seller=seller)
    session.commit()
    lines = [AgreedPrice(box.offer.id, 9_500), AgreedPrice(box.offer.id, 9_000, 500), AgreedPrice(lid.offer.id, 9_900)]
    contract = agree_contract("K-1", company.id, lines, starts_on=TODAY, by=shopkeeper)
    assert [(line.offer_id, line.unit_price, line.min_quantity) for line in contract.lines] == lines_of(lines)
    assert (contract.state, contract.starts_on, contract.ends_on) == (ContractState.RUNNING, TODAY, None)
    assert [record.action for record in audit.list_records(contract.lines[0])] == ["contract_agreed"]


def lines_of(lines: list[AgreedPrice]) -> list[tuple[int, int, int]]:
    return [(line.offer_id, line.unit_price, line.min_quantity) for line in lines]


def test_prices_under_a_number_that_is_there_join_that_contract(shopkeeper, seller, company):
    first = agree(shopkeeper, company, make_product(seller=seller), 9_000, ends_on=days(10))
    both = agree(shopkeeper, company, make_product(seller=seller), 9_500, starts_on=days(5))
    assert both.id == first.id
    assert len(both.lines) == 2
    assert (both.starts_on, both.ends_on) == (TODAY, None)
    assert queries.list_contracts(seller_id=seller.id).total == 1


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"ends_on": days(-1)}, "ends_on", "sebelum hari pertama"),
        ({"starts_on": days(-9), "ends_on": days(-1)}, "ends_on", "sudah berakhir"),
        ({"starts_on": days(-400)}, "starts_on", "Pilih hari antara"),
        ({"starts_on": TODAY + timedelta(days=9_999)}, "starts_on", "Pilih hari antara"),
        ({"ends_on": TODAY + timedelta(days=9_999)}, "ends_on", "Pilih hari antara"),
        ({"number": "  "}, "number", "Isi nomor"),
        ({"number": "x" * (limits.LONGEST_NUMBER + 1)}, "number", "Paling banyak"),
        ({"number": "K\x00"}, "number", "tidak dapat disimpan"),
        ({"least": 0}, "lines.0.min_quantity", "Isi antara"),
        ({"least": 100_000_001}, "lines.0.min_quantity", "Isi antara"),
    ],
)
def test_a_contract_that_makes_no_sense_is_refused(shopkeeper, seller, company, given, field, words):
    with pytest.raises(Invalid, match=words) as refusal:
        agree(shopkeeper, company, make_product(seller=seller), 9_000, **given)
    assert refusal.value.field == field
    assert how_many() == 0


@pytest.mark.parametrize("price", [0, -1, 10_000_000_001])
def test_a_price_out_of_bounds_is_refused(shopkeeper, seller, company, price):
    with pytest.raises(Invalid) as refusal:
        agree(shopkeeper, company, make_product(seller=seller), price, confirmed=True)
    assert refusal.value.field == "lines.0.unit_price"


def test_without_a_single_price_there_is_no_contract(shopkeeper, company):
    with pytest.raises(Invalid):
        agree_contract("K-1", company.id, [], starts_on=TODAY, by=shopkeeper)


@pytest.mark.parametrize("active", [None, False])
def test_an_unknown_buyer_is_refused(shopkeeper, seller, active):
    product = make_product(seller=seller)
    whom = make_buyer(active=False) if active is False else BuyerCompany(id=2**70)
    with pytest.raises(Invalid, match="Pilih pembeli") as refusal:
        agree_contract("K-1", whom.id, [AgreedPrice(product.offer.id, 9_000)], starts_on=TODAY, by=shopkeeper)
    assert refusal.value.field == "buyer"


def test_nobody_agrees_prices_of_somebody_elses_goods(shopkeeper, company):
    with pytest.raises(Invalid) as refusal:
        agree(shopkeeper, company, make_product(), 9_000)
    assert refusal.value.field == "lines.0.offer"
    assert how_many() == 0


def test_only_sellers_agree_contracts(buyer, admin, seller, company):
    for actor in (buyer, admin):
        with pytest.raises(Forbidden):
            agree(actor, company, make_product(seller=seller), 9_000)


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ((0, 10), (10, 20), True),
        ((0, 10), (11, 20), False),
        ((5, 10), (0, 5), True),
        ((5, 10), (0, 4), False),
        ((0, None), (300, 310), True),
        ((0, 10), (10, None), True),
        ((0, 10), (11, None), False),
        ((3, 4), (0, 9), True),
    ],
)
def test_contracts_for_the_same_do_not_overlap(shopkeeper, seller, company, first, second, overlaps):
    product = make_product(seller=seller)

    def write(number, period):
        begins, ends = period
        given = {"starts_on": days(begins), "ends_on": None if ends is None else days(ends)}
        return agree(shopkeeper, company, product, 9_000, number=number, **given)

    write("K-1", first)
    if overlaps:
        with pytest.raises(ContractsOverlap, match="kontrak K-1") as refusal:
            write("K-2", second)
        assert (refusal.value.field, refusal.value.details) == ("lines.0.offer", {"number": "K-1"})
        assert how_many() == 1
    else:
        write("K-2", second)
        assert how_many() == 2


def test_another_quantity_another_buyer_or_another_thing_is_no_overlap(shopkeeper, seller, company):
    product = make_product(seller=seller)
    agree(shopkeeper, company, product, 9_000)
    agree(shopkeeper, company, product, 8_500, least=100)
    agree(shopkeeper, make_buyer(), product, 9_000)
    agree(shopkeeper, company, make_product(seller=seller), 9_000)
    assert how_many() == 4


def test_the_same_thing_twice_in_one_contract_is_refused(shopkeeper, seller, company):
    offer = make_product(seller=seller).offer
    session.commit()
    with pytest.raises(Invalid, match="dua kali") as refusal:
        agree_contract(
            "K-1",
            company.id,
            [AgreedPrice(offer.id, 9_000), AgreedPrice(offer.id, 9_100)],
            starts_on=TODAY,
            by=shopkeeper,
        )
    assert refusal.value.field == "lines.1.offer"


@pytest.mark.parametrize(("price", "reason"), [(6_000, "jump"), (14_000, "jump"), (8_400, "floor")])
def test_a_price_that_looks_like_a_slip_is_asked_about(shopkeeper, seller, company, price, reason):
    product = make_product(seller=seller, unit_price=10_000)
    product.offer.floor_price = 8_500
    if reason == "jump":
        product.offer.floor_price = None
    with pytest.raises(PriceNeedsConfirmation) as question:
        agree(shopkeeper, company, product, price)
    assert (question.value.field, question.value.details["reason"]) == ("lines.0.unit_price", reason)
    assert how_many() == 0
    assert agree(shopkeeper, company, product, price, confirmed=True).lines[0].unit_price == price


def test_a_contract_is_compared_with_what_as_many_cost_anybody(shopkeeper, seller, company):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(500, 7_000)])
    assert agree(shopkeeper, company, product, 5_000, least=500).lines[0].unit_price == 5_000
    with pytest.raises(PriceNeedsConfirmation):
        agree(shopkeeper, company, product, 5_000, least=499)


def test_a_contract_that_is_called_off_ends_at_once_and_its_orders_stay(shopkeeper, seller, buyer, company):
    product = make_product(seller=seller)
    contract = agree(shopkeeper, company, product, 9_000, ends_on=days(30))
    order = order_of(buyer, (product, 1))
    ended = call_off(contract.id, by=shopkeeper)
    assert ended.state is ContractState.ENDED
    assert order_of(buyer, (product, 1)).lines[0].unit_price == 10_000
    assert order.lines[0].unit_price == 9_000
    with pytest.raises(ContractIsOver):
        call_off(contract.id, by=shopkeeper)
    agree(shopkeeper, company, product, 9_100, number="K-2")
    assert order_of(buyer, (product, 1)).lines[0].contract_number == "K-2"


def test_one_price_of_a_contract_can_be_ended_alone(shopkeeper, seller, company):
    agree(shopkeeper, company, make_product(seller=seller), 9_000)
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_500)
    kept, ended = contract.lines
    contract = call_off(contract.id, by=shopkeeper, line_id=ended.id)
    assert [line.ended_at is None for line in contract.lines] == [True, False]
    assert contract.state is ContractState.RUNNING
    with pytest.raises(ContractIsOver):
        call_off(contract.id, by=shopkeeper, line_id=ended.id)
    assert call_off(kept.id, by=shopkeeper).state is ContractState.ENDED


def test_a_contract_that_is_over_cannot_be_called_off(shopkeeper, seller, company):
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_000, ends_on=days(1))
    with clock.at(clock.now() + timedelta(days=2)):
        assert queries.get_contract(contract.id, buyer_id=company.id).state is ContractState.OVER
        with pytest.raises(ContractIsOver):
            call_off(contract.id, by=shopkeeper)


def test_nobody_sees_or_ends_another_sellers_contract(shopkeeper, seller, company):
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_000)
    stranger = make_actor(make_product().seller, Role.SELLER)
    with pytest.raises(NotFound):
        call_off(contract.id, by=stranger)
    for whose in (
        {"seller_id": stranger.organisation_id},
        {"buyer_id": make_buyer().id},
        {"cooperative_id": company.id},
    ):
        with pytest.raises(NotFound):
            queries.get_contract(contract.id, **whose)
        assert queries.list_contracts(**whose).total == 0
    with pytest.raises(NotFound):
        queries.get_contract(2**70, seller_id=seller.id)


def test_a_contract_that_ends_overnight_is_noticed_before_the_order_is_sent(shopkeeper, seller, buyer, company):
    product = make_product(seller=seller, unit_price=10_000)
    agree(shopkeeper, company, product, 9_000, ends_on=TODAY)
    add_to_cart(product.id, 10, by=buyer)
    session.commit()
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(TotalChanged):
        check_out(by=buyer, seen_total=90_000)
    assert check_out(by=buyer, seen_total=90_000).lines[0].contract_number == "K-123"


def test_contracts_are_counted_by_state_and_found_by_words(shopkeeper, seller: Seller, company):
    for number, begins, ends in (("A", 0, 5), ("B", 3, None), ("C", -9, 0), ("D-9", 0, None)):
        last = None if ends is None else days(ends)
        agree(
            shopkeeper, company, make_product(seller=seller), 9_000, number=number, starts_on=days(begins), ends_on=last
        )
    agree(shopkeeper, make_buyer(name="CV Tiga Roda"), make_product(seller=seller), 9_000, number="A")
    called_off = queries.list_contracts(seller_id=seller.id, words="d-9").items[0]
    call_off(called_off.id, by=shopkeeper)
    with clock.at(clock.now() + timedelta(days=1)):
        counts = queries.count_contracts(seller_id=seller.id)
        found = {
            state: sorted((c.number, c.state) for c in queries.list_contracts(seller_id=seller.id, state=state).items)
            for state in ContractState
        }
    assert {state: len(contracts) for state, contracts in found.items()} == counts
    assert all(seen is state for state, contracts in found.items() for _number, seen in contracts)
    assert [number for number, _state in found[ContractState.RUNNING]] == ["A", "A"]
    assert queries.list_contracts(seller_id=seller.id, words="roda").total == 1
    assert queries.list_contracts(buyer_id=company.id, words="kardus d-9").total == 1
    assert queries.list_contracts(cooperative_id=seller.cooperative_id).total == 5


def test_a_seller_finds_buyers_by_name_and_cannot_read_the_list():
    wanted = make_buyer(name="PT Sinar Elektronik Nusantara")
    make_buyer(name="PT Sinar Elektronik Lama", active=False)
    for _each in range(limits.MOST_BUYERS + 5):
        make_buyer(name="PT Serupa")
    assert queries.search_buyers("sinar nusa") == [wanted]
    assert queries.search_buyers("elektronik lama") == []
    assert len(queries.search_buyers("serupa")) == limits.MOST_BUYERS
    for nothing in ("", "PT", " p t ", "%%%", "___", "\x00abc"):
        assert queries.search_buyers(nothing) == []


def test_the_buyer_is_told_of_a_contract_and_of_its_end(shopkeeper, seller, buyer, company, run_jobs):
    contract = agree(shopkeeper, company, make_product(seller=seller), 9_000)
    call_off(contract.id, by=shopkeeper)
    run_jobs()
    letters = [letter for letter in newest_letters(5) or [] if letter["To"] == buyer.email]
    assert {letter["Subject"] for letter in letters} == {
        "Kardus Jaya menghentikan harga kontrak K-123",
        "Kontrak K-123 dengan Kardus Jaya tercatat di Pasok",
    }


def test_lists_take_as_many_queries_for_many_contracts_as_for_one(shopkeeper, seller, count_queries):
    def count() -> int:
        session.expire_all()
        with count_queries() as asked:
            page = queries.list_contracts(seller_id=seller.id)
            assert all(c.buyer.name and c.seller.name and c.state and c.lines[0].offer.product.name for c in page.items)
        return len(asked)

    agree(shopkeeper, make_buyer(), make_product(seller=seller), 9_000)
    few = count()
    for _each in range(6):
        agree(shopkeeper, make_buyer(), make_product(seller=seller), 9_000)
    assert count() == few
