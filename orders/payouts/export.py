"""The list of due payouts for the bank's own software."""

import csv
import io
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import pgettext

from market.organisations.kinds import BANKS
from orders.payouts.models import Payout

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def due_payouts_csv(payouts: Iterable[Payout]) -> str:
    """One line for each payout: bank code, bank, account, holder, amount in rupiah, reference and seller.

    Names come from sellers, so none may be taken for a formula by the spreadsheet that opens the file.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            _("Kode bank"),
            _("Bank"),
            _("Nomor rekening"),
            _("Nama pemilik rekening"),
            pgettext("money", "Jumlah"),
            _("Referensi"),
            _("Penjual"),
        ]
    )
    for payout in payouts:
        seller = payout.seller
        cells = [
            seller.bank_code or "",
            BANKS.get(seller.bank_code or "", ""),
            seller.bank_account or "",
            seller.bank_holder or "",
            str(payout.amount),
            payout.number,
            seller.name,
        ]
        writer.writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would compute is kept as words by an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
