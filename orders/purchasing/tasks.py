"""Letters about orders, written once the change they tell of is committed."""

from flask_babel import gettext as _

from market import jobs, mail
from market.accounts.roles import Role
from market.db import atomic, session
from market.formats import rupiah
from market.letters import write_to
from orders.purchasing.models import Order, SellerOrder


@jobs.task("orders.ask_approval")
def ask_approval(order_id: int) -> None:
    """Tell the buyer's approvers that an order waits for them."""
    order = session.get_one(Order, order_id)
    write_to(
        order.buyer_id,
        Role.APPROVER,
        subject=_("Pesanan %(number)s menunggu persetujuan", number=order.number),
        text=_(
            "%(person)s memesan barang senilai %(total)s termasuk PPN. Stoknya sudah ditahan.\n\n"
            "Buka pesanan %(number)s di Pasok untuk menyetujui atau menolaknya.",
            person=order.placed_by.name,
            total=rupiah(order.total),
            number=order.number,
        ),
    )


@jobs.task("orders.announce_placed")
def announce_placed(order_id: int) -> None:
    """Tell each seller of its part of a new order."""
    order = session.get_one(Order, order_id)
    for part in order.seller_orders:
        write_to(
            part.seller_id,
            Role.SELLER,
            subject=_("Pesanan baru %(number)s dari %(buyer)s", number=part.number, buyer=order.buyer.name),
            text=_(
                "%(buyer)s memesan %(lines)s macam barang. Anda akan menerima %(amount)s setelah barang diterima "
                "dan dibayar.\n\nBuka pesanan %(number)s di Pasok untuk menerima atau menolaknya.",
                buyer=order.buyer.name,
                lines=len(part.lines),
                amount=rupiah(part.seller_amount + part.seller_tax),
                number=part.number,
            ),
        )


@jobs.task("orders.announce_rejected")
def announce_rejected(order_id: int) -> None:
    """Tell whoever placed an order that it was not approved."""
    order = session.get_one(Order, order_id)
    _write_to_placer(
        order,
        subject=_("Pesanan %(number)s tidak disetujui", number=order.number),
        text=_("Alasan: %(reason)s\n\nStok yang ditahan sudah dilepas.", reason=order.state_reason),
    )


@jobs.task("orders.announce_cancelled")
def announce_cancelled(order_id: int) -> None:
    """Tell the sellers who knew of an order that it was cancelled."""
    order = session.get_one(Order, order_id)
    for part in order.seller_orders:
        if part.placed_at is not None:
            write_to(
                part.seller_id,
                Role.SELLER,
                subject=_("Pesanan %(number)s dibatalkan pembeli", number=part.number),
                text=_(
                    "%(buyer)s membatalkan pesanan %(number)s. Alasan: %(reason)s\n\nStok Anda sudah dilepas.",
                    buyer=order.buyer.name,
                    number=part.number,
                    reason=order.state_reason,
                ),
            )


@jobs.task("orders.announce_declined")
def announce_declined(seller_order_id: int, reason: str) -> None:
    """Tell whoever placed an order that a seller will not deliver all of it."""
    part = session.get_one(SellerOrder, seller_order_id)
    _write_to_placer(
        part.order,
        subject=_(
            "%(seller)s menolak barang pada pesanan %(number)s", seller=part.seller.name, number=part.order.number
        ),
        text=_(
            "Alasan: %(reason)s\n\nBuka pesanan %(number)s di Pasok untuk melihat barang yang tidak dikirim.",
            reason=reason,
            number=part.order.number,
        ),
    )


def _write_to_placer(order: Order, *, subject: str, text: str) -> None:
    with atomic():
        mail.write(to=order.placed_by.email, subject=subject, text=text)
