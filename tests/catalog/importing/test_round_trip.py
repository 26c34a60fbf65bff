"""What is exported can be imported again, and then changes nothing; the template's example is a right one."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from catalog.categories.queries import attributes_for, get_category
from catalog.importing import operations, work
from catalog.importing.exporting import Export, write_csv, write_xlsx
from catalog.importing.lines import Line
from catalog.importing.models import ImportRowResult, ImportRun
from catalog.importing.plan import Planned, Planner
from catalog.importing.queries import lock_any_run, stream_results
from catalog.importing.reading import read_lines
from catalog.importing.rows import Rejection, Table
from catalog.importing.states import ImportMode, ImportState
from catalog.importing.template import example_rows, write_template
from catalog.products.models import ChangeRequest, Offer, PriceTier, Product
from catalog.products.states import ProductState
from catalog.stock.queries import find_stock_differences
from market.db import atomic, session
from market.organisations.models import Seller
from tests.factories import make_product, make_seller

FORMATS = ["xlsx", "csv"]
texts = (
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@';:\\\n\t"), max_size=30)
    .map(str.strip)
    .filter(bool)
)


def exported(seller: Seller, folder: Path, form: str) -> Path:
    path = folder / f"produk.{form}"
    if form == "csv":
        path.write_text("".join(write_csv(Export(seller))), encoding="utf-8", newline="")
    else:
        write_xlsx(Export(seller), path)
    return path


def imported(path: Path, seller: Seller, *, mode: ImportMode = ImportMode.ALL) -> ImportRun:
    run = operations.keep_file(path.read_bytes(), path.name, seller_id=seller.id, by=None)
    work.check_file(run.id)
    assert run.state is ImportState.CHECKED, run.problem
    with atomic():
        operations.settle_mode(lock_any_run(run.id), mode, prices_confirmed=True)
    work.write_rows(run.id, by=None)
    assert run.state is ImportState.DONE, run.problem
    return run


def told(run: ImportRun) -> list[object]:
    return [(result.line, result.outcome, result.problems, result.changes) for result in stream_results(run.id)]


def ask(cooperative_id: int, slug: str) -> None:
    """Attributes of every kind, on a category."""
    category = get_category(slug)
    for position, (key, name, kind, unit, choices) in enumerate(
        (
            ("tebal", "Tebal", AttributeKind.NUMBER, "mm", []),
            ("bahan", "Bahan", AttributeKind.CHOICE, None, ["Kraft", "Duplex; tebal"]),
            ("merek", "Merek", AttributeKind.TEXT, None, []),
            ("anti_air", "Tahan air", AttributeKind.YES_NO, None, []),
        )
    ):
        session.add(
            CategoryAttribute(
                category_id=category.id,
                cooperative_id=cooperative_id,
                key=key,
                name=name,
                name_en=f"{name} en",
                kind=kind,
                unit=unit,
                choices=choices,
                position=position,
            )
        )
    session.flush()


@pytest.fixture
def seller() -> Seller:
    made = make_seller()
    ask(made.cooperative_id, "kemasan")
    return made


@pytest.fixture
def catalogue(seller: Seller) -> Seller:
    """Products with everything that a file can say."""
    boxes, other = get_category("kardus-polos"), get_category("lainnya")
    make_product(seller=seller, category=boxes, sku="00123", name="=HYPERLINK(1)", description="Dua\r\nbaris; tebal",
                 unit_code="XCT", content_unit="H87", specification=[["Bahan", "Kraft; tebal"], ["A:b", "-1\\"]],
                 attributes={"tebal": 1.5, "bahan": "Duplex; tebal", "merek": "@Maju", "anti_air": False},
                 tiers=[(10, 9000), (50, 8000)]).offer.content = Decimal("0.500")  # fmt: skip
    make_product(seller=seller, category=other, sku="@X", name="'-5", attributes={"lama": "tidak dipakai lagi"})
    make_product(seller=seller, sku="ORDER", category=other, name="Dibuat dulu", weekly_capacity=40, on_hand=0,
                 min_order_together=12).offer.made_to_order = True  # fmt: skip
    shirt = make_product(seller=seller, category=other, sku="K-S", name="Kaos", options=["Ukuran", "Warna; dua"])
    shirt.offer.options = ["S", "Putih: tua"]
    session.add(Offer(product_id=shirt.id, seller_id=seller.id, sku="K-M", options=["M", "Putih: tua"], position=1,
                      unit_price=12_000, on_hand=0, reserved=0))  # fmt: skip
    session.add(Offer(product_id=shirt.id, seller_id=seller.id, sku="K-X", options=["X", "Putih"], position=2,
                      unit_price=12_000, on_hand=0, reserved=0, active=False))  # fmt: skip
    waits = make_product(seller=seller, category=other, sku="W", name="Nama lama")
    session.add(ChangeRequest(product_id=waits.id, changes={"name": ["Nama lama", "+Nama baru"]}))
    session.flush()
    session.expire_all()
    return seller


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_brought_back_changes_nothing(catalogue: Seller, tmp_path: Path, form: str) -> None:
    run = imported(exported(catalogue, tmp_path, form), catalogue)
    assert told(run) == []
    assert run.counts == {"unchanged": 6, "rejected": 0}


@pytest.mark.parametrize("form", FORMATS)
def test_no_cell_of_an_export_is_a_formula(catalogue: Seller, tmp_path: Path, form: str) -> None:
    for line in read_lines(exported(catalogue, tmp_path, form)):
        assert not [cell for cell in line.cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_of_one_seller_makes_the_same_catalogue_for_another(
    catalogue: Seller, tmp_path: Path, form: str
) -> None:
    other = make_seller(cooperative=catalogue.cooperative)
    run = imported(exported(catalogue, tmp_path, form), other)
    assert run.counts["created"] == 6, told(run)
    again = imported(exported(other, tmp_path, form), catalogue)
    assert (told(again), again.counts["unchanged"]) == ([], 6)
    assert find_stock_differences() == []
    shirt = session.scalars(select(Offer).where(Offer.sku == "K-M", Offer.seller_id == other.id)).one().product
    assert [(offer.sku, offer.options, offer.position) for offer in shirt.offers] == [
        ("K-S", ["S", "Putih: tua"], 0),
        ("K-M", ["M", "Putih: tua"], 1),
    ]


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("form", FORMATS)
def test_whatever_stands_in_it_survives_the_way_out_and_in(
    seller: Seller, tmp_path: Path, form: str, data: st.DataObject
) -> None:
    empty(seller)
    for number in range(data.draw(st.integers(1, 4))):
        product = make_product(
            seller=seller,
            category=get_category(data.draw(st.sampled_from(["kardus-polos", "kemasan", "lainnya"]))),
            sku=f"{data.draw(texts)[:40].strip()}{number}",
            name=data.draw(texts),
            description=data.draw(texts | st.just("")),
            unit_price=data.draw(st.integers(1, 10**10)),
            on_hand=data.draw(st.integers(0, 10**8)),
            min_order=data.draw(st.integers(1, 10**8)),
            lead_time_days=data.draw(st.integers(0, 365)),
            specification=[list(pair) for pair in data.draw(st.lists(st.tuples(texts, texts), max_size=3))],
            attributes={"tebal": data.draw(st.integers(-1000, 10**6) | st.sampled_from([0.125, 1234.5, -0.5]))},
        )
        if data.draw(st.booleans()):
            product.content_unit = "KGM"
            product.offer.content = data.draw(st.decimals("0.001", "100000", places=3))
    session.flush()
    session.expire_all()
    run = imported(exported(seller, tmp_path, form), seller)
    assert told(run) == []


def empty(seller: Seller) -> None:
    session.execute(delete(ImportRowResult))
    for product in session.scalars(select(Product).where(Product.seller_id == seller.id)):
        product.seller = make_seller(cooperative=seller.cooperative)
        for offer in product.offers:
            offer.seller_id = product.seller.id
    session.flush()


@pytest.mark.parametrize("slug", ["kardus-polos", "lainnya", "kemasan"])
def test_the_templates_example_is_right(seller: Seller, tmp_path: Path, slug: str) -> None:
    category = get_category(slug)
    path = tmp_path / "templat.xlsx"
    write_template(category, seller.cooperative_id, path)
    planner = Planner(seller)
    template = Table(read_lines(path), attributes=planner.asked.headings)
    assert template.heading.unknown == []
    assert list(template) == []
    attributes = attributes_for(category, seller.cooperative_id)
    filled = tmp_path / "isi.xlsx"
    with xlsxwriter.Workbook(str(filled)) as book:
        sheet = book.add_worksheet()
        headings = [line.cells for line in read_lines(path)]
        for number, row in enumerate([*headings, *example_rows(category, attributes)]):
            sheet.write_row(number, 0, row)
    run = imported(filled, seller)
    assert run.counts["created"] == 3, told(run)
    box = session.scalars(select(Offer).where(Offer.seller_id == seller.id, Offer.sku == "CONTOH-1")).one().product
    assert box.category is category
    assert box.attributes.keys() == {attribute.key for attribute in attributes}


def rows_of(seller: Seller, *table: list[str]) -> list[Planned | Rejection]:
    planner = Planner(seller)
    lines = (Line(number, cells) for number, cells in enumerate(table, start=1))
    return list(planner.plan(Table(lines, attributes=planner.asked.headings)))


def problems(seller: Seller, *table: list[str]) -> list[str]:
    return [
        f"{row.line} {field}: {words}"
        for row in rows_of(seller, *table)
        if isinstance(row, Rejection)
        for field, words in row.problems
    ]


def test_attributes_are_found_by_name_and_read_by_kind(seller: Seller) -> None:
    heading = ["sku", "nama", "harga", "kategori", "Tebal (mm)", "bahan EN", "anti_air"]
    good, *bad = rows_of(
        seller,
        heading,
        ["A", "Kardus", "1", "Kardus polos", "1,5", "kraft", "ya"],
        ["B", "Kardus", "1", "Kardus polos", "tebal", "", ""],
        ["C", "Kardus", "1", "Kardus polos", "", "Emas", ""],
        ["D", "Palet", "1", "Palet", "3", "", ""],
    )
    assert isinstance(good, Planned)
    assert good.said["attributes"] == {"tebal": 1.5, "bahan": "Kraft", "anti_air": True}
    reasons = [row.problems[0] for row in bad if isinstance(row, Rejection)]
    assert [field for field, _words in reasons] == ["Tebal", "Bahan", "Tebal"]
    assert "Palet" in reasons[2][1]


def test_variants_are_told_by_their_parent_and_must_agree(seller: Seller) -> None:
    heading = ["sku", "nama", "harga", "induk", "varian", "satuan"]
    found = problems(
        seller,
        heading,
        ["S", "Kaos", "1", "", "Ukuran: S", "pcs"],
        ["M", "Kaos", "1", "S", "ukuran: M", ""],
        ["L", "Kemeja", "1", "S", "Ukuran: L", ""],
        ["XL", "Kaos", "1", "S", "Warna: Putih", ""],
        ["M2", "Kaos", "1", "S", "Ukuran: M", ""],
        ["N", "Kaos", "1", "S", "", ""],
        ["O", "Kaos", "1", "Z", "Ukuran: O", ""],
        ["P", "Topi", "1", "", "", ""],
        ["Q", "Topi", "1", "P", "Ukuran: Q", ""],
    )
    assert found == [
        "4 name: berbeda dari baris 2. Varian satu produk harus sama di sini, atau kosong.",
        "5 options: produk ini dibedakan menurut Ukuran.",
        '6 options: sudah ada sebagai "M".',
        '7 options: isi pembeda varian ini, misalnya "Ukuran: L".',
        '8 parent: "Z" tidak ada di katalog, dan tidak ada baris benar di atas ini dengan kode itu dan kolom varian '
        "yang terisi.",
        '10 parent: "P" tidak ada di katalog, dan tidak ada baris benar di atas ini dengan kode itu dan kolom varian '
        "yang terisi.",
    ]


def test_a_simple_product_gets_variants(seller: Seller, tmp_path: Path) -> None:
    product = make_product(seller=seller, category=get_category("lainnya"), sku="S", name="Kaos polos")
    path = tmp_path / "varian.csv"
    path.write_text(
        "sku,nama,harga,induk,varian,stok\nS,Kaos polos,10000,,Ukuran: S,\nM,Kaos polos,11000,S,Ukuran: M,7\n"
    )
    run = imported(path, seller)
    assert run.counts == {"created": 1, "updated": 1, "unchanged": 0, "rejected": 0}
    session.expire_all()
    assert product.options == ["Ukuran"]
    assert [(o.sku, o.options, o.unit_price, o.on_hand) for o in product.offers] == [
        ("S", ["S"], 10_000, 1000),
        ("M", ["M"], 11_000, 7),
    ]
    assert find_stock_differences() == []
    found = problems(seller, ["sku", "nama", "harga", "induk", "varian"], ["L", "Kaos polos", "1", "S", ""])
    assert found == ['2 options: isi pembeda varian ini, misalnya "Ukuran: L".']


def test_capacity_turns_stock_goods_into_goods_made_to_order_and_back(seller: Seller, tmp_path: Path) -> None:
    product = make_product(seller=seller, category=get_category("lainnya"), sku="A", name="Seragam", on_hand=0)
    path = tmp_path / "kapasitas.csv"
    for typed, capacity in (("500", 500), ("0", None)):
        path.write_text(f"sku,nama,harga,kapasitas\nA,Seragam,10000,{typed}\n")
        imported(path, seller)
        session.expire_all()
        assert (product.weekly_capacity, product.offer.made_to_order) == (capacity, capacity is not None)


def test_tiers_are_replaced(seller: Seller, tmp_path: Path) -> None:
    product = make_product(seller=seller, sku="A", name="Teh celup", tiers=[(10, 9000), (20, 8000)])
    path = tmp_path / "grosir.csv"
    path.write_text('sku,nama,harga,harga_grosir\nA,Teh celup,10000,"5:9500; 10:9100"\n')
    imported(path, seller)
    tiers = session.scalars(select(PriceTier).where(PriceTier.offer_id == product.offer.id))
    assert sorted((tier.min_quantity, tier.unit_price) for tier in tiers) == [(5, 9500), (10, 9100)]


def test_a_submitted_product_must_stay_complete(seller: Seller) -> None:
    make_product(seller=seller, sku="A", name="Teh celup", state=ProductState.SUBMITTED)
    found = problems(seller, ["sku", "nama", "harga"], ["A", "Teh", "10000"])
    assert found == ["2 name: Nama produk paling sedikit 5 huruf."]


def test_what_a_unit_holds_is_counted_in_another_unit(seller: Seller) -> None:
    heading = ["sku", "nama", "harga", "satuan", "isi", "satuan isi"]
    found = problems(seller, heading, ["A", "Teh", "1", "dus", "24", ""], ["B", "Teh", "1", "kg", "24", "kg"])
    assert [reason.partition(":")[0] for reason in found] == ["2 content_unit", "3 content_unit"]
