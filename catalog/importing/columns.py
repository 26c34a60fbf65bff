"""The columns of a file: what they are called in either language, what stands in them, and where they are found."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog.importing import limits
from catalog.importing.errors import UnreadableFile
from catalog.importing.lines import Line


class Column(NamedTuple):
    """One column: its field, its heading in each language, and what people are told about it."""

    field: str
    heading: str
    english: str
    label: Any
    help: Any
    example: str = ""
    also: tuple[str, ...] = ()
    """Other headings that mean the same."""


COLUMNS = (
    Column("sku", "sku", "sku", _l("Kode barang"), _l("Kode Anda sendiri, satu untuk setiap barang. Wajib diisi."),
           "KRD-40", ("kode", "kode_barang")),
    Column("parent", "induk", "parent", _l("Induk"),
           _l("Untuk varian: kode barang dari varian pertama produk yang sama. Kosongkan untuk produk biasa.")),
    Column("options", "varian", "variant", _l("Varian"),
           _l('Yang membedakan varian ini, misalnya "Ukuran: L; Warna: Putih".')),
    Column("name", "nama", "name", _l("Nama"), _l("Nama produk seperti yang dicari pembeli. Wajib diisi."),
           "Kardus polos 40 × 30 × 30 cm", ("nama_produk",)),
    Column("category", "kategori", "category", _l("Kategori"), _l("Pilih dari daftar."), "Kardus polos"),
    Column("description", "deskripsi", "description", _l("Deskripsi"), _l("Bahan, mutu, dan kegunaannya."),
           "Kardus satu dinding, cocok untuk pengiriman barang sampai 10 kg."),
    Column("specification", "spesifikasi", "specification", _l("Spesifikasi"),
           _l('Ukuran dan lainnya, misalnya "Bahan: Kraft; Tebal: 3 mm".'), "Bahan: Kraft; Tebal: 3 mm"),
    Column("unit", "satuan", "unit", _l("Satuan"), _l("Pilih dari daftar: pcs, dus, kg, …"), "dus"),
    Column("content", "isi", "content", _l("Isi"), _l("Berapa isi satu satuan, misalnya 24 untuk satu dus isi 24."),
           "25"),
    Column("content_unit", "satuan_isi", "content_unit", _l("Satuan isi"), _l("Satuan dari isinya."), "pcs"),
    Column("price", "harga", "price", _l("Harga"),
           _l("Rupiah untuk satu satuan, yang dibayar pembeli, sebelum PPN. Wajib diisi."), "87500"),
    Column("tiers", "harga_grosir", "tiers", _l("Harga grosir"),
           _l('Harga lebih murah mulai jumlah tertentu, misalnya "10:2000; 50:1900".'), "10:85000; 50:82500"),
    Column("min_order", "minimal", "min_order", _l("Minimal pembelian"), _l("Paling sedikit dibeli sekali pesan."),
           "5"),
    Column("order_multiple", "kelipatan", "order_multiple", _l("Kelipatan"), _l("Dijual per berapa satuan."), "1"),
    Column("min_order_together", "minimal_gabungan", "min_order_together", _l("Minimal gabungan"),
           _l("Paling sedikit dibeli dari semua varian bersama-sama; 0 berarti tidak ada.")),
    Column("stock", "stok", "stock", _l("Stok"), _l("Jumlah barang yang ada, termasuk yang sudah dipesan."), "200"),
    Column("weekly_capacity", "kapasitas", "weekly_capacity", _l("Kapasitas per minggu"),
           _l("Untuk barang yang dibuat setelah dipesan: berapa satuan seminggu; 0 berarti dijual dari stok.")),
    Column("lead_time_days", "lama", "lead_time_days", _l("Lama pengerjaan"), _l("Hari sampai siap dikirim."), "3"),
)  # fmt: skip
"""Every column, in the order of the template; the attributes of categories follow them."""

REQUIRED = ("sku", "name", "price")

BY_FIELD = {column.field: column for column in COLUMNS}

MARKS = re.compile(r"\([^)]*\)|[*:]")
"""What people write around a heading: "Harga (Rp)", "Nama*"."""


def plain_heading(words: str) -> str:
    """A heading as it is compared: small letters, one _ between words, without marks and units."""
    return "_".join(re.split(r"[\W_]+", MARKS.sub(" ", words).strip().lower())).strip("_")


_FIELDS = {
    plain_heading(heading): column.field
    for column in COLUMNS
    for heading in (column.heading, column.english, *column.also)
}


class Heading(NamedTuple):
    """Where each field stands, where each attribute does (by its plain heading), and what nobody knows."""

    fields: dict[str, int]
    attributes: dict[str, int]
    unknown: list[str]


def label_of(field: str) -> str:
    """What people call a field; the heading of an attribute is its own label."""
    column = BY_FIELD.get(field)
    return str(column.label) if column else field


def find_heading(lines: Iterator[Line], attributes: frozenset[str]) -> tuple[Heading, list[Line]]:
    """The heading and the lines behind it that were read already.

    It is looked for among the first lines: above it may stand titles, and it may itself go over two lines when some
    of its cells are merged. Raises UnreadableFile when a needed column is missing or one stands there twice.
    """
    first = list(islice(lines, limits.ROWS_ABOVE_HEADING))
    if not first:
        raise UnreadableFile(_("Berkas ini kosong."))
    candidates = [(line.cells, position + 1) for position, line in enumerate(first)]
    candidates += [(_over_two(*pair), position + 2) for position, pair in enumerate(pairwise(first))]
    cells, after = max(candidates, key=lambda candidate: _known(candidate[0]))
    return _heading(cells, attributes), first[after:]


def _over_two(upper: Line, lower: Line) -> list[str]:
    """Two lines as one heading: what is merged downwards stands in the upper one only."""
    width = max(len(upper.cells), len(lower.cells))
    above, below = ([*line.cells, *[""] * (width - len(line.cells))] for line in (upper, lower))
    return [low or high for high, low in zip(above, below, strict=True)]


def _known(cells: Sequence[str]) -> int:
    return len({_FIELDS.get(plain_heading(cell)) for cell in cells} - {None})


def _heading(cells: Sequence[str], attributes: frozenset[str]) -> Heading:
    found = Heading({}, {}, [])
    for position, words in enumerate(cells):
        plain = plain_heading(words)
        field = _FIELDS.get(plain)
        if field is None and plain not in attributes:
            found.unknown.extend([words] if plain else [])
            continue
        places = found.attributes if field is None else found.fields
        name = field or plain
        if name in places:
            raise UnreadableFile(_('Kolom "%(heading)s" ada dua kali.', heading=words[:40]))
        places[name] = position
    missing = [BY_FIELD[field].heading for field in REQUIRED if field not in found.fields]
    if missing:
        raise UnreadableFile(_("Kolom ini harus ada di baris judul: %(missing)s.", missing=", ".join(missing)))
    return found
