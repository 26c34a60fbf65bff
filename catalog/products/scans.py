"""Scans of certificates: what people send, made into what we keep.

A PDF stays as it is, for its signature would be lost otherwise; a photograph is written anew, so that it carries
neither the place where it was taken nor anything that only looks like a picture. What a file is called says nothing
about what is in it.
"""

from typing import NamedTuple

from flask_babel import gettext as _

from catalog.products import images
from market import db, files
from market.errors import Invalid

FOLDER = "certificates"
"""Where the store keeps them. Unlike pictures they are only for some: see `views/scans.py`."""

MAX_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 80

_PDF_BEGINS, _PDF_ENDS = b"%PDF-", b"%%EOF"
_AFTER_END = 2048
"""Bytes in which the end of a PDF must stand; some scanners add a little behind it."""

_PICTURES_BEGIN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
"""JPEG, PNG, WebP."""


class Scan(NamedTuple):
    """A file as it was sent: its content, and what the person calls it."""

    content: bytes
    name: str


class KeptScan(NamedTuple):
    """A file in the store: its key, and what the person calls it."""

    key: str
    name: str


def keep_scan(scan: Scan) -> KeptScan:
    """Keep the file that a person sent; raises Invalid when it is neither a PDF nor a picture, or StoreAway.

    It may take seconds, so the database is let go meanwhile.
    """
    if not scan.content:
        raise Invalid(_("Berkas ini kosong. Pilih berkas lain."), field="scan")
    if len(scan.content) > MAX_BYTES:
        raise Invalid(_("Berkas paling besar 10 MB. Kecilkan dulu, lalu kirim lagi."), field="scan")
    db.let_go()
    content, suffix = _prepared(scan.content)
    return KeptScan(files.store.save(content, folder=FOLDER, suffix=suffix), _name(scan.name) + suffix)


def _prepared(content: bytes) -> tuple[bytes, str]:
    """What is kept of a file, and the ending of its name."""
    if content.startswith(_PDF_BEGINS):
        if _PDF_ENDS not in content[-_AFTER_END:]:
            words = _("PDF ini tidak utuh: bagian akhirnya tidak ada. Simpan ulang, lalu kirim lagi.")
            raise Invalid(words, field="scan")
        return content, ".pdf"
    if not content.startswith(_PICTURES_BEGIN):
        raise Invalid(_("Berkas ini bukan PDF atau gambar. Kirim PDF, JPG, atau PNG."), field="scan")
    try:
        return images.prepare(content).large, ".webp"
    except Invalid as error:
        raise Invalid(error.text, field="scan") from error


def _name(sent: str) -> str:
    """What the file is called, without the folders some browsers send and without what it claims to be."""
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    written = "".join(letter for letter in stem if letter.isprintable() and db.storable(letter)).strip()
    return written[:LONGEST_NAME].strip() or _("sertifikat")
