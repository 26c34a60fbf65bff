"""What can go wrong with shipments and receipts."""

from flask_babel import lazy_gettext as _l

from market.errors import IllegalTransition, Invalid


class EmptyShipment(Invalid):
    """A shipment without goods."""

    message = _l("Isi jumlah barang yang dikirim.")


class EmptyReceipt(Invalid):
    """A receipt that counts nothing."""

    message = _l("Isi jumlah barang yang dihitung.")


class EmptyReturn(Invalid):
    """Nothing is put back into stock."""

    message = _l("Isi jumlah barang yang masuk kembali ke stok.")


class CountedTwice(Invalid):
    """One receipt names the same line twice."""

    message = _l("Barang ini sudah ada di baris lain. Tulis setiap barang satu kali saja.")


class TooMany(Invalid):
    """More pieces than there are to ship or to count."""


class ReasonMissing(Invalid):
    """Goods cannot be rejected without saying why."""

    message = _l("Tulis alasan barang ditolak.")


class NotAccepted(IllegalTransition):
    """A seller ships only orders that it has accepted, and only while something of them is left to ship."""

    message = _l("Pesanan ini tidak dapat dikirim: belum diterima, sudah dikirim semua, atau sudah dibatalkan.")


class AlreadyCounted(IllegalTransition):
    """Every piece of the shipment was counted, perhaps by a colleague a moment ago."""

    message = _l("Surat jalan ini sudah dihitung semua.")
