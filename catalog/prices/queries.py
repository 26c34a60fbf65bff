"""Contract prices and coming list prices."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from catalog.prices import limits
from catalog.prices.book import PriceBook
from catalog.prices.contracts import Contract
from catalog.prices.models import ContractPrice, PriceChange
from catalog.prices.states import ContractState
from catalog.products.models import Offer, Product
from catalog.products.queries import ordered
from market import clock
from market.db import HIGHEST_ID, lock, page_of, session, storable
from market.errors import NotFound
from market.organisations.models import BuyerCompany, Seller
from market.pages import Page

# What something costs


def open_book(offers: Iterable[Offer], *, buyer_id: int | None, day: date | None = None) -> PriceBook:
    """The prices of these offers for a buyer (None: anybody) on a day, today if none is named: two SELECTs at most."""
    day = day or clock.today()
    offer_ids = {offer.id for offer in offers}
    if not offer_ids:
        return PriceBook(day)
    return PriceBook(day, _changes_due(offer_ids, day), _contracts(offer_ids, buyer_id, day) if buyer_id else {})


def _changes_due(offer_ids: set[int], day: date) -> dict[int, PriceChange]:
    return {change.offer_id: change for change in list_due_changes(offer_ids, day)}


def _contracts(offer_ids: set[int], buyer_id: int, day: date) -> dict[int, list[ContractPrice]]:
    found: dict[int, list[ContractPrice]] = {}
    for contract in list_contract_prices(offer_ids, buyer_id, starts_on=day, ends_on=day):
        found.setdefault(contract.offer_id, []).append(contract)
    return found


# Planned list prices


def list_due_changes(offer_ids: Iterable[int], day: date) -> list[PriceChange]:
    """What holds on `day` and is not written into these offers yet; what began last comes last."""
    query = (
        select(PriceChange)
        .where(PriceChange.offer_id.in_(set(offer_ids)), PriceChange.starts_on <= day, *_waiting())
        .order_by(PriceChange.starts_on, PriceChange.id)
    )
    return list(session.scalars(query))


def list_waiting_changes(offer_ids: Iterable[int], *, until: date | None = None) -> list[PriceChange]:
    """What is not written into these offers yet, the nearest day first; up to the day `until` where one is named."""
    query = (
        select(PriceChange)
        .where(PriceChange.offer_id.in_(set(offer_ids)), *_waiting())
        .options(joinedload(PriceChange.offer))
        .order_by(PriceChange.starts_on, PriceChange.id)
    )
    return list(session.scalars(query if until is None else query.where(PriceChange.starts_on <= until)))


def find_offers_due(day: date, *, limit: int) -> list[int]:
    """Some of the offers that a planned price has come due for, by id."""
    query = select(PriceChange.offer_id).where(PriceChange.starts_on <= day, *_waiting()).distinct()
    return list(session.scalars(query.order_by(PriceChange.offer_id).limit(limit)))


def get_change(change_id: int, *, seller_id: int) -> PriceChange:
    """A seller's planned price, in whatever state; raises NotFound."""
    return _found(session.scalar(_change(change_id, seller_id)))


def lock_change(change_id: int, *, seller_id: int) -> PriceChange:
    """As `get_change`, locked until the change is committed; its offer should be locked before it."""
    return _found(session.scalar(lock(_change(change_id, seller_id))))


def _change(change_id: int, seller_id: int) -> Select[tuple[PriceChange]]:
    return (
        select(PriceChange)
        .join(PriceChange.offer)
        .where(PriceChange.id == min(change_id, HIGHEST_ID), Offer.seller_id == seller_id)
    )


def _waiting() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PriceChange.applied_at.is_(None), PriceChange.cancelled_at.is_(None)


# Contracts


def list_contract_prices(
    offer_ids: Iterable[int], buyer_id: int, *, starts_on: date, ends_on: date | None
) -> list[ContractPrice]:
    """A buyer's prices for these offers that hold on any of these days, oldest first."""
    query = (
        select(ContractPrice)
        .where(
            ContractPrice.offer_id.in_(set(offer_ids)),
            ContractPrice.buyer_id == buyer_id,
            ContractPrice.ended_at.is_(None),
            or_(ContractPrice.ends_on.is_(None), ContractPrice.ends_on >= starts_on),
        )
        .order_by(ContractPrice.id)
    )
    return list(session.scalars(query if ends_on is None else query.where(ContractPrice.starts_on <= ends_on)))


