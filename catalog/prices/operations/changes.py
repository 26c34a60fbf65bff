"""List prices that are planned for a day to come."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from catalog.prices import limits, queries
from catalog.prices.errors import AnotherChangePlanned, PriceHoldsAlready
from catalog.prices.list_price import ListPrice
from catalog.prices.models import PriceChange
from catalog.prices.operations.write import check_list_price, settle
from catalog.prices.rules import require_price_confirmed
from catalog.products.details import TierDetails
from catalog.products.models import Offer
from catalog.products.queries import lock_offers
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid, NotFound
from market.formats import date_id

BATCH = 500
"""So many variants the job changes at a time, so that nobody's order waits long for it."""


def schedule_price_change(
    offer_id: int,
    price: int,
    tiers: Sequence[TierDetails] = (),
    *,
    starts_on: date,
    by: Actor,
    confirmed: bool = False,
) -> PriceChange:
    """Plan the list price of a variant, with its tiers, from a day to come on; orders of that day pay it.

    Raises NotFound, Invalid at the field that is wrong, AnotherChangePlanned, or PriceNeedsConfirmation as compared
    with the price that holds until then.
    """
    seller_id = by.require(Role.SELLER)
    wanted = ListPrice.of(price, tiers)
    check_list_price(wanted)
    _check_day(starts_on)
    with atomic():
        offer = _lock_own(offer_id, seller_id)
        waiting = queries.list_waiting_changes([offer.id])
        if len(waiting) >= limits.MOST_PLANNED:
            words = _("Paling banyak %(most)s perubahan harga dapat menunggu.", most=limits.MOST_PLANNED)
            raise Invalid(words, field="starts_on")
        if any(change.starts_on == starts_on for change in waiting):
            raise AnotherChangePlanned(starts_on)
        require_price_confirmed(offer, wanted, before=_price_before(offer, waiting, starts_on), confirmed=confirmed)
        change = PriceChange(
            offer=offer,
            starts_on=starts_on,
            unit_price=wanted.unit_price,
            tiers=[list(tier) for tier in wanted.tiers],
            created_by_id=by.user_id,
        )
        session.add(change)
        audit.record(offer.product, "product_price_planned", by=by, planned=change.as_details(), variant=offer.label)
    return change


def cancel_price_change(change_id: int, *, by: Actor) -> PriceChange:
    """Give up a planned price; raises NotFound, or PriceHoldsAlready once its day has come."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        offer = _lock_own(queries.get_change(change_id, seller_id=seller_id).offer_id, seller_id)
        change = queries.lock_change(change_id, seller_id=seller_id)
        if not change.waiting or change.starts_on <= clock.today():
            raise PriceHoldsAlready
        change.cancelled_at = clock.now()
        audit.record(
            offer.product, "product_price_plan_dropped", by=by, planned=change.as_details(), variant=offer.label
        )
    return change


def apply_due_changes() -> int:
    """Write every planned price that holds by now into its offer; answers how many.

    Buyers pay these prices from their first day on, whether this has run or not (see `queries.open_book`): it brings
    lists and the search in step. Running twice, or twice at once, does nothing more.
    """
    done = 0
    while offer_ids := queries.find_offers_due(clock.today(), limit=BATCH):
        with atomic():
            done += settle(lock_offers(offer_ids).values())
    return done


def _check_day(starts_on: date) -> None:
    today = clock.today()
    if starts_on <= today:
        words = _("Pilih hari sesudah hari ini. Untuk harga yang berlaku sekarang, ubah harga produknya.")
        raise Invalid(words, field="starts_on")
    if starts_on > today + limits.LATEST_CHANGE:
        latest = date_id(today + limits.LATEST_CHANGE)
        raise Invalid(_("Paling jauh %(day)s.", day=latest), field="starts_on")


def _lock_own(offer_id: int, seller_id: int) -> Offer:
    offer = lock_offers([offer_id]).get(offer_id)
    if offer is None or offer.seller_id != seller_id:
        raise NotFound
    return offer


def _price_before(offer: Offer, waiting: Sequence[PriceChange], starts_on: date) -> ListPrice | None:
    """What holds on the day before: the planned price that begins last by then, or else what stands in the offer."""
    earlier = [change for change in waiting if change.starts_on <= starts_on - timedelta(days=1)]
    return ListPrice.in_change(earlier[-1]) if earlier else ListPrice.in_offer(offer)
