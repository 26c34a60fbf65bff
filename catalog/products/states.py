"""The states of products, of their certificates and of what is asked to change, and why things are given back."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class ProductState(State):
    """A seller drafts and submits; the cooperative publishes or rejects; the seller may withdraw."""

    DRAFT = "draft", _l("Konsep"), Tone.IDLE
    SUBMITTED = "submitted", _l("Menunggu persetujuan koperasi"), Tone.WAITING
    PUBLISHED = "published", _l("Tayang"), Tone.DONE
    REJECTED = "rejected", _l("Ditolak"), Tone.REFUSED
    WITHDRAWN = "withdrawn", _l("Ditarik"), Tone.IDLE


TRANSITIONS: Transitions[ProductState] = {
    ProductState.DRAFT: frozenset({ProductState.SUBMITTED}),
    ProductState.SUBMITTED: frozenset({ProductState.PUBLISHED, ProductState.REJECTED, ProductState.DRAFT}),
    ProductState.REJECTED: frozenset({ProductState.SUBMITTED}),
    ProductState.PUBLISHED: frozenset({ProductState.WITHDRAWN, ProductState.SUBMITTED}),
    ProductState.WITHDRAWN: frozenset({ProductState.SUBMITTED}),
}


class Waiting(StrEnum):
    """What waits for the cooperative: new products, changes to published ones, or both."""

    ALL = "waiting"
    NEW = "submitted"
    CHANGED = "changed"


class CertificateState(State):
    """What the cooperative says of a certificate."""

    UNVERIFIED = "unverified", _l("Belum diperiksa"), Tone.WAITING
    VERIFIED = "verified", _l("Diperiksa koperasi"), Tone.DONE
    REFUSED = "refused", _l("Tidak diterima"), Tone.REFUSED


CERTIFICATE_TRANSITIONS: Transitions[CertificateState] = {
    CertificateState.UNVERIFIED: frozenset({CertificateState.VERIFIED, CertificateState.REFUSED}),
    CertificateState.VERIFIED: frozenset({CertificateState.REFUSED, CertificateState.UNVERIFIED}),
    CertificateState.REFUSED: frozenset({CertificateState.VERIFIED, CertificateState.UNVERIFIED}),
}
"""The cooperative may change its mind; a certificate with another number, day or file is one that nobody looked at."""


class ChangeState(State):
    """The seller asks; the cooperative approves or rejects; the seller may take it back."""

    PENDING = "pending", _l("Menunggu persetujuan koperasi"), Tone.WAITING
    APPROVED = "approved", _l("Disetujui"), Tone.DONE
    REJECTED = "rejected", _l("Ditolak"), Tone.REFUSED
    WITHDRAWN = "withdrawn", _l("Ditarik"), Tone.IDLE


CHANGE_TRANSITIONS: Transitions[ChangeState] = {
    ChangeState.PENDING: frozenset({ChangeState.APPROVED, ChangeState.REJECTED, ChangeState.WITHDRAWN}),
    ChangeState.APPROVED: frozenset(),
    ChangeState.REJECTED: frozenset(),
    ChangeState.WITHDRAWN: frozenset(),
}


class ReasonKind(StrEnum):
    """Why a cooperative gives a product or a change back, from a list."""

    NAME = "name"
    CATEGORY = "category"
    SPECIFICATION = "specification"
    PICTURE = "picture"
    PRICE = "price"
    CERTIFICATE = "certificate"
    DUPLICATE = "duplicate"
    FORBIDDEN = "forbidden"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as the seller reads it."""
        return str(_REASONS[self])


_REASONS = {
    ReasonKind.NAME: _l("Nama tidak jelas atau tidak sesuai barangnya"),
    ReasonKind.CATEGORY: _l("Kategori tidak tepat"),
    ReasonKind.SPECIFICATION: _l("Spesifikasi atau deskripsi kurang lengkap"),
    ReasonKind.PICTURE: _l("Gambar tidak jelas atau bukan barangnya"),
    ReasonKind.PRICE: _l("Harga tidak wajar"),
    ReasonKind.CERTIFICATE: _l("Sertifikat tidak sah atau tidak terbaca"),
    ReasonKind.DUPLICATE: _l("Produk ini sudah ada"),
    ReasonKind.FORBIDDEN: _l("Barang ini tidak boleh dijual di sini"),
    ReasonKind.OTHER: _l("Alasan lain"),
}
