"""The certificates a product may carry, and how their numbers are usually written.

The forms of numbers are those that each authority prints. A number in another form is never refused: forms change, and
old certificates keep theirs. It is pointed out to the seller and to the cooperative.
"""

import re
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

REMINDED_DAYS = (60, 14)
"""So many days before its end the seller is reminded of a certificate."""

SOON = max(REMINDED_DAYS)
"""Days; a certificate that ends within them ends soon."""


class CertificateKind(StrEnum):
    """The marks factories ask for; halal, P-IRT, BPOM and SLHS concern food, TKDN local content."""

    HALAL = "halal"
    PIRT = "pirt"
    BPOM = "bpom"
    SNI = "sni"
    TKDN = "tkdn"
    SLHS = "slhs"
    ISO = "iso"

    @property
    def label(self) -> str:
        """The mark as it is written."""
        return {"halal": "Halal", "pirt": "P-IRT"}.get(self.value, self.value.upper())

    @property
    def about(self) -> str:
        """What the mark says, in one sentence."""
        return str(_ABOUT[self])

    @property
    def example(self) -> str:
        """A number as it is usually written."""
        return _EXAMPLES[self]


_ABOUT = {
    CertificateKind.HALAL: _l("Sertifikat halal dari BPJPH: bahan dan cara membuatnya sudah diperiksa halal."),
    CertificateKind.PIRT: _l("Izin dinas kesehatan untuk pangan olahan industri rumah tangga; berlaku lima tahun."),
    CertificateKind.BPOM: _l("Izin edar BPOM untuk pangan olahan: MD buatan dalam negeri, ML impor."),
    CertificateKind.SNI: _l("Barang memenuhi Standar Nasional Indonesia yang disebut nomornya."),
    CertificateKind.TKDN: _l("Berapa persen isi barang berasal dari dalam negeri, menurut sertifikat Kemenperin."),
    CertificateKind.SLHS: _l("Sertifikat laik higiene sanitasi dapur atau jasa boga dari dinas kesehatan."),
    CertificateKind.ISO: _l("Cara kerja usaha sudah diaudit menurut standar ISO yang disebut nomornya."),
}

_EXAMPLES = {
    CertificateKind.HALAL: "ID32110000934120824",
    CertificateKind.PIRT: "2063275011820-29",
    CertificateKind.BPOM: "MD 265210034918",
    CertificateKind.SNI: "SNI 01-2891-1992",
    CertificateKind.TKDN: "42,50%",
    CertificateKind.SLHS: "503.4/0218/Dinkes/2025",
    CertificateKind.ISO: "ISO 9001:2015",
}

_PIRT = re.compile(r"(?:P-?IRT )?(?:NO\.? ?)?[0-9]{13}-([0-9]{2})")
_TKDN = re.compile(r"(?:TKDN )?([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?")
_FORMS = {
    CertificateKind.HALAL: re.compile(r"ID ?[0-9]{17}"),
    CertificateKind.PIRT: _PIRT,
    CertificateKind.BPOM: re.compile(r"(?:BPOM )?(?:RI )?M[DL] ?[0-9]{12}"),
    CertificateKind.SNI: re.compile(r"SNI (?:(?:ISO|IEC|ISO/IEC) )?[0-9]+(?:[-.][0-9]+)*[-:][0-9]{4}"),
    CertificateKind.TKDN: _TKDN,
    CertificateKind.SLHS: re.compile(r".*[0-9].*"),
    CertificateKind.ISO: re.compile(r"ISO(?:/[A-Z]{2,3})? ?[0-9]{3,5}(?:-[0-9]{1,3})?:[0-9]{4}"),
}


def format_warning(kind: CertificateKind, number: str, expires_on: date | None) -> str | None:
    """What looks wrong about a certificate, in a sentence for its seller; None when nothing does.

    P-IRT has 13 digits and, after a hyphen, the year until which it holds; BPOM MD or ML and 12 digits; halal ID and
    17 digits; TKDN is a percentage.
    """
    written = " ".join(number.upper().split())
    if not written:
        return _("Nomornya belum diisi.")
    found = _FORMS[kind].fullmatch(written)
    if found is None:
        return _(
            "Nomor %(kind)s biasanya ditulis seperti %(example)s. Periksa sekali lagi.",
            kind=kind.label,
            example=kind.example,
        )
    if kind is CertificateKind.PIRT:
        return _pirt_warning(2000 + int(found[1]), expires_on)
    if kind is CertificateKind.TKDN and float(found[1].replace(",", ".")) > 100:
        return _("TKDN paling tinggi 100%.")
    return None


def _pirt_warning(year: int, expires_on: date | None) -> str | None:
    if expires_on is None:
        return _("Nomor ini menyebut masa berlaku sampai %(year)s. Isi juga tanggalnya.", year=year)
    if expires_on.year != year:
        return _(
            "Menurut nomornya berlaku sampai %(year)s, tetapi tanggalnya tahun %(written)s. Periksa keduanya.",
            year=year,
            written=expires_on.year,
        )
    return None
