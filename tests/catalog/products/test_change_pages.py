"""The pages on which changes are read, decided, continued and taken back."""

import re
from datetime import date

import pytest

from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.models import ChangeRequest, Product
from catalog.products.states import ChangeState, ProductState, ReasonKind
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Cooperative, Seller
from tests.catalog.products.drawing import picture
from tests.factories import make_actor, make_cooperative, make_product, make_seller

LIST = "/cooperative/products"


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(margin=250)


@pytest.fixture
def seller(cooperative: Cooperative) -> Seller:
    return make_seller(cooperative=cooperative, name="Karya Kardus")


@pytest.fixture
def shopkeeper(seller: Seller) -> Actor:
    return make_actor(seller, Role.SELLER)


@pytest.fixture
def product(seller: Seller) -> Product:
    made = make_product(
        seller=seller,
        name="Kardus polos kuat",
        description="Satu dinding untuk barang ringan.",
        specification=[["Tinggi", "30 cm"], ["Lebar", "20 cm"], ["Bahan", "kraft"]],
    )
    session.commit()
    return made


@pytest.fixture
def change(product: Product, shopkeeper: Actor) -> ChangeRequest:
    details = {
        "name": "Kardus cetak kuat",
        "specification": [("Tinggi", "35 cm"), ("Lebar", "20 cm"), ("Beban", "14 kg")],
        "unit": "dus",
        "certificates": [CertificateDetails(CertificateKind.SNI, "SNI 14-1439-1998", date(2030, 1, 31))],
    }
    operations.update_product(product.id, details, by=shopkeeper)  # type: ignore[arg-type]
    session.expire_all()
    assert product.pending_change is not None
    return product.pending_change


@pytest.fixture
def admin(cooperative: Cooperative, client) -> Actor:
    actor = make_actor(cooperative, Role.ADMIN)
    client.log_in(actor)
    return actor


def words(page: str) -> str:
    """The page as one line, marks as brackets."""
    marked = re.sub(r"</?(del|ins)>", lambda tag: "[" if "/" not in tag[0] else "]", page)
    return " ".join(re.sub(r"<[^>]+>", " ", marked).split())


def test_what_buyers_read_stands_beside_what_they_are_to_read(client, admin: Actor, change: ChangeRequest) -> None:
    page = words(client.get(f"{LIST}/changes/{change.id}").text)
    for shown in (
        "Kardus [polos] kuat",
        "Kardus [cetak] kuat",
        "[30] cm",
        "[35] cm",
        "Bahan",
        "[kraft]",
        "Beban",
        "[14 kg]",
        "1 baris lain tetap.",
        "SNI 14-1439-1998 · sampai 31 Jan 2030",
        "Setujui perubahan",
        "Tolak perubahan",
    ):
        assert shown in page, shown


def test_pictures_stand_beside_each_other(client, admin: Actor, product: Product, shopkeeper: Actor) -> None:
    operations.add_pictures(product.id, [picture(), picture()], by=shopkeeper)
    session.expire_all()
    operations.approve_change(product.pending_change.id, by=admin)
    session.expire_all()
    first, second = [shown.keys for shown in product.pictures]
    operations.remove_picture(product.id, first[0], by=shopkeeper)
    operations.add_pictures(product.id, [picture()], by=shopkeeper)
    session.expire_all()
    page = client.get(f"{LIST}/changes/{product.pending_change.id}").text
    assert page.count(f'href="/files/{first[0]}"') == 1
    assert page.count(f'href="/files/{second[0]}"') == 2
    assert "Dihapus" in page
    assert "Baru" in page


def test_the_change_page_costs_a_fixed_number_of_selects(
    client, admin: Actor, change: ChangeRequest, count_queries
) -> None:
    with count_queries() as queries:
        assert client.get(f"{LIST}/changes/{change.id}").status_code == 200
    assert len(queries) <= 20


