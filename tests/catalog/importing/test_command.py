"""`flask catalog import`: what goes in, what is said, and that twice is once."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text

from catalog.importing import commands
from catalog.importing.work import BATCH
from catalog.products import operations
from catalog.products.models import Product
from catalog.products.states import ProductState
from catalog.signals import products_changed
from catalog.stock.queries import find_stock_differences
from market import audit
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from market.organisations.states import SellerState
from tests.factories import make_actor, make_cooperative, make_product, make_seller

HEADING = "sku,nama,kategori,deskripsi,satuan,harga,minimal,kelipatan,stok,lama\n"
ROWS = (
    'K-40,Kardus polos 40,kardus-polos,Satu dinding.,pcs,Rp 3.500,50,25,"1.000",3\n'
    "K-50,Kardus polos 50,Antah berantah,,dus,4500,,,,\n"
    "K-60,Kardus polos 60,,Dua dinding.,segenggam,5000,,,,\n"
)


@pytest.fixture
def seller() -> Seller:
    made = make_seller()
    session.commit()
    return made


@pytest.fixture
def run(app: Flask, tmp_path: Path):
    def import_text(content: str, seller: Seller, *options: str, name: str = "produk.csv", answer: str = "") -> Result:
        (tmp_path / name).write_text(content, encoding="utf-8")
        arguments = ["catalog", "import", str(tmp_path / name), "--seller", seller.slug, *options]
        result = app.test_cli_runner().invoke(args=arguments, input=answer)
        session.expire_all()
        return result

    return import_text


def products(seller: Seller) -> dict[str, Product]:
    found = session.scalars(select(Product).where(Product.seller_id == seller.id))
    return {product.offer.sku: product for product in found}


def test_good_rows_go_in_and_bad_ones_say_why(run, seller: Seller) -> None:
    result = run(HEADING + ROWS, seller, "--yes")
    assert result.exit_code == 0, result.output
    assert 'Baris 4 ditolak. Satuan: "segenggam" tidak dikenal.' in result.output
    assert result.output.splitlines()[-1] == "created=2 updated=0 unchanged=0 rejected=1"
    found = products(seller)
    assert found.keys() == {"K-40", "K-50"}
    box = found["K-40"]
    assert (box.name, box.description, box.category.slug, box.unit_code, box.lead_time_days) == (
        "Kardus polos 40",
        "Satu dinding.",
        "kardus-polos",
        "H87",
        3,
    )
    offer = box.offer
    assert (offer.unit_price, offer.min_order, offer.order_multiple, offer.on_hand) == (3500, 50, 25, 1000)
    assert box.slug == f"kardus-polos-40-{box.id}"
    assert box.state is ProductState.DRAFT
    assert [record.action for record in audit.list_records(box)] == ["product_imported"]
    spare = found["K-50"]
    assert (spare.category.slug, spare.unit_code, spare.offer.on_hand) == ("lainnya", "XCT", 0)
    assert spare.description == "Kardus polos 50"
    assert find_stock_differences() == []


def test_the_same_file_twice_changes_nothing(run, seller: Seller) -> None:
    run(HEADING + ROWS, seller, "--yes")
    announced: list[int] = []

    def note(_sender: object, product_ids: list[int]) -> None:
        announced.extend(product_ids)

    before = {sku: product.updated_at for sku, product in products(seller).items()}
    with products_changed.connected_to(note):
        result = run(HEADING + ROWS, seller, "--yes")
    assert result.output.splitlines()[-1] == "created=0 updated=0 unchanged=2 rejected=1"
    assert announced == []
    assert {sku: product.updated_at for sku, product in products(seller).items()} == before


def test_only_what_differs_is_updated(run, seller: Seller) -> None:
    run(HEADING + ROWS, seller, "--yes")
    result = run("price,SKU,name\n3600,K-40,Kardus polos 40\n4500,K-50,Kardus polos 50\n", seller, "--yes")
    assert result.output.splitlines()[-1] == "created=0 updated=1 unchanged=1 rejected=0"
    box = products(seller)["K-40"]
    assert (box.offer.unit_price, box.offer.on_hand, box.offer.min_order, box.lead_time_days) == (3600, 1000, 50, 3)
    (changed, _imported) = audit.list_records(box)
    assert changed.details == {"changes": {"price": [3500, 3600]}}


def test_what_is_still_a_draft_is_no_news_to_buyers(run, seller: Seller) -> None:
    announced: list[int] = []

    def note(_sender: object, product_ids: list[int]) -> None:
        announced.extend(product_ids)

    shown = make_product(seller=seller, sku="A", name="Teh celup", unit_price=10_000)
    session.commit()
    with products_changed.connected_to(note):
        run("sku,nama,harga\nA,Teh celup,10500\nB,Kopi bubuk,9000\n", seller, "--yes")
    assert announced == [shown.id]


def test_stock_is_counted_again(run, seller: Seller) -> None:
    product = make_product(seller=seller, sku="A", on_hand=100, reserved=40, name="Teh")
    other = make_product(seller=seller, sku="B", on_hand=100, reserved=40, name="Kopi")
    session.commit()
    result = run("sku,nama,harga,stok\nA,Teh,10000,60\nB,Kopi,10000,39\n", seller, "--yes")
    assert "Baris 3 ditolak. Stok: 40 pcs sudah dipesan" in result.output
    assert result.output.splitlines()[-1] == "created=0 updated=1 unchanged=0 rejected=1"
    assert (product.offer.on_hand, other.offer.on_hand) == (60, 100)


def test_a_price_below_the_tiers_is_rejected(run, seller: Seller) -> None:
    product = make_product(seller=seller, sku="A", name="Teh", tiers=[(10, 9000)])
    session.commit()
    result = run("sku,nama,harga\nA,Teh,9000\n", seller, "--yes")
    assert "Baris 2 ditolak. Harga grosir: Harga mulai 10 harus lebih murah" in result.output
    assert product.offer.unit_price == 10_000


def test_other_sellers_numbers_are_their_own(run, seller: Seller) -> None:
    other = make_product(sku="K-40", name="Milik orang")
    session.commit()
    assert run(HEADING + ROWS, seller, "--yes").output.splitlines()[-1].startswith("created=2")
    assert (other.name, other.offer.unit_price) == ("Milik orang", 10_000)


def test_changed_words_of_a_published_product_wait_and_the_rest_holds_at_once(run, seller: Seller) -> None:
    product = make_product(seller=seller, sku="A", name="Teh celup", unit_price=10_000, on_hand=5)
    session.commit()
    run("sku,nama,harga,stok\nA,Teh melati,9000,7\n", seller, "--yes")
    assert (product.state, product.name) == (ProductState.PUBLISHED, "Teh celup")
    assert (product.offer.unit_price, product.offer.on_hand) == (9000, 7)
    assert product.pending_change is not None
    assert product.pending_change.changes == {"name": ["Teh celup", "Teh melati"]}
    again = run("sku,nama,harga,stok\nA,Teh melati,9000,7\n", seller, "--yes")
    assert again.output.splitlines()[-1] == "created=0 updated=0 unchanged=1 rejected=0"
    short = run("sku,nama,harga\nA,Teh,9000\n", seller, "--yes")
    assert "Baris 2 ditolak. Nama: Nama produk paling sedikit 5 huruf." in short.output


def test_publishing_puts_everything_on_the_shelf_once(run, seller: Seller) -> None:
    make_product(seller=seller, sku="R", name="Ditolak dulu", state=ProductState.REJECTED)
    make_product(seller=seller, sku="P", name="Sudah tayang")
    session.commit()
    content = "sku,nama,harga\nK-1,Kardus polos,3500\nR,Ditolak dulu,10000\nP,Sudah tayang lama,10000\nX,Teh,1\n"
    result = run(content, seller, "--yes", "--publish")
    assert "Baris 5 belum ditayangkan. Nama produk paling sedikit 5 huruf." in result.output
    assert result.output.splitlines()[-1] == "created=2 updated=2 unchanged=0 rejected=0"
    found = products(seller)
    assert {sku: product.state for sku, product in found.items()} == {
        "K-1": ProductState.PUBLISHED,
        "R": ProductState.PUBLISHED,
        "P": ProductState.PUBLISHED,
        "X": ProductState.DRAFT,
    }
    assert found["K-1"].for_sale
    assert found["K-1"].published_at is not None
    assert [record.action for record in audit.list_records(found["K-1"])] == [
        "product_published",
        "product_submitted",
        "product_imported",
    ]
    again = run(content, seller, "--yes", "--publish")
    assert again.output.splitlines()[-1] == "created=0 updated=0 unchanged=4 rejected=0"


def test_a_seller_that_may_not_sell_is_not_published(run) -> None:
    seller = make_seller(state=SellerState.APPLIED)
    session.commit()
    result = run(HEADING + ROWS, seller, "--yes", "--publish")
    assert result.exit_code == 1
    assert "belum disetujui koperasi" in result.output
    assert products(seller) == {}
    assert run(HEADING + ROWS, seller, "--yes").exit_code == 0


def test_without_a_terminal_nobody_is_asked(run, seller: Seller) -> None:
    result = run(HEADING + ROWS, seller)
    assert result.exit_code == 1
    assert "Tambahkan --yes" in result.output
    assert products(seller) == {}


@pytest.mark.parametrize(("answer", "made"), [("y\n", 2), ("n\n", 0)])
def test_on_a_terminal_it_is_tried_out_and_asked(run, seller: Seller, monkeypatch, answer: str, made: int) -> None:
    class Terminal:
        """Standard input and output that say they are a terminal."""

        def __init__(self, stream):
            self.stream = stream

        def isatty(self) -> bool:
            return True

    class Sys:
        stdin, stdout = Terminal(None), Terminal(None)

    monkeypatch.setattr(commands, "sys", Sys)
    result = run(HEADING + ROWS, seller, answer=answer)
    assert "Impor ke" in result.output
    assert result.output.count("Baris 4 ditolak.") == 1
    assert "created=2 updated=0 unchanged=0 rejected=1" in result.output
    assert len(products(seller)) == made


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "kosong"),
        ("sku,nama\nA,Teh\n", "Kolom ini harus ada"),
        ("PK rusak", "XLSX"),
        ("sku,sku,nama,harga\n", "dua kali"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(run, seller: Seller, content: str, sentence: str) -> None:
    result = run(content, seller, "--yes")
    assert result.exit_code == 1
    assert sentence in result.output


def test_an_unknown_seller_is_refused_in_a_sentence(run, app: Flask, tmp_path: Path) -> None:
    cooperative = make_cooperative()
    session.commit()
    result = run(HEADING, cooperative, "--yes")
    assert result.exit_code == 1
    assert "bukan penjual" in result.output
    for arguments in (["x.csv", "--seller", "x"], [str(tmp_path / "produk.csv"), "--seller", "tidak-ada", "--yes"]):
        assert app.test_cli_runner().invoke(args=["catalog", "import", *arguments]).exit_code != 0


def test_thousands_of_rows_are_a_few_statements_and_announcements(run, seller: Seller, count_queries) -> None:
    announced: list[list[int]] = []

    def note(_sender: object, product_ids: list[int]) -> None:
        announced.append(product_ids)

    content = HEADING + "".join(
        f"S-{n},Barang nomor {n},palet,Barang yang baik.,pcs,{1000 + n},1,1,{n},2\n" for n in range(1, 2 * BATCH + 1)
    )
    with products_changed.connected_to(note), count_queries() as creating:
        result = run(content, seller, "--yes", "--publish")
    assert result.output.splitlines()[-1] == f"created={2 * BATCH} updated=0 unchanged=0 rejected=0"
    assert result.output.splitlines()[-2] == f"{2 * BATCH}/{2 * BATCH}"
    assert [len(ids) for ids in announced] == [BATCH] * 2
    assert len(creating) <= 50
    with count_queries() as updating:
        result = run(content.replace(",1,1,", ",2,1,"), seller, "--yes")
    assert result.output.splitlines()[-1].startswith(f"created=0 updated={2 * BATCH}")
    assert len(updating) <= 50
    assert find_stock_differences() == []
    assert session.scalar(select(func.count()).select_from(Product).where(Product.seller_id == seller.id)) == 2 * BATCH


def test_operators_check_stock_and_plant_categories(app: Flask) -> None:
    runner = app.test_cli_runner()
    product = make_product(on_hand=10, sku="A-1")
    session.commit()
    assert runner.invoke(args=["catalog", "check-stock"]).output == "differences=0\n"
    session.execute(text("UPDATE offers SET on_hand = 9 WHERE id = :id"), {"id": product.offer.id})
    session.commit()
    result = runner.invoke(args=["catalog", "check-stock"])
    assert result.exit_code == 1
    assert result.output.splitlines()[0].startswith(f"A-1 (offer {product.offer.id}): on hand 9, moved 10")
    assert runner.invoke(args=["catalog", "plant-categories"]).output == "planted=0\n"


def test_an_imported_product_can_be_changed_by_its_seller(run, seller: Seller) -> None:
    run(HEADING + ROWS, seller, "--yes")
    product = products(seller)["K-40"]
    operations.update_product(product.id, {"price": 3600}, by=make_actor(seller, Role.SELLER))
    assert product.offer.unit_price == 3600
