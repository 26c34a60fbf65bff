"""Files on the seller's and the cooperative's pages: checked by a job, decided on by a person, written by a job."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from catalog.importing import limits, work
from catalog.importing.models import ImportRowResult, ImportRun
from catalog.importing.states import ImportState
from catalog.importing.tasks import forget
from catalog.products.models import Product
from catalog.stock.queries import find_stock_differences
from market import clock
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from tests.clients import PageClient
from tests.factories import make_actor, make_cooperative, make_product, make_seller

START = "/seller/products/import"
GOOD = "sku,nama,harga,stok\nK-40,Kardus polos 40,3500,100\nK-50,Kardus polos 50,4500,\n"
MIXED = GOOD + "K-60,Kardus polos 60,murah,\n"


@pytest.fixture
def seller() -> Seller:
    return make_seller()


@pytest.fixture
def at_desk(client: PageClient, seller: Seller) -> PageClient:
    return client.log_in(make_actor(seller, Role.SELLER))


def bring(client: PageClient, content: str, start: str = START, **more: Any) -> str:
    """Send a file; the address of its import."""
    data = {"file": (io.BytesIO(content.encode()), "produk.csv"), **more}
    answer = client.submit(start, data, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def products(seller: Seller) -> dict[str, Product]:
    return {
        offer.sku: product
        for product in session.scalars(select(Product).where(Product.seller_id == seller.id))
        for offer in product.offers
    }


def test_a_file_is_checked_shown_and_written(at_desk: PageClient, seller: Seller, run_jobs) -> None:
    address = bring(at_desk, GOOD)
    waiting = at_desk.get(address).text
    assert 'hx-trigger="every 2s"' in waiting
    assert "boleh ditinggalkan" in waiting
    assert products(seller) == {}
    run_jobs()
    checked = at_desk.get(address).text
    assert "every 2s" not in checked
    assert "putuskan apa yang disimpan" in checked
    assert products(seller) == {}
    answer = at_desk.submit(f"{address}/decide", {"mode": "all"})
    assert answer.status_code == 302
    assert "Menyimpan ke katalog" in at_desk.get(address).text
    run_jobs()
    assert "Impor selesai. 2 baris disimpan." in at_desk.get(address).text
    found = products(seller)
    assert {sku: product.offer.unit_price for sku, product in found.items()} == {"K-40": 3500, "K-50": 4500}
    assert found["K-40"].offer.on_hand == 100
    assert find_stock_differences() == []
    assert at_desk.submit(f"{address}/decide", {"mode": "all"}).status_code == 409


def test_wrong_rows_are_told_with_their_column_and_stand_in_the_way_of_all(
    at_desk: PageClient, seller: Seller, run_jobs
) -> None:
    address = bring(at_desk, MIXED)
    run_jobs()
    page = at_desk.get(f"{address}?outcome=rejected").text
    assert "tulis angka bulat, misalnya 15.000, bukan &#34;murah&#34;." in page
    assert "Kardus polos 40" not in page
    refused = at_desk.submit(f"{address}/decide", {"mode": "all"})
    assert refused.status_code == 422
    assert "Masih ada baris yang salah" in refused.text
    run_jobs()
    assert products(seller) == {}
    at_desk.submit(f"{address}/decide", {"mode": "valid"})
    run_jobs()
    assert products(seller).keys() == {"K-40", "K-50"}
    assert session.scalars(select(ImportRun)).one().counts == {"created": 2, "rejected": 1, "unchanged": 0}


def test_a_price_that_jumps_waits_for_a_tick(at_desk: PageClient, seller: Seller, run_jobs) -> None:
    make_product(seller=seller, sku="A", name="Teh celup", unit_price=10_000)
    make_product(seller=seller, sku="B", name="Kopi bubuk", unit_price=10_000)
    content = "sku,nama,harga\nA,Teh celup,100000\nB,Kopi bubuk,10500\n"
    address = bring(at_desk, content)
    run_jobs()
    assert "Harga naik 900%" in at_desk.get(f"{address}?outcome=to_confirm").text
    refused = at_desk.submit(f"{address}/decide", {"mode": "all"})
    assert "Periksa dulu harga yang ditandai" in refused.text
    at_desk.submit(f"{address}/decide", {"mode": "valid"})
    run_jobs()
    assert [products(seller)[sku].offer.unit_price for sku in "AB"] == [10_000, 10_500]
    assert "belum Anda pastikan" in at_desk.get(f"{address}?outcome=rejected").text
    address = bring(at_desk, content)
    run_jobs()
    at_desk.submit(f"{address}/decide", {"mode": "all", "prices_confirmed": "y"})
    run_jobs()
    assert products(seller)["A"].offer.unit_price == 100_000


def test_all_or_nothing_is_nothing_when_one_row_is_not_right_any_more(
    at_desk: PageClient, seller: Seller, run_jobs
) -> None:
    kept = make_product(seller=seller, sku="A", name="Teh celup", unit_price=10_000, on_hand=50)
    content = "sku,nama,harga,stok\nA,Teh celup,10000,20\nN,Barang baru,5000,1\n"
    address = bring(at_desk, content)
    run_jobs()
    session.execute(text("UPDATE offers SET reserved = 30 WHERE id = :id"), {"id": kept.offer.id})
    at_desk.submit(f"{address}/decide", {"mode": "all"})
    run_jobs()
    page = at_desk.get(address).text
    assert "tidak ada yang disimpan. Baris 2: Stok: 30 pcs sudah dipesan" in page
    assert products(seller).keys() == {"A"}
    assert kept.offer.on_hand == 50


def test_valid_rows_only_leaves_out_what_is_not_right_any_more(at_desk: PageClient, seller: Seller, run_jobs) -> None:
    kept = make_product(seller=seller, sku="A", name="Teh celup", unit_price=10_000, on_hand=50)
    address = bring(at_desk, "sku,nama,harga,stok\nA,Teh celup,10000,20\nN,Barang baru,5000,1\n")
    run_jobs()
    session.execute(text("UPDATE offers SET reserved = 30 WHERE id = :id"), {"id": kept.offer.id})
    at_desk.submit(f"{address}/decide", {"mode": "valid"})
    run_jobs()
    assert products(seller).keys() == {"A", "N"}
    assert "30 pcs sudah dipesan" in at_desk.get(f"{address}?outcome=rejected").text


def test_jobs_that_run_twice_do_no_harm(at_desk: PageClient, seller: Seller, run_jobs) -> None:
    address = bring(at_desk, GOOD)
    run_jobs()
    run = session.scalars(select(ImportRun)).one()
    work.check_file(run.id)
    assert session.scalar(select(func.count()).select_from(ImportRowResult)) == 2
    at_desk.submit(f"{address}/decide", {"mode": "all"})
    run_jobs()
    work.write_rows(run.id, by=None)
    assert len(products(seller)) == 2
    assert find_stock_differences() == []


def test_a_file_that_is_no_table_says_so(at_desk: PageClient, run_jobs) -> None:
    address = bring(at_desk, "PK rusak")
    run_jobs()
    assert "Buku kerja ini tidak dapat dibaca" in at_desk.get(address).text
    assert session.scalars(select(ImportRun)).one().state is ImportState.FAILED


def test_nothing_to_write_is_said(at_desk: PageClient, run_jobs) -> None:
    for _time in range(2):
        address = bring(at_desk, GOOD)
        run_jobs()
        page = at_desk.get(address).text
        at_desk.submit(f"{address}/decide", {"mode": "all"})
        run_jobs()
    assert "Semuanya sudah sama dengan katalog" in page


def test_an_import_can_be_left(at_desk: PageClient, seller: Seller, run_jobs) -> None:
    address = bring(at_desk, GOOD)
    run_jobs()
    assert at_desk.submit(f"{address}/drop").status_code == 302
    assert at_desk.submit(f"{address}/decide", {"mode": "all"}).status_code == 409
    assert "dibatalkan" in at_desk.get(address).text
    assert products(seller) == {}


def test_without_a_file_or_with_an_empty_one_the_form_says_so(at_desk: PageClient) -> None:
    none = at_desk.submit(START, {}, content_type="multipart/form-data")
    empty = at_desk.submit(START, {"file": (io.BytesIO(b" "), "x.csv")}, content_type="multipart/form-data")
    assert (none.status_code, empty.status_code) == (422, 422)
    assert "Pilih dulu berkasnya." in none.text
    assert "Berkas ini kosong." in empty.text


def test_a_file_that_is_too_large_is_refused_with_a_sentence(at_desk: PageClient) -> None:
    for size, status, words in (
        (limits.MAX_BYTES + 1, 422, "Berkas paling besar 50 MB"),
        (limits.MAX_BYTES + 2**17, 413, "Berkas terlalu besar"),
    ):
        # Written by hand: what the test client writes stays open when nobody reads it to its end.
        fields = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{at_desk.csrf_token()}\r\n'
        fields += '--x\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
        body = fields.encode() + b"x" * size + b"\r\n--x--\r\n"
        answer = at_desk.post(START, data=body, content_type="multipart/form-data; boundary=x")
        assert (answer.status_code, words in answer.text) == (status, True)


def test_without_the_token_nothing_is_brought(at_desk: PageClient) -> None:
    data = {"file": (io.BytesIO(GOOD.encode()), "produk.csv")}
    assert at_desk.post(START, data=data, content_type="multipart/form-data").status_code == 400
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 0


def test_another_sellers_import_is_not_there(at_desk: PageClient, app: Flask, run_jobs) -> None:
    address = bring(at_desk, GOOD)
    run_jobs()
    stranger: PageClient = app.test_client()  # type: ignore[assignment]
    stranger.log_in(make_actor(make_seller(), Role.SELLER))
    admin: PageClient = app.test_client()  # type: ignore[assignment]
    admin.log_in(make_actor(make_cooperative(), Role.ADMIN))
    run_id = address.rpartition("/")[2]
    for client, base in ((stranger, START), (admin, "/cooperative/products/import")):
        assert client.get(f"{base}/{run_id}").status_code == 404
        assert client.get(f"{base}/{run_id}/report.csv").status_code == 404
        assert client.submit(f"{base}/{run_id}/decide", {"mode": "all"}).status_code == 404
        assert client.submit(f"{base}/{run_id}/drop").status_code == 404
    assert session.scalars(select(ImportRun)).one().state is ImportState.CHECKED
    assert at_desk.get(f"{START}/{2**63}").status_code == 404


def test_a_cooperative_brings_files_for_its_own_sellers_only(client: PageClient, seller: Seller, run_jobs) -> None:
    client.log_in(make_actor(seller.cooperative, Role.ADMIN))
    start = "/cooperative/products/import"
    address = bring(client, GOOD, start, seller=str(seller.id))
    run_jobs()
    client.submit(f"{address}/decide", {"mode": "all"})
    run_jobs()
    assert products(seller).keys() == {"K-40", "K-50"}
    assert seller.name in client.get(address).text
    other = make_seller()
    data = {"file": (io.BytesIO(GOOD.encode()), "x.csv"), "seller": str(other.id)}
    assert client.submit(start, data, content_type="multipart/form-data").status_code == 422
    assert client.get(f"/cooperative/products/export?seller={other.id}").status_code == 404
    assert client.get(f"/cooperative/products/export?seller={seller.id}&format=csv").status_code == 200


def test_the_report_can_be_taken_along(at_desk: PageClient, run_jobs) -> None:
    address = bring(at_desk, MIXED + "=1+1,=2+2,x,\n")
    run_jobs()
    report = at_desk.get(f"{address}/report.csv")
    assert report.mimetype == "text/csv"
    lines = report.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "Baris;Kode barang;Nama;Hasil;Kolom;Keterangan"
    assert lines[1] == "2;K-40;Kardus polos 40;Baru;;"
    assert lines[3].startswith('4;K-60;Kardus polos 60;Ditolak;Harga;"tulis angka bulat')
    assert lines[4].startswith("5;'=1+1;'=2+2;Ditolak;Harga;")


def test_a_report_of_any_length_costs_the_same_queries(at_desk: PageClient, run_jobs, count_queries) -> None:
    short, long = (bring(at_desk, "sku,nama,harga\n" + "".join(f"{p}{n},Barang,x\n" for n in range(rows)))
                   for p, rows in (("A", 1), ("B", 40)))  # fmt: skip
    run_jobs()
    counts = []
    for address in (short, long):
        with count_queries() as queries:
            assert at_desk.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_old_reports_lose_their_rows_and_keep_their_counts(at_desk: PageClient, run_jobs) -> None:
    address = bring(at_desk, MIXED)
    run_jobs()
    run = session.scalars(select(ImportRun)).one()
    run.created_at = clock.now().replace(year=clock.now().year - 1)
    session.flush()
    forget()
    assert session.scalar(select(func.count()).select_from(ImportRowResult)) == 0
    assert "Ditolak" in at_desk.get(address).text


def test_files_that_were_brought_are_not_served(at_desk: PageClient, run_jobs) -> None:
    bring(at_desk, GOOD)
    run = session.scalars(select(ImportRun)).one()
    assert at_desk.get(f"/files/{run.file_key}").status_code == 404
