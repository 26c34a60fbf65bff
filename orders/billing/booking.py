"""How an invoice stands in the books."""

from market.ledger.accounts import COST_OF_SALES, MARGIN, SALES, VAT_IN, VAT_OUT, payable_to, receivable_from
from market.ledger.operations import Movement
from market.organisations.kinds import TaxRole
from orders.billing.models import Invoice


def movements_of(invoice: Invoice) -> list[Movement]:
    """What an invoice moves.

    As agent the cooperative collects the seller's money with the seller's PPN, and earns its margin. As principal it
    sells in its own name: the whole price is its sales, PPN on it is owed to the state, and what it pays the seller is
    the cost. A PKP credits the seller's PPN; for a non-PKP it is part of the cost (UU PPN Art. 9).
    """
    buyer, seller = receivable_from(invoice.buyer_id), payable_to(invoice.seller_id)
    if invoice.tax_role is TaxRole.AGENT:
        return [
            (buyer, seller, invoice.seller_total),
            (buyer, MARGIN, invoice.margin_amount),
        ]
    creditable = invoice.receipt.shipment.seller_order.cooperative_taxable
    return [
        (buyer, SALES, invoice.subtotal),
        (buyer, VAT_OUT, invoice.tax),
        (COST_OF_SALES, seller, invoice.seller_amount),
        (VAT_IN if creditable else COST_OF_SALES, seller, invoice.seller_tax),
    ]
