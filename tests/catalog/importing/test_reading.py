"""Tables are read however they were written."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from catalog.importing.errors import UnreadableFile
from catalog.importing.reading import Line, read_lines
from catalog.importing.rows import ImportedRow, Rejection, read_rows

TABLE = [["sku", "nama", "harga"], ["A-1", "Kué «lapis»", "15000"], ["A-2", "Teh; manis, dingin", "5000"]]


def written(rows: list[list[str]], delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + "\r\n"


def lines_of(path: Path) -> list[list[str]]:
    return [line.cells for line in read_lines(path)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_every_spelling(tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = tmp_path / "produk.csv"
    file.write_bytes(written(TABLE, delimiter).encode(encoding))
    assert lines_of(file) == TABLE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(tmp_path: Path, newline: str) -> None:
    file = tmp_path / "produk.csv"
    file.write_bytes(newline.join(["sku,nama,harga", "A-1,Teh,5000"]).encode())
    assert lines_of(file) == [["sku", "nama", "harga"], ["A-1", "Teh", "5000"]]


def test_excels_hint_and_empty_lines_are_no_rows_but_count(tmp_path: Path) -> None:
    file = tmp_path / "produk.csv"
    file.write_text('sep=;\n\nsku;nama;harga\n;;\nA-1;"dua\nbaris";5000\nA-2;Teh;1\n', encoding="utf-8")
    assert list(read_lines(file)) == [
        Line(3, ["sku", "nama", "harga"]),
        Line(5, ["A-1", "dua\nbaris", "5000"]),
        Line(7, ["A-2", "Teh", "1"]),
    ]


def workbook(path: Path, rows: list[list[object]], *, below: int = 0) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        book.add_worksheet("lain").write(0, 0, "bukan ini")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number + below, column, cell)
    return path


def test_a_workbook_is_read_as_a_person_sees_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [["SKU", "Nama", "Harga"], [4711, "Teh", 15000.0], ["A-2", "Kopi", 0.5], [True, "", 7]]
    file = workbook(tmp_path / "produk.xlsx", rows, below=2)
    assert list(read_lines(file)) == [
        Line(3, ["SKU", "Nama", "Harga"]),
        Line(4, ["4711", "Teh", "15000"]),
        Line(5, ["A-2", "Kopi", "0,5"]),
        Line(6, ["TRUE", "", "7"]),
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"PK", b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "produk.xlsx"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile):
        list(read_lines(file))


def test_an_endless_cell_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "produk.csv"
    file.write_text('sku,nama,harga\nA-1,"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Baris 2"):
        list(read_lines(file))


def rows_of(*table: list[str]) -> list[ImportedRow | Rejection]:
    return list(read_rows(Line(number, cells) for number, cells in enumerate(table, start=1)))


def test_headings_are_understood_in_either_language_and_any_order() -> None:
    indonesian = ["Lama", "STOK", "kelipatan", "Minimal", "Harga", "Satuan", "Deskripsi", "Kategori", "Nama", "SKU"]
    english = [
        "lead time days",
        "stock",
        "order multiple",
        "min_order",
        "price",
        "unit",
        "description",
        "category",
        "name",
        "sku",
    ]
    cells = ["3", "1.000", "25", "50", "Rp 3.500", "pcs", "Satu dinding.", "Kardus polos", "Kardus", "K-1"]
    for heading in (indonesian, english, [*english, "catatan"]):
        (row,) = rows_of(heading, cells)
        assert isinstance(row, ImportedRow)
        assert row.category is not None
        assert (row.line, row.sku, row.name, row.description) == (2, "K-1", "Kardus", "Satu dinding.")
        assert (row.price, row.min_order, row.order_multiple, row.stock, row.lead_time_days) == (3500, 50, 25, 1000, 3)
        assert (row.category.slug, row.unit) == ("kardus-polos", "H87")


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
    (row,) = rows_of(["sku", "nama", "harga"], ["A", "Teh", typed])
    assert isinstance(row, ImportedRow)
    assert row.price == value


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "15,000",
        "15.5",
        "15000.5",
        "1.50",
        "15.00.000",
        "-5",
        "0",
        "1e5",
        "abc",
        "١٥",
        "9" * 40,
        "10.000.000.001",
        "5 0 0 x",
    ],
)
def test_a_number_that_could_mean_two_things_is_asked_about(typed: str) -> None:
    (row,) = rows_of(["sku", "nama", "harga"], ["A", "Teh", typed])
    assert isinstance(row, Rejection)
    assert row.line == 2
    assert row.reason.startswith("Harga: ")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["", "Teh", "1"], "Kode barang: harus diisi."),
        (["A", "", "1"], "Nama: harus diisi."),
        (["A", "Teh"], "Harga: harus diisi."),
        (["A" * 61, "Teh", "1"], "Kode barang: Paling banyak 60 huruf."),
        (["A", "T" * 151, "1"], "Nama: Paling banyak 150 huruf."),
        (["A", "Te\x00h", "1"], "Nama: Ada huruf yang tidak dapat disimpan."),
        (["A", "Teh", "1", "segenggam"], 'Satuan: "segenggam" tidak dikenal.'),
        (["A", "Teh", "1", "pcs", "100.000.001"], "Stok: Isi antara 0 dan 100.000.000."),
        (["A", "Teh", "1", "pcs", "banyak"], 'Stok: tulis angka bulat, misalnya 15.000, bukan "banyak".'),
    ],
)
def test_a_row_that_breaks_a_rule_says_which(cells: list[str], reason: str) -> None:
    assert rows_of(["sku", "nama", "harga", "satuan", "stok"], cells) == [Rejection(2, reason)]


def test_a_number_stands_once_in_a_file() -> None:
    first, again = rows_of(["sku", "nama", "harga"], ["A", "Teh", "1"], ["A", "Kopi", "2"])
    assert isinstance(first, ImportedRow)
    assert again == Rejection(3, "Kode barang: sudah ada di baris 2.")


def test_an_unknown_category_is_the_one_for_everything_else() -> None:
    known, unknown, none = rows_of(
        ["sku", "nama", "harga", "kategori"],
        ["A", "Teh", "1", "PALLETS"],
        ["B", "Teh", "1", "Antah"],
        ["C", "Teh", "1", ""],
    )
    assert isinstance(known, ImportedRow) and known.category is not None
    assert isinstance(unknown, ImportedRow) and unknown.category is not None
    assert isinstance(none, ImportedRow)
    assert (known.category.slug, unknown.category.slug, none.category) == ("palet", "lainnya", None)


def test_a_date_in_a_workbook_is_no_number(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "x.xlsx")) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["sku", "nama", "harga"])
        sheet.write_row(1, 0, ["A", "Teh"])
        sheet.write_datetime(1, 2, date(2026, 11, 21), day)
    (row,) = read_rows(read_lines(tmp_path / "x.xlsx"))
    assert isinstance(row, Rejection)
