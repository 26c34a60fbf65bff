"""Letters about shipments."""

from flask_babel import gettext as _

from market import jobs
from market.accounts.roles import Role
from market.db import session
from market.letters import write_to
from orders.fulfilment.models import Shipment


@jobs.task("orders.announce_shipped")
def announce_shipped(shipment_id: int) -> None:
    """Tell the buyer's receiving staff that goods are on their way."""
    shipment = session.get_one(Shipment, shipment_id)
    part = shipment.seller_order
    write_to(
        part.order.buyer_id,
        Role.RECEIVING,
        subject=_(
            "%(seller)s mengirim barang: surat jalan %(number)s", seller=part.seller.name, number=shipment.number
        ),
        text=_(
            "Barang pesanan %(order)s sedang menuju %(place)s.\n\n"
            "Setelah tiba, hitung barangnya di Pasok pada surat jalan %(number)s.",
            order=part.order.number,
            place=part.order.ship_to_name or part.order.buyer.name,
            number=shipment.number,
        ),
    )
