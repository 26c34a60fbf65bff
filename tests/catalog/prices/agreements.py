"""Contracts and planned prices as tests need them."""

from datetime import date, timedelta
from typing import Any

from catalog.prices.book import Price
from catalog.prices.contracts import Contract
from catalog.prices.models import PriceChange
from catalog.prices.operations import AgreedPrice, agree_contract
from catalog.prices.queries import open_book
from catalog.products.models import Offer, Product
from market.accounts.actor import Actor
from market.db import session
from market.organisations.models import BuyerCompany

TODAY = date(2026, 9, 14)


def days(number: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=number)


def agree(
    by: Actor, buyer: BuyerCompany, product: Product | Offer, price: int, *, least: int = 1, **given: Any
) -> Contract:
    """A contract from today on over one thing. What was made before stays when it is refused."""
    session.commit()
    offer = product if isinstance(product, Offer) else product.offer
    terms = {"number": "K-123", "starts_on": TODAY, **given}
    return agree_contract(terms.pop("number"), buyer.id, [AgreedPrice(offer.id, price, least)], by=by, **terms)


def planned(product: Product, price: int, *, starts_on: date, **given: Any) -> PriceChange:
    """A planned price, however long ago it has begun."""
    change = PriceChange(offer_id=product.offer.id, unit_price=price, starts_on=starts_on, **given)
    session.add(change)
    session.flush()
    return change


def price_of(offer: Offer, quantity: int, *, buyer_id: int | None = None, day: date | None = None) -> Price:
    """What one unit costs when a buyer (None: anybody) orders so many on a day (today)."""
    return open_book([offer], buyer_id=buyer_id, day=day).price(offer, quantity)
