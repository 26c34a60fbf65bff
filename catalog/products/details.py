"""What a seller says about a product, however it was typed, sent or imported."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict

from catalog.products.certificates import CertificateKind


class TierDetails(NamedTuple):
    """A lower price, in rupiah for one unit, from a quantity on."""

    min_quantity: int
    unit_price: int


class CertificateDetails(NamedTuple):
    """A mark with its number, and the key and name of its file.

    Without a number it keeps number and day as they are, without a file its file.
    """

    kind: CertificateKind
    number: str | None = None
    expires_on: date | None = None
    file: tuple[str, str] | None = None


class VariantDetails(TypedDict, total=False):
    """One row of a table of variants; what is left out stays as it is, or is as in the first row of a new one."""

    id: int | None
    """The variant that is there already; None: a new one, or one that has these values."""
    values: Sequence[str]
    """One for each of the product's options: ["L", "Putih"]."""
    sku: str
    price: int
    tiers: Sequence[TierDetails]
    floor_price: int | None
    min_order: int
    order_multiple: int
    content: Decimal | None
    stock: int
    stock_seen: int
    """How many there were when the person counted."""
    picture: str | None
    """The key of one of the product's pictures; None: none of its own."""
    active: bool


class ProductDetails(TypedDict, total=False):
    """Everything a seller may say; what is left out stays as it is, or takes its usual value in a new product."""

    name: str
    description: str
    specification: Sequence[tuple[str, str]]
    category: str
    """The category's slug."""
    unit: str
    """A UN/ECE code, or the unit as sellers write it."""
    sku: str
    """The seller's own number; one is made up for a new product without."""
    price: int
    """Rupiah for one unit, as the buyer pays it, before PPN."""
    tiers: Sequence[TierDetails]
    floor_price: int | None
    """The seller's own lowest price, in rupiah, which nobody else sees; None: none."""
    price_confirmed: bool
    """The seller was asked about the price and means it; see PriceNeedsConfirmation."""
    min_order: int
    order_multiple: int
    stock: int
    lead_time_days: int
    attributes: Mapping[str, Any]
    """What the category asks for, by the attribute's key: a number, a text, or true and false."""
    content_unit: str | None
    """As `unit`: what the content of one unit is counted in; None: nothing is said of it."""
    content: Decimal | None
    """How much of `content_unit` one unit holds: 24 pieces in a carton."""
    min_order_together: int | None
    weekly_capacity: int | None
    certificates: Sequence[CertificateDetails]
    options: Sequence[str]
    """What the variants differ in, as "Ukuran"; empty: there is only one of it."""
    variants: Sequence[VariantDetails]
    """All of them, in the order that is shown: those left out are no longer sold."""
