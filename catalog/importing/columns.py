"""Which column says what: by heading, in either language, in any order."""

from flask_babel import gettext as _

from catalog.importing.errors import UnreadableFile

HEADINGS = {
    "sku": ("sku", "kode", "kode_barang"),
    "name": ("nama", "name", "nama_produk"),
    "category": ("kategori", "category"),
    "description": ("deskripsi", "description"),
    "unit": ("satuan", "unit"),
    "price": ("harga", "price"),
    "min_order": ("minimal", "min_order"),
    "order_multiple": ("kelipatan", "order_multiple"),
    "stock": ("stok", "stock"),
    "lead_time_days": ("lama", "lead_time_days"),
}
"""Each column with the headings it goes by; spaces and capitals do not matter."""

REQUIRED = ("sku", "name", "price")

_COLUMNS = {heading: column for column, headings in HEADINGS.items() for heading in headings}


def find_columns(heading: list[str]) -> dict[str, int]:
    """Where each known column stands; raises UnreadableFile when a needed one is missing or one stands there twice."""
    found: dict[str, int] = {}
    for position, words in enumerate(heading):
        column = _COLUMNS.get("_".join(words.lower().split()))
        if column is None:
            continue
        if column in found:
            raise UnreadableFile(_('Kolom "%(heading)s" ada dua kali.', heading=words))
        found[column] = position
    missing = [HEADINGS[column][0] for column in REQUIRED if column not in found]
    if missing:
        raise UnreadableFile(_("Kolom ini harus ada di baris judul: %(missing)s.", missing=", ".join(missing)))
    return found
