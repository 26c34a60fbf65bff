"""A contract whole: every price that a seller has agreed with a buyer under one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.prices.models import ContractPrice
from catalog.prices.states import ContractState
from market import clock
from market.organisations.models import BuyerCompany, Seller

FROM_NEAR_TO_FAR = (ContractState.RUNNING, ContractState.PLANNED, ContractState.OVER, ContractState.ENDED)
"""A contract is in the first of these states that one of its prices is in."""


@dataclass(frozen=True)
class Contract:
    """The prices under one number, in the order in which they were written down; never none."""

    lines: Sequence[ContractPrice]

    @property
    def id(self) -> int:
        """That of its first price."""
        return self.lines[0].id

    @property
    def number(self) -> str:
        """What both sides call it."""
        return self.lines[0].number

    @property
    def buyer(self) -> BuyerCompany:
        """Who pays these prices."""
        return self.lines[0].buyer

    @property
    def seller(self) -> Seller:
        """Who has agreed to them."""
        return self.lines[0].offer.product.seller

    @property
    def starts_on(self) -> date:
        """The first day of any of its prices."""
        return min(line.starts_on for line in self.lines)

    @property
    def ends_on(self) -> date | None:
        """The last day of any of its prices; None when one holds for good."""
        days = [line.ends_on for line in self.lines]
        return None if None in days else max(day for day in days if day is not None)

    @property
    def state(self) -> ContractState:
        """How it stands today."""
        states = {line.state_on(clock.today()) for line in self.lines}
        return next(state for state in FROM_NEAR_TO_FAR if state in states)

    @property
    def may_be_ended(self) -> bool:
        """Whether anything of it still holds or will."""
        return any(line.may_be_ended(clock.today()) for line in self.lines)
