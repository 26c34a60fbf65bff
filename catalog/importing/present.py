"""What a seller has already, as plain values beside which a row of a file can be held."""

from dataclasses import dataclass, field
from typing import Any

from catalog.products.states import ProductState
from catalog.products.units import unit
from market.organisations.models import Seller


@dataclass(slots=True)
class PresentProduct:
    """A product with all its variants. Of what it says, `written` is what buyers read."""

    id: int
    seller: Seller
    state: ProductState
    written: dict[str, Any]
    values: dict[str, Any]
    """As `written`, but as it will be once the cooperative has approved what waits."""
    offers: list["PresentOffer"] = field(default_factory=list)

    @property
    def unit_short(self) -> str:
        """The unit as it is written behind a number."""
        return unit(self.values["unit"]).short

    @property
    def options(self) -> list[str]:
        """What its variants differ in."""
        names: list[str] = self.values["option_names"]
        return names


@dataclass(slots=True)
class PresentOffer:
    """A variant: its number, price and stock."""

    id: int
    sku: str
    product: PresentProduct
    values: dict[str, Any]
    reserved: int
    made_to_order: bool
    position: int
    floor_price: int | None

    @property
    def label(self) -> str:
        """What makes it this variant: "L / Putih"."""
        return " / ".join(self.values["options"])
