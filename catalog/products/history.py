"""The history of a product in words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog.products.certificates import CertificateKind
from market.audit import AuditRecord
from market.formats import date_short, rupiah
from market.lifecycle import Tone

DEEDS: dict[str, tuple[Any, Tone]] = {
    "product_created": (_l("Produk dibuat"), Tone.IDLE),
    "product_imported": (_l("Produk diimpor"), Tone.IDLE),
    "product_changed": (_l("Produk diubah"), Tone.IDLE),
    "product_picture_added": (_l("Gambar ditambahkan"), Tone.IDLE),
    "product_picture_removed": (_l("Gambar dihapus"), Tone.IDLE),
    "product_pictures_ordered": (_l("Urutan gambar diubah"), Tone.IDLE),
    "product_draft": (_l("Ditarik kembali menjadi konsep"), Tone.IDLE),
    "product_submitted": (_l("Dikirim ke koperasi"), Tone.WAITING),
    "product_published": (_l("Disetujui dan tayang"), Tone.DONE),
    "product_rejected": (_l("Ditolak koperasi"), Tone.REFUSED),
    "certificate_verified": (_l("Sertifikat diperiksa koperasi"), Tone.DONE),
    "certificate_refused": (_l("Sertifikat tidak diterima"), Tone.REFUSED),
    "product_price_planned": (_l("Perubahan harga direncanakan"), Tone.IDLE),
    "product_price_plan_dropped": (_l("Rencana perubahan harga dibatalkan"), Tone.IDLE),
    "product_price_came_due": (_l("Harga yang direncanakan mulai berlaku"), Tone.IDLE),
    "product_withdrawn": (_l("Ditarik dari penjualan"), Tone.IDLE),
    "product_change_requested": (_l("Perubahan dikirim ke koperasi"), Tone.WAITING),
    "product_change_approved": (_l("Perubahan disetujui"), Tone.DONE),
    "product_change_rejected": (_l("Perubahan ditolak koperasi"), Tone.REFUSED),
    "product_change_withdrawn": (_l("Perubahan ditarik kembali"), Tone.IDLE),
}

FIELDS: dict[str, Any] = {
    "name": _l("nama"),
    "category": _l("kategori"),
    "description": _l("deskripsi"),
    "specification": _l("spesifikasi"),
    "attributes": _l("keterangan barang"),
    "unit": _l("satuan"),
    "content_unit": _l("satuan isi"),
    "certificates": _l("sertifikat"),
    "pictures": _l("gambar"),
    "options": _l("pilihan varian"),
    "variants": _l("varian"),
    "sku": _l("kode barang"),
    "price": _l("harga"),
    "floor_price": _l("harga terendah"),
    "tiers": _l("harga grosir"),
    "content": _l("isi"),
    "min_order": _l("minimal pembelian"),
    "min_order_together": _l("minimal semua varian"),
    "order_multiple": _l("kelipatan"),
    "weekly_capacity": _l("kapasitas seminggu"),
    "lead_time_days": _l("lama pengerjaan"),
}
"""Everything that can be said of a product, in the order in which people read it."""


def field_names(fields: Iterable[str]) -> str:
    """These fields in one line: "nama, gambar"."""
    wanted = set(fields)
    return ", ".join(str(words) for field, words in FIELDS.items() if field in wanted)


def event(record: AuditRecord) -> dict[str, Any]:
    """One deed as the timeline shows it."""
    title, tone = DEEDS[record.action]
    if mark := record.details.get("certificate"):
        title = f"{title}: {CertificateKind(mark).label}"
    changed = field_names(record.details.get("changes", {}))
    return {
        "at": record.at,
        "title": title,
        "tone": tone,
        "by": record.by_user.name if record.by_user else _("Pengelola"),
        "note": record.note or _planned(record) or (_("Yang berubah: %(fields)s", fields=changed) if changed else None),
    }


def _planned(record: AuditRecord) -> str | None:
    """A list price that was planned, or no longer is."""
    planned = record.details.get("planned")
    if not planned:
        return None
    words = _(
        "mulai %(day)s: %(price)s",
        day=date_short(date.fromisoformat(planned["starts_on"])),
        price=rupiah(planned["price"]),
    )
    return f"{record.details['variant']}, {words}" if record.details["variant"] else words