def test_new_products_and_changes_wait_in_one_list(
    client, admin: Actor, seller: Seller, product: Product, change: ChangeRequest
) -> None:
    make_product(seller=seller, name="Palet yang baru", state=ProductState.SUBMITTED)
    make_product(seller=seller, name="Yang tayang saja")
    session.commit()
    everything = words(client.get(LIST).text)
    assert "Menunggu 2 Baru 1 Perubahan 1" in everything
    assert "Palet yang baru" in everything
    assert "Nama, spesifikasi, satuan, sertifikat" in everything
    assert "Yang tayang saja" not in everything
    assert "Kardus polos kuat" not in client.get(f"{LIST}?state=submitted").text
    changed = client.get(f"{LIST}?state=changed").text
    assert "Palet yang baru" not in changed
    assert f"{LIST}/changes/{change.id}" in changed
    assert "Bandingkan perubahan" in client.get(f"{LIST}/{product.id}").text


def test_the_list_costs_the_same_however_many_wait(
    client, admin: Actor, seller: Seller, shopkeeper: Actor, count_queries
) -> None:
    def wait(number: int) -> None:
        for _each in range(number):
            new = make_product(seller=seller)
            make_product(seller=seller, state=ProductState.SUBMITTED)
            session.commit()
            operations.update_product(new.id, {"name": "Nama yang baru"}, by=shopkeeper)

    counts = []
    for number in (1, 9):
        wait(number)
        with count_queries() as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_approving_shows_buyers_the_new(client, admin: Actor, product: Product, change: ChangeRequest) -> None:
    answer = client.submit(f"{LIST}/changes/{change.id}/approve", {"seen_at": change.updated_at.isoformat()})
    assert (answer.status_code, answer.location) == (302, LIST)
    assert product.name == "Kardus cetak kuat"
    page = words(client.get(f"{LIST}/changes/{change.id}").text)
    assert "Disetujui" in page
    assert "Setujui perubahan" not in page
    assert "Kardus [polos] kuat" in page


def test_rejecting_asks_for_a_reason(client, admin: Actor, product: Product, change: ChangeRequest) -> None:
    url, seen = f"{LIST}/changes/{change.id}/reject", {"seen_at": change.updated_at.isoformat()}
    for typed in ({}, {"reason": "  "}, {"reason_kind": "other"}, {"reason_kind": "tidak-ada", "reason": ""}):
        answer = client.submit(url, {**seen, **typed})
        assert answer.status_code == 422
        assert "Tulis alasannya" in answer.text
    too_long = client.submit(url, {**seen, "reason_kind": "name", "reason": "r" * 1001})
    assert too_long.status_code == 422
    assert "r" * 1001 in too_long.text
    assert re.search(r'value="name"\s+selected', too_long.text)
    assert client.submit(url, {**seen, "reason_kind": "name", "reason": "Bukan cetak."}).status_code == 302
    assert (change.state, change.reason_kind) == (ChangeState.REJECTED, ReasonKind.NAME)
    assert "Nama tidak jelas atau tidak sesuai barangnya: Bukan cetak." in client.get(url.removesuffix("/reject")).text
    assert product.name == "Kardus polos kuat"


@pytest.mark.parametrize("deed", ["approve", "reject"])
def test_a_decision_on_an_old_page_explains_itself(
    client, admin: Actor, product: Product, change: ChangeRequest, shopkeeper: Actor, deed: str
) -> None:
    old = change.updated_at.isoformat()
    operations.update_product(product.id, {"name": "Kardus lain lagi"}, by=shopkeeper)
    for seen_at in (old, "kemarin", ""):
        answer = client.submit(f"{LIST}/changes/{change.id}/{deed}", {"seen_at": seen_at, "reason": "x"})
        assert answer.location == f"{LIST}/changes/{change.id}"
        assert "berubah sejak halaman dibuka" in client.get(answer.location).text
    assert change.state is ChangeState.PENDING


def test_products_and_changes_are_approved_together(
    client, admin: Actor, seller: Seller, product: Product, change: ChangeRequest
) -> None:
    new = make_product(seller=seller, state=ProductState.SUBMITTED)
    session.commit()
    ticked = {
        "product": f"{new.id} {new.updated_at.isoformat()}",
        "change": f"{change.id} {change.updated_at.isoformat()}",
    }
    page = client.get(LIST).text
    assert all(f'name="{name}"' in page and f'value="{value}"' in page for name, value in ticked.items())
    answer = client.submit(f"{LIST}/approve", {**ticked, "state": "changed"})
    assert answer.location == f"{LIST}?state=changed"
    page = client.get(answer.location).text
    assert "1 produk disetujui dan tayang." in page
    assert "1 perubahan disetujui." in page
    assert product.name == "Kardus cetak kuat"
    assert new.for_sale
    again = client.submit(f"{LIST}/approve", ticked, follow_redirects=True)
    assert "1 belum disetujui: Produk ini berubah sejak halaman dibuka." in again.text
    assert "1 belum disetujui: Keadaan data ini sudah berubah." in again.text


