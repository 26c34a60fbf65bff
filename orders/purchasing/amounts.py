"""What a quantity comes to: for the buyer, the tax office, the cooperative and the seller."""

from dataclasses import dataclass

from catalog.products.models import Offer
from market import tax
from market.money import BasisPoints, Rupiah, share
from market.organisations.kinds import TaxRole


@dataclass(frozen=True)
class Conditions:
    """What was agreed for a line when the order was placed; no amount is ever worked out from later rules.

    As agent the cooperative passes the seller's PPN on; as principal it charges PPN itself and pays the seller's
    PPN on the seller's own, lower price (UU PPN; PMK 131/2024). A non-PKP must not collect PPN (KUP Art. 39A).
    """

    unit_price: Rupiah
    margin_rate: BasisPoints
    tax_role: TaxRole
    seller_taxable: bool
    cooperative_taxable: bool

    @property
    def taxed(self) -> bool:
        """Whether the buyer pays PPN."""
        return self.seller_taxable if self.tax_role is TaxRole.AGENT else self.cooperative_taxable


@dataclass(frozen=True)
class Amounts:
    """Whole rupiah; `amount` is before PPN and is the margin and the seller's part together."""

    amount: Rupiah
    tax: Rupiah
    margin: Rupiah
    seller_amount: Rupiah
    seller_tax: Rupiah

    @property
    def total(self) -> Rupiah:
        """What the buyer pays."""
        return self.amount + self.tax


def conditions_for(offer: Offer, unit_price: Rupiah, *, margin_rate: BasisPoints = 0) -> Conditions:
    """What holds today for an offer at this price. What the buyer pays does not depend on the margin."""
    seller = offer.product.seller
    return Conditions(
        unit_price=unit_price,
        margin_rate=margin_rate,
        tax_role=seller.cooperative.tax_role,
        seller_taxable=seller.taxable,
        cooperative_taxable=seller.cooperative.taxable,
    )


def amounts_of(quantity: int, conditions: Conditions) -> Amounts:
    """What `quantity` pieces come to under `conditions`; margin and tax are rounded half up to whole rupiah."""
    amount = quantity * conditions.unit_price
    margin = share(amount, conditions.margin_rate)
    seller_amount = amount - margin
    tax_amount = tax.vat(amount) if conditions.taxed else 0
    return Amounts(
        amount=amount,
        tax=tax_amount,
        margin=margin,
        seller_amount=seller_amount,
        seller_tax=_seller_tax(conditions, tax_amount, seller_amount),
    )


def _seller_tax(conditions: Conditions, tax_amount: Rupiah, seller_amount: Rupiah) -> Rupiah:
    if not conditions.seller_taxable:
        return 0
    return tax_amount if conditions.tax_role is TaxRole.AGENT else tax.vat(seller_amount)
