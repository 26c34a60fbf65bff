"""The kinds of organisation, and the fixed choices in what is known of them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Kind(StrEnum):
    """What an organisation is to the marketplace."""

    COOPERATIVE = "cooperative"
    SELLER = "seller"
    BUYER = "buyer"
    PLATFORM = "platform"

    @property
    def label(self) -> str:
        """The kind as people call it."""
        return str(
            {
                Kind.COOPERATIVE: _l("Koperasi"),
                Kind.SELLER: _l("Penjual"),
                Kind.BUYER: _l("Perusahaan pembeli"),
                Kind.PLATFORM: _l("Platform"),
            }[self]
        )


class TaxRole(StrEnum):
    """How a cooperative stands in a sale, which decides who collects PPN and who invoices what.

    Agent: the seller sells to the buyer, the cooperative earns a commission. Principal: the cooperative buys and
    resells, and invoices the full price.
    """

    AGENT = "agent"
    PRINCIPAL = "principal"

    @property
    def label(self) -> str:
        """The role as the treasurer knows it."""
        return str({TaxRole.AGENT: _l("Perantara (komisi)"), TaxRole.PRINCIPAL: _l("Penjual kembali")}[self])


class SizeClass(StrEnum):
    """Size by yearly sales: up to Rp2 billion, Rp15 billion, Rp50 billion (PP 7/2021)."""

    MICRO = "mikro"
    SMALL = "kecil"
    MEDIUM = "menengah"

    @property
    def label(self) -> str:
        """The class with its bound."""
        return str(
            {
                SizeClass.MICRO: _l("Mikro (omzet sampai Rp2 miliar)"),
                SizeClass.SMALL: _l("Kecil (sampai Rp15 miliar)"),
                SizeClass.MEDIUM: _l("Menengah (sampai Rp50 miliar)"),
            }[self]
        )


class Terms(StrEnum):
    """When an invoice is due: on its date, or that many days later."""

    PREPAID = "prepaid"
    TOP30 = "top30"

    @property
    def label(self) -> str:
        """The terms as buyers know them."""
        return str({Terms.PREPAID: _l("Pembayaran langsung"), Terms.TOP30: _l("Tempo 30 hari")}[self])

    @property
    def days(self) -> int:
        """Days from the invoice's date to its due date."""
        return {Terms.PREPAID: 0, Terms.TOP30: 30}[self]


BANKS = {
    "002": "BRI",
    "008": "Mandiri",
    "009": "BNI",
    "014": "BCA",
    "022": "CIMB Niaga",
    "110": "BJB",
    "200": "BTN",
    "451": "BSI",
}
"""Bank codes a payout can be sent to."""
