"""The chart of accounts that every cooperative's books begin with."""

from dataclasses import dataclass
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


@dataclass(frozen=True, order=True)
class Account:
    """An account as an operation names it: its number and, where it is kept per party, whose it is."""

    code: Code
    party_id: int | None = None

    def __post_init__(self) -> None:
        if self.code.kept_per_party != (self.party_id is not None):
            raise ValueError(f"{self.code.name} is {'' if self.code.kept_per_party else 'not '}kept per party")


def receivable_from(buyer_id: int) -> Account:
    """What a buyer owes the cooperative."""
    return Account(Code.RECEIVABLE, buyer_id)


def payable_to(seller_id: int) -> Account:
    """What the cooperative owes a seller."""
    return Account(Code.PAYABLE, seller_id)


BANK = Account(Code.BANK)
CARD_CLEARING = Account(Code.CARD_CLEARING)
CARD_FEES = Account(Code.CARD_FEES)
VAT_IN = Account(Code.VAT_IN)
VAT_OUT = Account(Code.VAT_OUT)
SALES = Account(Code.SALES)
MARGIN = Account(Code.MARGIN)
COST_OF_SALES = Account(Code.COST_OF_SALES)
