"""Contract prices and coming list prices."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from catalog.prices.book import PriceBook
from catalog.prices.models import ContractPrice, PriceChange
from catalog.products.models import Offer
from market import clock
from market.db import session


def open_book(offers: Iterable[Offer], *, buyer_id: int | None, day: date | None = None) -> PriceBook:
    """The prices of these offers for a buyer (None: anybody) on a day, today if none is named: two SELECTs at most."""
    day = day or clock.today()
    offer_ids = {offer.id for offer in offers}
    if not offer_ids:
        return PriceBook(day)
    return PriceBook(day, _changes_due(offer_ids, day), _contracts(offer_ids, buyer_id, day) if buyer_id else {})


def _changes_due(offer_ids: set[int], day: date) -> dict[int, PriceChange]:
    query = (
        select(PriceChange)
        .where(
            PriceChange.offer_id.in_(offer_ids),
            PriceChange.starts_on <= day,
            PriceChange.applied_at.is_(None),
            PriceChange.cancelled_at.is_(None),
        )
        .order_by(PriceChange.starts_on, PriceChange.id)
    )
    return {change.offer_id: change for change in session.scalars(query)}


def _contracts(offer_ids: set[int], buyer_id: int, day: date) -> dict[int, list[ContractPrice]]:
    query = (
        select(ContractPrice)
        .where(
            ContractPrice.offer_id.in_(offer_ids),
            ContractPrice.buyer_id == buyer_id,
            ContractPrice.ended_at.is_(None),
            ContractPrice.starts_on <= day,
            or_(ContractPrice.ends_on.is_(None), ContractPrice.ends_on >= day),
        )
        .order_by(ContractPrice.id)
    )
    found: dict[int, list[ContractPrice]] = {}
    for contract in session.scalars(query):
        found.setdefault(contract.offer_id, []).append(contract)
    return found
