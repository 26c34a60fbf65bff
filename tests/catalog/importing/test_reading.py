"""Tables are read however they were written."""

from pathlib import Path

import pytest
import xlsxwriter

from catalog.importing.errors import UnreadableFile
from catalog.importing.lines import Line
from catalog.importing.reading import read_lines

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
