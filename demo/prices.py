"""Prices in the demo that are not everybody's, or not of today: contracts with a factory, and planned list prices."""

from dataclasses import dataclass
from functools import partial

from catalog.prices import operations
from catalog.prices.operations import AgreedPrice
from catalog.products.details import TierDetails
from demo import content_rows
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from market.accounts.roles import Role

AGREED, PLANNED = 0.45, 0.5
"""Parts of the office hours."""


@dataclass(frozen=True)
class DemoContract:
    """A contract over some goods; `lines` are SKU, from how many on, and rupiah for one."""

    number: str
    seller: str
    buyer: str
    days_ago: int
    starts_in: int
    ends_in: int
    lines: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class DemoPlan:
    """A list price that begins some days after today."""

    sku: str
    seller: str
    days_ago: int
    starts_in: int
    price: int
    tiers: tuple[tuple[int, int], ...] = ()


def read_contracts() -> list[DemoContract]:
    """What sellers agreed with one factory."""
    return content_rows.read_rows(DemoContract, "prices.toml", "contract")


def read_plans() -> list[DemoPlan]:
    """Which list prices are planned."""
    return content_rows.read_rows(DemoPlan, "prices.toml", "planned")


def tell_of_prices(diary: Diary, cast: Cast, days: Days) -> None:
    """Note contracts and plans, after the products are told of."""
    for contract in read_contracts():
        diary.note(days.moment(contract.days_ago, AGREED), partial(_agree, cast, days, contract))
    for plan in read_plans():
        diary.note(days.moment(plan.days_ago, PLANNED), partial(_plan, cast, days, plan))


def _agree(cast: Cast, days: Days, contract: DemoContract) -> None:
    operations.agree_contract(
        contract.number,
        cast.organisation_ids[contract.buyer],
        [AgreedPrice(cast.offer_ids[sku], price, least) for sku, least, price in contract.lines],
        starts_on=days.date_of(-contract.starts_in),
        ends_on=days.date_of(-contract.ends_in),
        by=cast.somebody(contract.seller, Role.SELLER),
    )


def _plan(cast: Cast, days: Days, plan: DemoPlan) -> None:
    operations.schedule_price_change(
        cast.offer_ids[plan.sku],
        plan.price,
        [TierDetails(*tier) for tier in plan.tiers],
        starts_on=days.date_of(-plan.starts_in),
        by=cast.somebody(plan.seller, Role.SELLER),
    )
