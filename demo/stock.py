"""What sellers of the demo noted about their stock, and when they take no orders."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from catalog.closures.operations import plan_closure
from catalog.stock.models import AdjustmentReason
from catalog.stock.operations import correct_stock, receive_goods
from demo import content_rows
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from market.accounts.roles import Role

CAME_IN, COUNTED, PLANNED = 0.7, 0.8, 0.6
"""Parts of the office hours."""


@dataclass(frozen=True)
class DemoReceipt:
    """Goods that came in."""

    seller: str
    sku: str
    quantity: int
    days_ago: int
    note: str


@dataclass(frozen=True)
class DemoLoss:
    """Goods that were gone without an order."""

    seller: str
    sku: str
    quantity: int
    days_ago: int
    why: str
    note: str


@dataclass(frozen=True)
class DemoClosure:
    """Days without orders, planned so many days ago; they begin and end so many days from today."""

    seller: str
    days_ago: int
    begins_in: int
    ends_in: int
    note: str


def read_receipts() -> list[DemoReceipt]:
    """Goods that came in."""
    return content_rows.read_rows(DemoReceipt, "stock.toml", "receipt")


def read_losses() -> list[DemoLoss]:
    """Goods that were gone without an order."""
    return content_rows.read_rows(DemoLoss, "stock.toml", "loss")


def read_closures() -> list[DemoClosure]:
    """Days without orders."""
    return content_rows.read_rows(DemoClosure, "stock.toml", "closure")


def tell_of_stock(diary: Diary, cast: Cast, days: Days) -> None:
    """Note it all, after the products are told of."""
    for receipt in read_receipts():
        diary.note(days.moment(receipt.days_ago, CAME_IN), partial(_receive, cast, receipt))
    for loss in read_losses():
        diary.note(days.moment(loss.days_ago, COUNTED), partial(_lose, cast, loss))
    for closure in read_closures():
        diary.note(days.moment(closure.days_ago, PLANNED), partial(_plan, cast, days, closure))


def _receive(cast: Cast, told: DemoReceipt) -> None:
    by = cast.somebody(told.seller, Role.SELLER)
    receive_goods(cast.offer_ids[told.sku], told.quantity, note=told.note, by=by)


def _lose(cast: Cast, told: DemoLoss) -> None:
    by = cast.somebody(told.seller, Role.SELLER)
    reason = AdjustmentReason(told.why)
    correct_stock(cast.offer_ids[told.sku], -told.quantity, reason=reason, note=told.note, by=by)


def _plan(cast: Cast, days: Days, told: DemoClosure) -> None:
    today = days.date_of(0)
    first_day, last_day = today + timedelta(told.begins_in), today + timedelta(told.ends_in)
    plan_closure(first_day, last_day, told.note, by=cast.somebody(told.seller, Role.SELLER))
