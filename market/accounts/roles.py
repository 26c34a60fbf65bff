"""What a person may do for an organisation."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Role(StrEnum):
    """A person's role in one organisation; one person may hold several."""

    SELLER = "seller"
    BUYER = "buyer"
    APPROVER = "approver"
    RECEIVING = "receiving"
    FINANCE = "finance"
    ADMIN = "admin"
    TREASURER = "treasurer"
    PLATFORM = "platform"

    @property
    def label(self) -> str:
        """The role as people call it."""
        return str(_LABELS[self])


FACTORY = (Role.BUYER, Role.APPROVER, Role.RECEIVING, Role.FINANCE)
"""Everybody who acts for a company that buys."""

_LABELS = {
    Role.SELLER: _l("Penjual"),
    Role.BUYER: _l("Staf pembelian"),
    Role.APPROVER: _l("Pemberi persetujuan"),
    Role.RECEIVING: _l("Penerima barang"),
    Role.FINANCE: _l("Keuangan"),
    Role.ADMIN: _l("Pengurus koperasi"),
    Role.TREASURER: _l("Bendahara"),
    Role.PLATFORM: _l("Pengelola platform"),
}
