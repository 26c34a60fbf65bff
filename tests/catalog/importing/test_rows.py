"""What a row says is understood however Indonesians and Excel write it; what could mean two things is asked about."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing import cells
from catalog.importing.errors import UnreadableFile
from catalog.importing.lines import Line
from catalog.importing.reading import read_lines
from catalog.importing.rows import ImportedRow, Rejection, Table


def rows_of(*table: list[str], attributes: frozenset[str] = frozenset()) -> list[ImportedRow | Rejection]:
    return list(Table((Line(number, row) for number, row in enumerate(table, start=1)), attributes=attributes))


def said_of(*table: list[str]) -> dict[str, object]:
    (row,) = rows_of(*table)
    assert isinstance(row, ImportedRow), row
    return {"sku": row.sku, **row.said}


def problems_of(*table: list[str]) -> list[list[str]]:
    (row,) = rows_of(*table)
    assert isinstance(row, Rejection), row
    return row.problems


def test_headings_are_understood_in_either_language_and_any_order() -> None:
    indonesian = ["Lama", "STOK", "kelipatan", "Minimal", "Harga", "Satuan", "Deskripsi", "Kategori", "Nama", "SKU"]
    english = ["lead time days", "stock", "order multiple", "min_order", "price", "unit", "description", "category",
               "name", "sku"]  # fmt: skip
    marked = ["Lama (hari)", "Stok:", "Kelipatan", "Minimal", "Harga (Rp) *", "satuan", "Deskripsi", "Kategori",
              "Nama Produk*", "Kode Barang"]  # fmt: skip
    texts = ["3", "1.000", "25", "50", "Rp 3.500", "pcs", "Satu dinding.", "Kardus polos", "Kardus", "K-1"]
    for heading in (indonesian, english, marked, [*english, "catatan"]):
        assert said_of(heading, texts) == {
            "sku": "K-1",
            "name": "Kardus",
            "description": "Satu dinding.",
            "price": 3500,
            "min_order": 50,
            "order_multiple": 25,
            "stock": 1000,
            "lead_time_days": 3,
            "category": "kardus-polos",
            "unit": "H87",
        }


def test_the_further_columns_are_understood_in_either_language() -> None:
    texts = ["S-L", "Kaos", "Rp 35.000", "S-S", "Ukuran: L; Warna: Putih", "24", "pcs", "10:2.000; 50:Rp 1.900", "500",
             "12", "Bahan: Kraft; Ukuran: 20 cm"]  # fmt: skip
    for heading in (
        ["sku", "nama", "harga", "induk", "varian", "isi", "satuan_isi", "harga_grosir", "kapasitas",
         "minimal_gabungan", "spesifikasi"],
        ["sku", "name", "price", "parent", "variant", "content", "content unit", "tiers", "weekly capacity",
         "min_order_together", "specification"],
    ):  # fmt: skip
        (row,) = rows_of(heading, texts)
        assert isinstance(row, ImportedRow)
        assert (row.sku, row.parent) == ("S-L", "S-S")
        assert row.said == {
            "name": "Kaos",
            "price": 35_000,
            "options": [["Ukuran", "L"], ["Warna", "Putih"]],
            "content": "24",
            "content_unit": "H87",
            "tiers": [[10, 2000], [50, 1900]],
            "weekly_capacity": 500,
            "min_order_together": 12,
            "specification": [["Bahan", "Kraft"], ["Ukuran", "20 cm"]],
        }


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["DAFTAR PRODUK CV MAJU"]],
        [["Daftar produk"], ["per 21 November 2026", "", ""], ["", "Barang", "", "Angka"]],
    ],
)
def test_titles_above_the_heading_are_no_rows(above: list[list[str]]) -> None:
    assert said_of(*above, ["sku", "nama", "harga"], ["A", "Teh", "1"])["sku"] == "A"


def test_a_heading_merged_over_two_lines_is_one_heading() -> None:
    upper = ["sku", "nama", "Harga & stok", "", "Keterangan"]
    lower = ["", "", "harga", "stok", "deskripsi"]
    said = said_of(["Katalog", "", "", "", ""], upper, lower, ["A", "Teh", "1.000", "5", "Enak"])
    assert said == {"sku": "A", "name": "Teh", "price": 1000, "stock": 5, "description": "Enak"}


@pytest.mark.parametrize(
    ("heading", "missing"),
    [(["sku", "nama"], "harga"), (["harga"], "sku, nama"), (["sku", "nama", "name", "harga"], "dua kali"), ([], "sku")],
)
def test_a_heading_must_have_what_every_row_needs(heading: list[str], missing: str) -> None:
    with pytest.raises(UnreadableFile, match=missing):
        rows_of(heading, ["x"])


def test_an_empty_file_is_refused_in_words() -> None:
    with pytest.raises(UnreadableFile, match="kosong"):
        rows_of()


def test_columns_that_nobody_knows_are_told_of() -> None:
    lines = (Line(n, row) for n, row in enumerate([["sku", "nama", "harga", "Catatan", "", "gsm"], ["A", "Teh", "1"]]))
    table = Table(lines, attributes=frozenset({"gsm"}))
    assert table.heading.unknown == ["Catatan"]
    assert table.heading.attributes == {"gsm": 5}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("15000", 15000),
        ("15.000", 15000),
        ("Rp 15.000", 15000),
        ("rp15.000", 15000),
        ("Rp. 15.000,-", 15000),
        ("Rp\u00a015.000,00", 15000),
        ("15000.0", 15000),
        ("15000,00", 15000),
        ("1.234.567", 1234567),
        ("10.000.000.000", 10**10),
        ("7", 7),
    ],
)
def test_numbers_are_read_as_indonesians_and_excel_write_them(typed: str, value: int) -> None:
    assert said_of(["sku", "nama", "harga"], ["A", "Teh", typed])["price"] == value


@pytest.mark.parametrize(
    "typed",
    ["", "15,000", "1.234,50", "15.5", "15000.5", "1.50", "15.00.000", "-5", "0", "1e5", "abc", "١٥", "9" * 40,
     "10.000.000.001", "5 0 0 x"],
)  # fmt: skip
def test_a_number_that_could_mean_two_things_is_asked_about(typed: str) -> None:
    ((field, _words),) = problems_of(["sku", "nama", "harga"], ["A", "Teh", typed])
    assert field == "price"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("24", "24"), ("0,5", "0.5"), ("1.234,50", "1234.5"), ("2.5", "2.5"), ("1.500", "1500"), ("12,125", "12.125")],
)
def test_contents_may_have_a_fraction(typed: str, value: str) -> None:
    said = said_of(["sku", "nama", "harga", "satuan", "isi", "satuan isi"], ["A", "Teh", "1", "dus", typed, "kg"])
    assert said["content"] == value


@pytest.mark.parametrize("typed", ["1.5.0", "1,5,0", "0", "-1", "1,2345", "dua", "1 2", "9" * 20])
def test_a_content_that_cannot_be_is_asked_about(typed: str) -> None:
    heading = ["sku", "nama", "harga", "satuan", "isi", "satuan isi"]
    ((field, _words),) = problems_of(heading, ["A", "Teh", "1", "dus", typed, "kg"])
    assert field == "content"


@pytest.mark.parametrize(
    ("texts", "problems"),
    [
        (["", "Teh", "1"], [["sku", "harus diisi."]]),
        (["A", "", ""], [["name", "harus diisi."], ["price", "harus diisi."]]),
        (["A" * 61, "Teh", "1"], [["sku", "Paling banyak 60 huruf."]]),
        (["A", "T" * 151, "1"], [["name", "Paling banyak 150 huruf."]]),
        (["A", "Te\x00h", "1"], [["name", "Ada huruf yang tidak dapat disimpan."]]),
        (["A", "Teh", "1", "segenggam"], [["unit", '"segenggam" tidak dikenal.']]),
        (["A", "Teh", "1", "pcs", "100.000.001"], [["stock", "Isi antara 0 dan 100.000.000."]]),
        (
            ["A", "Teh", "x", "pcs", "banyak"],
            [
                ["price", 'tulis angka bulat, misalnya 15.000, bukan "x".'],
                ["stock", 'tulis angka bulat, misalnya 15.000, bukan "banyak".'],
            ],
        ),
    ],
)
def test_a_row_says_everything_that_is_wrong_with_it(texts: list[str], problems: list[list[str]]) -> None:
    assert problems_of(["sku", "nama", "harga", "satuan", "stok"], texts) == problems


@pytest.mark.parametrize("typed", ["10", "10:", "10:x", "1:2000", "10:2000; 10.5:3", "10:0"])
def test_tiers_that_cannot_be_are_asked_about(typed: str) -> None:
    ((field, _words),) = problems_of(["sku", "nama", "harga", "tiers"], ["A", "Teh", "5000", typed])
    assert field == "tiers"


@pytest.mark.parametrize("typed", ["L", "Ukuran:", ": L", "A: 1; A: 2", "A: 1; B: 2; C: 3; D: 4"])
def test_options_that_cannot_be_are_asked_about(typed: str) -> None:
    ((field, _words),) = problems_of(["sku", "nama", "harga", "varian"], ["A", "Kaos", "5000", typed])
    assert field == "options"


def test_a_number_stands_once_in_a_file() -> None:
    first, again = rows_of(["sku", "nama", "harga"], ["A", "Teh", "1"], ["A", "Kopi", "2"])
    assert isinstance(first, ImportedRow)
    assert again == Rejection(3, [["sku", "sudah ada di baris 2."]], "A", "Kopi")


def test_an_unknown_category_is_the_one_for_everything_else() -> None:
    known, unknown, none = rows_of(
        ["sku", "nama", "harga", "kategori"],
        ["A", "Teh", "1", "PALLETS"],
        ["B", "Teh", "1", "Antah"],
        ["C", "Teh", "1", ""],
    )
    found = [row.said.get("category") for row in (known, unknown, none) if isinstance(row, ImportedRow)]
    assert found == ["palet", "lainnya", None]


def test_what_excel_made_of_a_cell_is_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["sku", "nama", "harga", "stok"])
        sheet.write_row(1, 0, ["A", "Teh"])
        sheet.write_datetime(1, 2, date(2026, 11, 21), day)
        sheet.write_datetime(2, 0, date(2026, 12, 10), day)
        sheet.write_row(2, 1, ["Kopi", 5000])
        sheet.write_row(3, 0, ["C", "Gula", 100])
        sheet.write_formula(3, 3, "=NA()", None, "#N/A")
        sheet.write_row(4, 0, [4711, "Susu"])
        sheet.write_formula(4, 2, "=1000+500", None, 1500)
        sheet.write_row(5, 0, ["00123", "Madu", 1.125])
        sheet.write_row(6, 0, ["00123", "Madu", 15_000.0])
    price, sku, stock, formula, fraction, zeros = Table(read_lines(tmp_path / "x.xlsx"))
    for row, field, words in ((price, "price", "tanggal"), (sku, "sku", "tanggal"), (stock, "stock", "#N/A")):
        assert isinstance(row, Rejection)
        assert row.problems[0][0] == field
        assert words in row.problems[0][1]
    assert isinstance(formula, ImportedRow)
    assert (formula.sku, formula.said["price"]) == ("4711", 1500)
    assert isinstance(fraction, Rejection)
    assert '"1,125"' in fraction.problems[0][1]
    assert isinstance(zeros, ImportedRow)
    assert (zeros.sku, zeros.said["price"]) == ("00123", 15_000)


@given(st.text(max_size=40))
def test_a_guarded_text_is_never_a_formula_and_is_read_back(text: str) -> None:
    written = cells.guard(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cells.unguard(written) == text


words = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\\:;\n="), min_size=1,
                max_size=60).map(str.strip).filter(bool)  # fmt: skip


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_pairs_are_read_back_whatever_stands_in_them(pairs: list[tuple[str, str]]) -> None:
    plain = [list(pair) for pair in pairs]
    assert cells.read_specification("specification", cells.guard(cells.write_pairs(plain)).strip()) == plain


@given(st.dictionaries(st.integers(2, 10**6), st.integers(1, 10**9), max_size=5))
def test_tiers_are_read_back(tiers: dict[int, int]) -> None:
    plain = [list(tier) for tier in sorted(tiers.items())]
    assert cells.read_tiers("tiers", cells.write_tiers(plain)) == plain
