"""Real products of Indonesian sellers, as they were written, come in through a file."""

import csv
from itertools import islice
from pathlib import Path

import pytest
import xlsxwriter

from catalog.importing.plan import Planned, Planner
from catalog.importing.reading import read_lines
from catalog.importing.rows import Rejection, Table
from catalog.products.limits import LONGEST_NAME
from market.config import ROOT
from tests.factories import make_seller

PRODUCTS = ROOT.parent / "shared" / "data" / "products_dev.csv"
ROWS = 2000


def test_real_products_are_taken_or_refused_for_a_reason(tmp_path: Path) -> None:
    if not PRODUCTS.exists():
        pytest.skip("the real products are not on this machine")
    with PRODUCTS.open(encoding="utf-8", newline="") as file:
        found = list(islice(csv.DictReader(file), ROWS))
    path = tmp_path / "produk.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SKU", "Nama", "Kategori", "Deskripsi", "Harga"])
        for number, row in enumerate(found, start=1):
            texts = [f"N-{number}", row["title"], row["category"], row["description"][:32_000]]
            for position, text in enumerate(texts):
                sheet.write_string(number, position, text)
            if row["price_idr"]:
                sheet.write_number(number, 4, float(row["price_idr"]))
    planner = Planner(make_seller())
    planned = list(planner.plan(Table(read_lines(path), attributes=planner.asked.headings)))
    good = [row for row in found if row["price_idr"] and len(row["title"]) <= LONGEST_NAME]
    assert [each.said["name"] for each in planned if isinstance(each, Planned)] == [row["title"] for row in good]
    reasons = {field for each in planned if isinstance(each, Rejection) for field, _words in each.problems}
    assert reasons == {"name", "price"}
    assert len(planned) == len(found)