def list_agreed_prices(product_ids: Iterable[int]) -> dict[int, list[ContractPrice]]:
    """All contract prices of these products' variants that nobody called off, of any buyer and any day, by product."""
    query = (
        select(Offer.product_id, ContractPrice)
        .join(ContractPrice.offer)
        .where(Offer.product_id == func.any(list(product_ids)), Offer.active, ContractPrice.ended_at.is_(None))
        .order_by(ContractPrice.id)
    )
    found: dict[int, list[ContractPrice]] = {}
    for product_id, price in session.execute(query).tuples():
        found.setdefault(product_id, []).append(price)
    return found


def list_contracts(
    *,
    seller_id: int | None = None,
    buyer_id: int | None = None,
    cooperative_id: int | None = None,
    state: ContractState | None = None,
    words: str = "",
    page: int = 1,
    per_page: int = 25,
) -> Page[Contract]:
    """Contracts of this seller, this buyer, or this cooperative's sellers, the latest first: three SELECTs.

    `words` are looked for in the number and in the names of the others.
    """
    names = () if seller_id is not None else (Seller.name,)
    heads = _heads(_of(seller_id, buyer_id, cooperative_id), words, names)
    if state is not None:
        heads = heads.having(_state() == state)
    first = heads.with_only_columns(func.min(ContractPrice.id).label("id")).subquery()
    found = page_of(
        select(ContractPrice)
        .join(first, first.c.id == ContractPrice.id)
        .order_by(ContractPrice.id.desc())
        .options(joinedload(ContractPrice.offer)),
        page=page,
        per_page=per_page,
    )
    return Page(_whole(found.items), found.total, found.page, found.per_page)


def count_contracts(
    *, seller_id: int | None = None, buyer_id: int | None = None, cooperative_id: int | None = None
) -> dict[ContractState, int]:
    """How many contracts are in each state; all states are there."""
    heads = _heads(_of(seller_id, buyer_id, cooperative_id)).with_only_columns(_state().label("state")).subquery()
    counts = dict(session.execute(select(heads.c.state, func.count()).group_by(heads.c.state)).tuples().all())
    return {state: counts.get(state, 0) for state in ContractState}


def get_contract(
    contract_id: int,
    *,
    seller_id: int | None = None,
    buyer_id: int | None = None,
    cooperative_id: int | None = None,
) -> Contract:
    """A contract by the id of any of its prices; raises NotFound."""
    query = _of(seller_id, buyer_id, cooperative_id).where(ContractPrice.id == min(contract_id, HIGHEST_ID))
    return _whole([_found(session.scalar(query.options(joinedload(ContractPrice.offer))))])[0]


def lock_contract(contract_id: int, *, seller_id: int) -> list[ContractPrice]:
    """All prices of a seller's contract, locked in id order until the change is committed; raises NotFound."""
    one = get_contract(contract_id, seller_id=seller_id)
    ids = [line.id for line in one.lines]
    query = select(ContractPrice).where(ContractPrice.id.in_(ids)).order_by(ContractPrice.id)
    return list(session.scalars(lock(query)))


def _of(seller_id: int | None, buyer_id: int | None, cooperative_id: int | None) -> Select[tuple[ContractPrice]]:
    query = select(ContractPrice).join(ContractPrice.offer).join(Offer.product).join(Product.seller)
    if seller_id is not None:
        return query.where(Offer.seller_id == seller_id)
    if buyer_id is not None:
        return query.where(ContractPrice.buyer_id == buyer_id)
    if cooperative_id is not None:
        return query.where(Seller.cooperative_id == cooperative_id)
    raise ValueError("say whose contracts: the seller's, the buyer's or the cooperative's")


