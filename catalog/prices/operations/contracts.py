"""Contracts: what a seller has agreed with one buyer, and ending that before its time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from catalog import signals
from catalog.prices import limits, queries
from catalog.prices.contracts import Contract
from catalog.prices.errors import ContractIsOver, ContractsOverlap
from catalog.prices.list_price import ListPrice
from catalog.prices.models import ContractPrice
from catalog.prices.rules import require_price_confirmed
from catalog.products.limits import MAX_PRICE, MAX_QUANTITY
from catalog.products.models import Offer
from catalog.products.queries import lock_offers
from catalog.products.rules import require_number, require_text
from market import audit, clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid
from market.formats import date_id
from market.organisations.models import BuyerCompany


class AgreedPrice(NamedTuple):
    """What one unit of a variant costs the buyer, in rupiah before PPN, when it orders at least so many."""

    offer_id: int
    unit_price: int
    min_quantity: int = 1


def agree_contract(
    number: str,
    buyer_id: int,
    lines: Sequence[AgreedPrice],
    *,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    confirmed: bool = False,
) -> Contract:
    """Write down what one's buyer pays by a contract, from `starts_on` to `ends_on`, both included (None: for good).

    The buyer pays the lower of this and the list price. Prices under a number that there is already join that
    contract. Orders that were placed keep their price.

    Raises Invalid at the field that is wrong (`lines.N.…`, N counts from 0), ContractsOverlap, or
    PriceNeedsConfirmation for a price below the seller's floor or far from the list price; and then writes nothing.
    """
    seller_id = by.require(Role.SELLER)
    number = _check(number, lines, starts_on, ends_on)
    with atomic():
        buyer = _buyer(buyer_id)
        offers = lock_offers(line.offer_id for line in lines)
        for index, line in enumerate(lines):
            _require_own(offers.get(line.offer_id), seller_id, field=f"lines.{index}.offer")
        _require_no_overlap(lines, offers, buyer_id, starts_on, ends_on)
        _require_confirmed(lines, offers, starts_on, confirmed=confirmed)
        agreed = [
            ContractPrice(
                offer=offers[line.offer_id],
                buyer=buyer,
                number=number,
                unit_price=line.unit_price,
                min_quantity=line.min_quantity,
                starts_on=starts_on,
                ends_on=ends_on,
                created_by_id=by.user_id,
            )
            for line in lines
        ]
        session.add_all(agreed)
        session.flush()
        for price in agreed:
            audit.record(price, "contract_agreed", by=by)
        _announce(agreed)
        jobs.defer("prices.announce_contract", contract_id=agreed[0].id)
    return queries.get_contract(agreed[0].id, seller_id=seller_id)


def call_off(contract_id: int, *, by: Actor, line_id: int | None = None) -> Contract:
    """End a contract at once, or one price of it; orders that were placed keep their price.

    Raises NotFound, or ContractIsOver when there is nothing left to end.
    """
    seller_id = by.require(Role.SELLER)
    today = clock.today()
    with atomic():
        lines = queries.lock_contract(contract_id, seller_id=seller_id)
        ending = [line for line in lines if line_id in (None, line.id) and line.may_be_ended(today)]
        if not ending:
            raise ContractIsOver
        for line in ending:
            line.ended_at = clock.now()
            audit.record(line, "contract_called_off", by=by)
        _announce(ending)
        jobs.defer("prices.announce_call_off", contract_id=ending[0].id)
    return queries.get_contract(contract_id, seller_id=seller_id)


def _announce(lines: Sequence[ContractPrice]) -> None:
    """Say that these products cost their buyer something else now."""
    signals.products_changed.send(None, product_ids=sorted({line.offer.product_id for line in lines}))


def _check(number: str, lines: Sequence[AgreedPrice], starts_on: date, ends_on: date | None) -> str:
    number = " ".join(number.split())
    if not number:
        raise Invalid(_("Isi nomor kontraknya."), field="number")
    require_text("number", number, limits.LONGEST_NUMBER)
    if not lines:
        raise Invalid(_("Isi paling sedikit satu barang dengan harganya."), field="lines")
    if len(lines) > limits.MOST_LINES:
        raise Invalid(_("Paling banyak %(most)s barang sekaligus.", most=limits.MOST_LINES), field="lines")
    for index, line in enumerate(lines):
        require_number(f"lines.{index}.unit_price", line.unit_price, 1, MAX_PRICE)
        require_number(f"lines.{index}.min_quantity", line.min_quantity, 1, MAX_QUANTITY)
    _check_days(starts_on, ends_on)
    return number


def _check_days(starts_on: date, ends_on: date | None) -> None:
    today = clock.today()
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends_on")
    if ends_on is not None and ends_on < today:
        raise Invalid(_("Kontrak ini sudah berakhir. Pilih hari terakhir hari ini atau sesudahnya."), field="ends_on")
    earliest, latest = today - limits.EARLIEST_START, today + limits.LATEST_END
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day is not None and not earliest <= day <= latest:
            words = _("Pilih hari antara %(first)s dan %(last)s.", first=date_id(earliest), last=date_id(latest))
            raise Invalid(words, field=field)


def _buyer(buyer_id: int) -> BuyerCompany:
    buyer = queries.find_buyer(buyer_id)
    if buyer is None:
        raise Invalid(_("Pilih pembeli dari daftar."), field="buyer")
    return buyer


def _require_own(offer: Offer | None, seller_id: int, *, field: str) -> None:
    if offer is None or offer.seller_id != seller_id or not offer.active:
        raise Invalid(_("Pilih barang Anda sendiri yang masih dijual."), field=field)


def _require_no_overlap(
    lines: Sequence[AgreedPrice],
    offers: Mapping[int, Offer],
    buyer_id: int,
    starts_on: date,
    ends_on: date | None,
) -> None:
    """At most one contract says what a buyer pays from a quantity on: nobody could tell which one counts."""
    others = queries.list_contract_prices(offers, buyer_id, starts_on=starts_on, ends_on=ends_on)
    taken = {(other.offer_id, other.min_quantity): other.number for other in others}
    for index, line in enumerate(lines):
        field, offer = f"lines.{index}.offer", offers[line.offer_id]
        if (line.offer_id, line.min_quantity) in _of(lines[:index]):
            words = _("%(goods)s tertulis dua kali mulai jumlah yang sama.", goods=_name(offer))
            raise Invalid(words, field=field)
        if number := taken.get((line.offer_id, line.min_quantity)):
            raise ContractsOverlap(number, goods=_name(offer), field=field)


def _require_confirmed(
    lines: Sequence[AgreedPrice], offers: Mapping[int, Offer], starts_on: date, *, confirmed: bool
) -> None:
    """Compare with what anybody pays for as many pieces when the contract begins."""
    book = queries.open_book(offers.values(), buyer_id=None, day=max(starts_on, clock.today()))
    for index, line in enumerate(lines):
        offer = offers[line.offer_id]
        present = ListPrice.of(book.price(offer, line.min_quantity).unit_price)
        field = f"lines.{index}.unit_price"
        agreed = ListPrice.of(line.unit_price)
        require_price_confirmed(offer, agreed, before=present, confirmed=confirmed, field=field)


def _of(lines: Iterable[AgreedPrice]) -> set[tuple[int, int]]:
    return {(line.offer_id, line.min_quantity) for line in lines}


def _name(offer: Offer) -> str:
    return " ".join(filter(None, (offer.product.name, offer.label)))
