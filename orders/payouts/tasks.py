"""Letters about payouts, written after the change they tell of was committed."""

from flask_babel import gettext as _

from market import jobs
from market.accounts.roles import Role
from market.db import session
from market.formats import rupiah
from market.letters import write_to
from market.organisations.kinds import BANKS
from orders.payouts.models import Payout


@jobs.task("payouts.announce_transferred")
def announce_transferred(payout_id: int) -> None:
    """Tell the seller that its money was sent."""
    payout = session.get_one(Payout, payout_id)
    write_to(
        payout.seller_id,
        Role.SELLER,
        subject=_("Dana %(amount)s sudah ditransfer", amount=rupiah(payout.amount)),
        text=_(
            "%(cooperative)s mentransfer %(amount)s ke rekening %(bank)s %(account)s atas nama %(holder)s.\n"
            "Nomor referensi: %(reference)s\n\nRincian tagihannya ada di pencairan %(number)s di Pasok.",
            cooperative=payout.cooperative.name,
            amount=rupiah(payout.amount),
            bank=BANKS.get(payout.bank_code or "", payout.bank_code or ""),
            account=payout.bank_account,
            holder=payout.bank_holder,
            reference=payout.transfer_reference,
            number=payout.number,
        ),
    )