def _heads(query: Select[Any], words: str = "", names: Sequence[InstrumentedAttribute[str]] = ()) -> Select[Any]:
    """One row for each contract with all these words in its number, its buyer's name or these names."""
    for word in words.split() if storable(words) else ():
        buyer = ContractPrice.buyer.has(BuyerCompany.name.icontains(word, autoescape=True))
        others = [name.icontains(word, autoescape=True) for name in (ContractPrice.number, *names)]
        query = query.where(or_(buyer, *others))
    return query.group_by(Offer.seller_id, ContractPrice.buyer_id, ContractPrice.number)


def _state() -> ColumnElement[str]:
    """A contract's state, as `Contract.state` has it."""
    today = clock.today()
    open_still = ContractPrice.ended_at.is_(None)
    begun = ContractPrice.starts_on <= today
    lasts = or_(ContractPrice.ends_on.is_(None), ContractPrice.ends_on >= today)
    return case(
        (func.bool_or(and_(open_still, begun, lasts)), ContractState.RUNNING.value),
        (func.bool_or(and_(open_still, ContractPrice.starts_on > today)), ContractState.PLANNED.value),
        (func.bool_or(open_still), ContractState.OVER.value),
        else_=ContractState.ENDED.value,
    )


def _whole(heads: Iterable[ContractPrice]) -> list[Contract]:
    """The contracts that these prices belong to, in their order, with all that is shown of them."""
    heads = list(heads)
    keys = [_key(head) for head in heads]
    query = (
        select(ContractPrice)
        .join(ContractPrice.offer)
        .where(tuple_(Offer.seller_id, ContractPrice.buyer_id, ContractPrice.number).in_(keys))
        .options(
            contains_eager(ContractPrice.offer).joinedload(Offer.product).options(*ordered()),
            joinedload(ContractPrice.buyer),
        )
        .order_by(ContractPrice.id)
    )
    lines: dict[tuple[int, int, str], list[ContractPrice]] = {key: [] for key in keys}
    for line in session.scalars(query) if keys else ():
        lines[_key(line)].append(line)
    return [Contract(lines[key]) for key in keys]


def _key(price: ContractPrice) -> tuple[int, int, str]:
    return price.offer.seller_id, price.buyer_id, price.number


# The other side


def find_buyer(buyer_id: int) -> BuyerCompany | None:
    """A factory that buys here; None for one that does not, or not any longer."""
    query = select(BuyerCompany).where(BuyerCompany.id == min(buyer_id, HIGHEST_ID), BuyerCompany.active)
    return session.scalar(query)


def search_buyers(words: str) -> list[BuyerCompany]:
    """Factories that buy here with all these words in their name, a handful; none for too few letters.

    A seller finds whom it has a contract with, and cannot read the list of all.
    """
    if len("".join(words.split())) < limits.FEWEST_LETTERS or not storable(words):
        return []
    query = select(BuyerCompany).where(BuyerCompany.active)
    for word in words.split():
        query = query.where(BuyerCompany.name.icontains(word, autoescape=True))
    return list(session.scalars(query.order_by(BuyerCompany.name, BuyerCompany.id).limit(limits.MOST_BUYERS)))


def list_offers_of(seller_id: int, *, limit: int) -> list[Offer]:
    """What a seller can agree a price for, by name."""
    query = (
        select(Offer)
        .join(Offer.product)
        .where(Offer.seller_id == seller_id, Offer.active)
        .options(contains_eager(Offer.product))
        .order_by(Product.name, Offer.position, Offer.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def find_offers_by_sku(skus: Iterable[str], *, seller_id: int) -> dict[str, Offer]:
    """A seller's offers by their numbers, which are compared and answered in small letters."""
    wanted = {sku.lower() for sku in skus if storable(sku)}
    query = select(Offer).where(Offer.seller_id == seller_id, func.lower(Offer.sku).in_(wanted)).order_by(Offer.id)
    return {offer.sku.lower(): offer for offer in session.scalars(query)}


def find_own_offer(offer_id: int, *, seller_id: int) -> Offer | None:
    """A seller's offer with its product; None for another's."""
    query = select(Offer).where(Offer.id == min(offer_id, HIGHEST_ID), Offer.seller_id == seller_id, Offer.active)
    return session.scalar(query.options(joinedload(Offer.product)))


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
