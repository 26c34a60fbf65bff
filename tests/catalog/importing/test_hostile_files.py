"""Files made to do harm are refused in a sentence, and memory stays bounded while they are looked at."""

import random
from pathlib import Path

import pytest

from catalog.importing import limits
from tests.catalog.importing.hostile import (
    HEADING,
    MEGABYTE,
    NAMESPACE,
    lying,
    read_apart,
    sheet_of,
    swollen,
    workbook,
)

OWN_MEGABYTES = 60
"""What the worker may have used at its peak, the interpreter and its libraries included."""

UNFOLDING_MEGABYTES = limits.UNFOLDING_MEMORY // MEGABYTE


def refused(path: Path, words: str) -> None:
    reading = read_apart(path)
    assert reading.answer.startswith("refused: ")
    assert words in reading.answer
    assert reading.own < OWN_MEGABYTES
    assert reading.unfolding < UNFOLDING_MEGABYTES


def test_a_file_of_60_megabytes_is_refused_unopened(tmp_path: Path) -> None:
    file = tmp_path / "bom.xlsx"
    with file.open("wb") as sparse:
        sparse.write(b"PK\x03\x04")
        sparse.truncate(60 * MEGABYTE)
    refused(file, "paling besar 50 MB")


@pytest.mark.parametrize("megabytes", [60, 300])
def test_a_small_file_that_swells_is_refused(tmp_path: Path, megabytes: int) -> None:
    file = swollen(tmp_path / "bom.xlsx", megabytes)
    assert file.stat().st_size < 2 * MEGABYTE
    refused(file, "membengkak")


def test_a_file_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    refused(lying(swollen(tmp_path / "bom.xlsx", 300)), "tidak dapat")


def test_a_text_that_thousands_of_cells_point_to_is_refused(tmp_path: Path) -> None:
    letters = random.Random(3).choices("abcdefghijklmnopqrstuvwxyz", k=MEGABYTE)
    strings = f'<sst {NAMESPACE} count="1" uniqueCount="1"><si><t>{"".join(letters)}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    refused(workbook(tmp_path / "gema.xlsx", rows, strings), "tidak dapat dibuka")


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "haha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst {NAMESPACE}><si><t>&a9;</t></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    reading = read_apart(workbook(tmp_path / "tawa.xlsx", rows, text))
    assert reading.answer.startswith("refused: ") or int(reading.answer) <= 1
    assert reading.unfolding < 200


def test_a_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    rows = HEADING + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    refused(workbook(tmp_path / "pojok.xlsx", rows), "tidak dapat dibuka")


def test_a_sheet_that_claims_to_be_huge_is_read_for_what_it_holds(tmp_path: Path) -> None:
    reading = read_apart(workbook(tmp_path / "besar.xlsx", sheet_of(HEADING, "A1:XFD1048576").encode()))
    assert reading.answer == "1"
    assert reading.unfolding < 100


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    cells = '<c t="inlineStr"><is><t>x</t></is></c>' * 16_384
    refused(workbook(tmp_path / "lebar.xlsx", f'<row r="1">{cells}</row>'), "paling banyak 200 kolom")


def test_an_endless_cell_of_a_workbook_is_refused(tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"kata " * 10_000}</t></is></c></row>'
    refused(workbook(tmp_path / "panjang.xlsx", rows), "32.767 huruf")


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "panjang.csv"
    file.write_text("sku,nama,harga\n" + "A,Teh,1\n" * (limits.MAX_ROWS + 20))
    refused(file, "paling banyak 200.000 baris")


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "lebar.csv"
    file.write_text("sku,nama,harga" + ",x" * 1_000_000 + "\n")
    refused(file, "paling banyak 200 kolom")


def test_columns_just_above_the_most_are_refused_and_empty_ones_are_not(tmp_path: Path) -> None:
    file = tmp_path / "lebar.csv"
    file.write_text("sku" + ",x" * 200 + "\n")
    refused(file, "paling banyak 200 kolom")
    file.write_text("sku,nama" + "," * 1000 + "\n")
    assert read_apart(file).answer == "1"


def test_one_line_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sebaris.csv"
    file.write_bytes(b"x" * (limits.MAX_BYTES - 1))
    refused(file, "terlalu panjang")


def test_a_row_that_quotes_spin_out_over_many_lines_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kutip.csv"
    file.write_text('sku,nama\n"' + 'a\n","' * 2_000_000)
    refused(file, "Baris 2 terlalu panjang")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, b"\x00" * 10_000, b"\xff\xfe\x00"])
def test_what_is_no_table_at_all_costs_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "gambar.xlsx"
    file.write_bytes(content)
    reading = read_apart(file)
    assert reading.own < OWN_MEGABYTES
    assert reading.answer.startswith("refused: ") or reading.answer.isdigit()
