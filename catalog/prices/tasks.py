"""The jobs of prices."""

from flask_babel import gettext as _

from catalog.prices import operations
from catalog.prices.models import ContractPrice
from market import jobs
from market.accounts.roles import Role
from market.db import session
from market.formats import date_id
from market.letters import write_to


@jobs.task("prices.apply_due", cron="2 * * * *")
def apply_due(timestamp: int | None = None) -> None:
    """Write planned prices that hold by now into their offers.

    The clock of jobs is UTC, so 17:02 is just after midnight in Jakarta; every hour, because an hour in which no
    worker ran is not made up for. See `operations.apply_due_changes`.
    """
    operations.apply_due_changes()


@jobs.task("prices.announce_contract")
def announce_contract(contract_id: int) -> None:
    """Tell the buyer which contract its seller has written down."""
    line = session.get_one(ContractPrice, contract_id)
    seller = line.offer.product.seller.name
    write_to(
        line.buyer_id,
        Role.BUYER,
        subject=_("Kontrak %(number)s dengan %(seller)s tercatat di Pasok", number=line.number, seller=seller),
        text=_(
            "%(seller)s mencatat harga kontrak %(number)s untuk perusahaan Anda. Harganya berlaku mulai %(day)s dan "
            "dipakai sendiri di keranjang Anda.\n\nBuka Harga kontrak di Pasok untuk melihat barang dan harganya.",
            seller=seller,
            number=line.number,
            day=date_id(line.starts_on),
        ),
    )


@jobs.task("prices.announce_call_off")
def announce_call_off(contract_id: int) -> None:
    """Tell the buyer that its seller has ended a contract, or a price of it, before its time."""
    line = session.get_one(ContractPrice, contract_id)
    seller = line.offer.product.seller.name
    write_to(
        line.buyer_id,
        Role.BUYER,
        subject=_("%(seller)s menghentikan harga kontrak %(number)s", number=line.number, seller=seller),
        text=_(
            "%(seller)s menghentikan kontrak %(number)s atau sebagian harganya sebelum waktunya. Pesanan yang sudah "
            "dibuat tetap memakai harga kontrak.\n\nBuka Harga kontrak di Pasok untuk melihat yang masih berlaku.",
            seller=seller,
            number=line.number,
        ),
    )
