"""The chart of accounts that every cooperative's books begin with."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Code(StrEnum):
    """An account's number in the chart."""

    BANK = "1-1100"
    CARD_CLEARING = "1-1150"
    RECEIVABLE = "1-1200"
    VAT_IN = "1-1300"
    PAYABLE = "2-1100"
    VAT_OUT = "2-1200"
    SALES = "4-1000"
    MARGIN = "4-1100"
    COST_OF_SALES = "5-1000"
    CARD_FEES = "6-1100"

    @property
    def label(self) -> str:
        """The account's name."""
        return str(_LABELS[self])

    @property
    def kept_per_party(self) -> bool:
        """Whether the account is kept apart for each buyer or seller."""
        return self in (Code.RECEIVABLE, Code.PAYABLE)

    @property
    def debit_side(self) -> bool:
        """Whether the account normally stands on the debit side."""
        return self[0] in "156"


_LABELS = {
    Code.BANK: _l("Bank"),
    Code.CARD_CLEARING: _l("Dana kartu dalam proses"),
    Code.RECEIVABLE: _l("Piutang pembeli"),
    Code.VAT_IN: _l("PPN masukan"),
    Code.PAYABLE: _l("Utang kepada penjual"),
    Code.VAT_OUT: _l("PPN keluaran"),
    Code.SALES: _l("Penjualan"),
    Code.MARGIN: _l("Pendapatan marjin"),
    Code.COST_OF_SALES: _l("Harga pokok penjualan"),
    Code.CARD_FEES: _l("Biaya pembayaran kartu"),
}
