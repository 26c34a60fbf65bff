"""The timeline of an order in words."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from market.formats import number, rupiah
from market.lifecycle import Tone
from orders.purchasing.events import EventKind
from orders.purchasing.models import OrderEvent

_TITLES = {
    EventKind.SUBMITTED: _l("Pesanan dibuat, menunggu persetujuan"),
    EventKind.PLACED: _l("Pesanan dibuat dan dikirim ke penjual"),
    EventKind.APPROVED: _l("Pesanan disetujui dan dikirim ke penjual"),
    EventKind.REJECTED: _l("Pesanan tidak disetujui"),
    EventKind.CANCELLED: _l("Pesanan dibatalkan"),
    EventKind.INVOICED: _l("Tagihan %(invoice)s terbit: %(total)s"),
    EventKind.PAID: _l("Tagihan %(invoice)s lunas"),
}
_TONES = {
    EventKind.SUBMITTED: Tone.WAITING,
    EventKind.REJECTED: Tone.REFUSED,
    EventKind.CANCELLED: Tone.REFUSED,
    EventKind.DECLINED: Tone.REFUSED,
    EventKind.RECEIVED: Tone.DONE,
    EventKind.PAID: Tone.DONE,
}


def tell(events: Iterable[OrderEvent]) -> list[dict[str, Any]]:
    """The events as the timeline of a page shows them."""
    return [
        {"at": event.at, "title": title_of(event), "by": event.by_name, "note": event.note, "tone": tone_of(event)}
        for event in events
    ]


def title_of(event: OrderEvent) -> str:
    """What happened, as one sentence."""
    kind, details = EventKind(event.kind), event.details
    if kind is EventKind.ACCEPTED:
        return _("%(seller)s menerima pesanan", seller=details["seller"])
    if kind is EventKind.DECLINED:
        return _("%(seller)s menolak %(goods)s", seller=details["seller"], goods=_goods(details))
    if kind is EventKind.SHIPPED:
        return _("%(seller)s mengirim %(goods)s", seller=details["seller"], goods=_goods(details))
    if kind is EventKind.RECEIVED:
        return _received(details)
    return str(_TITLES[kind]) % {"invoice": details.get("invoice"), "total": rupiah(details.get("total"))}


def tone_of(event: OrderEvent) -> Tone:
    """The colour of what happened."""
    if event.kind == EventKind.RECEIVED and event.details["rejected"]:
        return Tone.REFUSED
    return _TONES.get(EventKind(event.kind), Tone.ACTIVE)


def _goods(details: dict[str, Any]) -> str:
    lines = details["lines"]
    if len(lines) == 1:
        return f"{number(lines[0]['quantity'])} {lines[0]['unit']} {lines[0]['name']}"
    return ngettext("%(num)s macam barang", "%(num)s macam barang", len(lines))


def _received(details: dict[str, Any]) -> str:
    if not details["rejected"]:
        return _("%(shipment)s diterima: %(accepted)s baik", **_figures(details))
    return _("%(shipment)s diterima: %(accepted)s baik, %(rejected)s ditolak", **_figures(details))


def _figures(details: dict[str, Any]) -> dict[str, str]:
    return {
        "shipment": details["shipment"],
        "accepted": number(details["accepted"]),
        "rejected": number(details["rejected"]),
    }