def test_anothers_change_is_not_there(client, change: ChangeRequest, cooperative: Cooperative) -> None:
    client.log_in(make_actor(make_cooperative(), Role.ADMIN))
    assert client.get(f"{LIST}/changes/{change.id}").status_code == 404
    assert client.get(f"{LIST}/changes/{2**70}").status_code == 404
    seen = {"seen_at": change.updated_at.isoformat(), "reason": "x"}
    for deed in ("approve", "reject"):
        assert client.submit(f"{LIST}/changes/{change.id}/{deed}", seen).status_code == 404
        assert client.post(f"{LIST}/changes/{change.id}/{deed}", data=seen).status_code == 400


def test_the_seller_reads_what_waits_and_takes_it_back(
    client, shopkeeper: Actor, product: Product, change: ChangeRequest
) -> None:
    client.log_in(shopkeeper)
    page = words(client.get(f"/seller/products/{product.id}").text)
    assert "Perubahan menunggu koperasi" in page
    assert "Kardus [cetak] kuat" in page
    answer = client.submit(f"/seller/products/{product.id}/changes/withdraw", follow_redirects=True)
    assert "Perubahan dibatalkan" in answer.text
    assert change.state is ChangeState.WITHDRAWN
    assert "Perubahan menunggu koperasi" not in answer.text
    again = client.submit(f"/seller/products/{product.id}/changes/withdraw", follow_redirects=True)
    assert "sudah berubah" in again.text


def test_the_form_goes_on_with_what_waits(client, shopkeeper: Actor, product: Product, change: ChangeRequest) -> None:
    client.log_in(shopkeeper)
    page = client.get(f"/seller/products/{product.id}/edit").text
    assert 'value="Kardus cetak kuat"' in page
    assert "Beban: 14 kg" in page
    assert "masih menunggu koperasi: nama, spesifikasi, satuan, sertifikat" in page
    assert re.search(r'<option selected value="XCT"', page)


def test_what_was_rejected_is_read_and_mended(
    client, shopkeeper: Actor, product: Product, change: ChangeRequest, admin: Actor
) -> None:
    operations.reject_change(change.id, "Tinggi tidak sama.", kind=ReasonKind.SPECIFICATION, by=admin)
    client.log_in(shopkeeper)
    page = client.get(f"/seller/products/{product.id}").text
    assert "Spesifikasi atau deskripsi kurang lengkap: Tinggi tidak sama." in page
    again = f"/seller/products/{product.id}/edit?again=1"
    assert again.replace("&", "&amp;") in page
    assert 'value="Kardus cetak kuat"' in client.get(again).text
    assert 'value="Kardus polos kuat"' in client.get(f"/seller/products/{product.id}/edit").text


def test_a_rejection_of_long_ago_is_not_repeated(
    client, shopkeeper: Actor, product: Product, change: ChangeRequest, admin: Actor
) -> None:
    operations.reject_change(change.id, "Tidak.", by=admin)
    session.expire_all()
    change.decided_at = change.decided_at.replace(year=2020)  # type: ignore[union-attr]
    session.commit()
    client.log_in(shopkeeper)
    assert "Ubah lagi" not in client.get(f"/seller/products/{product.id}").text


def test_buyers_read_the_old_until_then(client, product: Product, change: ChangeRequest) -> None:
    page = client.get(f"/products/{product.slug}").text
    assert "Kardus polos kuat" in page
    assert "Kardus cetak" not in page


def test_the_desk_counts_what_waits(client, admin: Actor, seller: Seller, change: ChangeRequest) -> None:
    make_product(seller=seller, state=ProductState.SUBMITTED)
    session.commit()
    assert "1 baru, 1 perubahan" in client.get("/cooperative").text
