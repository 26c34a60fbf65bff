"""The pages about certificates: the seller's, the cooperative's, the buyers', and who may open a file."""

from io import BytesIO

import pytest

from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.models import Product
from catalog.products.scans import Scan
from catalog.products.states import CertificateState, ProductState
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from tests.catalog.products.boxes import box
from tests.catalog.products.marked import A_DAY, HALAL, a_pdf, a_scan, carry, days_after, noon
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller

DESK = "/cooperative/certificates"
H = CertificateKind.HALAL


def own(product: Product, kind: str = "halal") -> str:
    return f"/seller/products/{product.id}/certificates/{kind}"


def seen(product: Product) -> dict[str, str]:
    return {"seen_at": product.updated_at.isoformat()}


def scan_of(product: Product) -> str:
    return f"/products/{product.id}/certificates/{product.certificates[0].file_key.split('/')[1]}"


def marked(seller: Seller, **given) -> Product:
    product = make_product(seller=seller, name=given.pop("name", "Keripik"), state=given.pop("of", "published"))
    carry(product, **given)
    session.commit()
    return product


# The seller's pages


def test_a_seller_adds_a_certificate_with_its_scan(client, shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    client.log_in(shopkeeper)
    page = client.get(f"/seller/products/{product.id}").text
    assert all(kind.about in page and own(product, kind) in page for kind in CertificateKind)
    assert HALAL in client.get(own(product)).text
    answer = client.submit(
        own(product),
        {"number": f" {HALAL} ", "expires_on": "2030-01-31", "scan": (BytesIO(a_scan()), "foto.jpg")},
        content_type="multipart/form-data",
    )
    assert (answer.status_code, answer.location) == (302, f"/seller/products/{product.id}#sertifikat")
    page = client.get(answer.location).text
    assert all(words in page for words in (HALAL, "31 Jan 2030", "Belum diperiksa", scan_of(product)))
    assert CertificateKind.HALAL.about not in page.split("Tambah sertifikat")[1]
    assert "foto.webp" in client.get(own(product)).text


def test_a_strange_number_is_kept_with_a_word_of_warning(client, shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    client.log_in(shopkeeper)
    page = client.submit(
        own(product, "pirt"), {"number": "2063275011820-29", "expires_on": "2030-01-01"}, follow_redirects=True
    ).text
    doubt = "Menurut nomornya berlaku sampai 2029, tetapi tanggalnya tahun 2030. Periksa keduanya."
    assert page.count(doubt) == 2  # as it is saved, and where it stands
    assert doubt in client.get(own(product, "pirt")).text


def test_the_products_form_points_out_a_strange_number_beside_it(client, shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    carry(product, number="menyusul")
    carry(product, CertificateKind.SNI, number="SNI 3553:2015")
    session.commit()
    client.log_in(shopkeeper)
    page = client.get(f"/seller/products/{product.id}/edit").text
    assert page.count("biasanya ditulis seperti") == 1
    assert "Nomor Halal biasanya ditulis seperti" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"number": ""}, "Tulis nomor sertifikatnya."),
        ({"number": "   "}, "Tulis nomor sertifikatnya."),
        ({"number": "n" * 61}, "60"),
        ({"number": HALAL, "expires_on": "besok"}, "tanggal"),
        ({"number": HALAL, "scan": (BytesIO(b"<html>"), "halal.pdf")}, "bukan PDF atau gambar"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(client, shopkeeper: Actor, sent, words: str) -> None:
    product = box(shopkeeper)
    client.log_in(shopkeeper)
    answer = client.submit(own(product), sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{sent["number"]}"' in answer.text
    assert product.certificates == []


def test_of_a_published_product_both_words_are_shown(client, seller: Seller, shopkeeper: Actor) -> None:
    product = marked(seller, state=CertificateState.VERIFIED)
    client.log_in(shopkeeper)
    page = client.submit(own(product), {"number": "ID32110000934120825"}, follow_redirects=True).text
    assert "Koperasi memeriksanya dulu" in page
    assert "Menunggu persetujuan koperasi" in page
    assert "ID32110000934120825" in client.get(own(product)).text
    public = client.get(f"/products/{product.slug}").text
    assert HALAL in public
    assert "ID32110000934120825" not in public
    page = client.submit(f"{own(product)}/remove", follow_redirects=True).text
    assert "Dihapus setelah koperasi setuju" in page
    assert client.submit(f"{own(product)}/remove").status_code == 404


def test_a_refusal_is_read_where_it_is_mended(client, seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    product = marked(seller)
    operations.refuse_certificate(product.id, H, "Nomornya milik usaha lain.", by=admin)
    client.log_in(shopkeeper)
    for page in (f"/seller/products/{product.id}", own(product)):
        assert "Nomornya milik usaha lain." in client.get(page).text
    assert "Sertifikat tidak diterima: Halal" in client.get(f"/seller/products/{product.id}").text


def test_what_ends_soon_is_said_on_the_desk_and_over_the_products(client, seller: Seller, shopkeeper: Actor) -> None:
    client.log_in(shopkeeper)
    with clock.at(noon(A_DAY)):
        for page in ("/seller", "/seller/products"):
            assert "dalam 60 hari" not in client.get(page).text
        marked(seller, name="Keripik pisang", expires_on=days_after(60))
        marked(seller, name="Keripik singkong", expires_on=A_DAY)
        marked(seller, name="Keripik talas", expires_on=days_after(61))
        for page in ("/seller", "/seller/products"):
            assert "2 sertifikat berakhir dalam 60 hari." in client.get(page).text
        page = client.get("/seller/certificates?view=soon").text
    assert page.index("Keripik singkong") < page.index("Keripik pisang")
    assert "Keripik talas" not in page
    assert "hari ini terakhir" in page
    assert "60 hari lagi" in page


def test_a_seller_sees_only_its_own(client, seller: Seller, shopkeeper: Actor) -> None:
    foreign = marked(make_seller(), name="Milik orang lain")
    client.log_in(shopkeeper)
    assert "orang lain" not in client.get("/seller/certificates").text
    assert client.get(own(foreign)).status_code == 404
    assert client.submit(own(foreign), {"number": HALAL}).status_code == 404
    assert client.submit(f"{own(foreign)}/remove").status_code == 404
    assert client.get(own(foreign, "paspor")).status_code == 404


# The cooperative's desk


def test_the_desk_shows_first_what_waits(client, seller: Seller, admin: Actor) -> None:
    client.log_in(admin)
    assert "Semua sudah diperiksa" in client.get(DESK).text
    marked(seller, name="Yang menunggu", number="menyusul")
    marked(seller, name="Yang sudah", state=CertificateState.VERIFIED)
    marked(make_seller(), name="Di koperasi lain")
    page = client.get(DESK).text
    assert "Yang menunggu" in page
    assert "Nomor Halal biasanya ditulis seperti" in page
    assert "Yang sudah" not in page
    everything = client.get(f"{DESK}?view=all").text
    assert "Yang sudah" in everything
    assert "koperasi lain" not in everything
    assert "Yang menunggu" not in client.get(f"{DESK}?kind=sni").text
    assert client.get(f"{DESK}?view=x&kind=y&page=-5").status_code == 200
    assert "Sertifikat diperiksa" in client.get("/cooperative").text


def test_verifying_and_refusing_lead_back_to_where_one_was(client, seller: Seller, admin: Actor) -> None:
    product = marked(seller)
    client.log_in(admin)
    answer = client.submit(f"{DESK}/{product.id}/halal/verify", {**seen(product), "view": "soon", "kind": "halal"})
    assert answer.location == f"{DESK}?view=soon&kind=halal"
    assert product.certificates[0].state is CertificateState.VERIFIED
    answer = client.submit(f"{DESK}/{product.id}/halal/refuse", {**seen(product), "reason": "Palsu."})
    assert answer.location == f"{DESK.replace('certificates', 'products')}/{product.id}#sertifikat"
    page = client.get(answer.location).text
    assert "Tidak diterima" in page
    assert "Palsu." in page


def test_decisions_that_cannot_be_made_explain_themselves(client, seller: Seller, admin: Actor) -> None:
    product = marked(seller)
    client.log_in(admin)
    for deed, body, words in (
        ("refuse", {"reason": " ", **seen(product)}, "Tulis alasannya"),
        ("refuse", {"reason": "x", "seen_at": "kemarin"}, "berubah sejak halaman dibuka"),
        ("verify", {"seen_at": "2020-01-01T00:00:00+00:00"}, "berubah sejak halaman dibuka"),
    ):
        answer = client.submit(f"{DESK}/{product.id}/halal/{deed}", body, follow_redirects=True)
        assert words in answer.text
    assert client.submit(f"{DESK}/{product.id}/sni/verify", seen(product)).status_code == 404
    assert product.certificates[0].state is CertificateState.UNVERIFIED


def test_another_cooperatives_certificate_is_not_there(client, seller: Seller) -> None:
    product = marked(seller)
    client.log_in(make_actor(make_cooperative(), Role.ADMIN))
    for deed in ("verify", "refuse"):
        assert client.submit(f"{DESK}/{product.id}/halal/{deed}", {**seen(product), "reason": "x"}).status_code == 404


def test_whoever_looks_at_a_product_sees_what_they_verify_with_it(client, seller: Seller, admin: Actor) -> None:
    product = marked(seller, of=ProductState.SUBMITTED, number="menyusul")
    client.log_in(admin)
    page = client.get(f"/cooperative/products/{product.id}").text
    assert all(words in page for words in ("menyusul", "ikut dinyatakan benar", "Nomor Halal biasanya"))
    client.submit(f"/cooperative/products/{product.id}/approve", seen(product))
    assert product.certificates[0].state is CertificateState.VERIFIED


@pytest.mark.parametrize("path", ["/seller/certificates", DESK])
def test_the_lists_cost_the_same_however_long_they_are(
    client, seller: Seller, shopkeeper: Actor, admin: Actor, count_queries, path: str
) -> None:
    def cost() -> int:
        with count_queries() as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    client.log_in(shopkeeper if path.startswith("/seller") else admin)
    marked(seller)
    few = cost()
    for _ in range(15):
        marked(seller)
    assert cost() == few <= 10


# What buyers see, and who opens a file


def test_buyers_see_number_end_and_whether_the_cooperative_looked(client, seller: Seller) -> None:
    product = marked(seller, expires_on=days_after(3000), state=CertificateState.VERIFIED)
    carry(product, CertificateKind.SNI, number="SNI 3553:2015")
    carry(product, CertificateKind.ISO, number="ISO 9001:2015", state=CertificateState.REFUSED)
    carry(product, CertificateKind.BPOM, number="MD 265210034918", expires_on=days_after(-1))
    session.commit()
    with clock.at(noon(A_DAY)):
        page = client.get(f"/products/{product.slug}").text
    assert HALAL in page
    assert "SNI 3553:2015" in page
    assert page.count("Diperiksa koperasi") == 1
    assert not any(words in page for words in ("ISO 9001", "265210034918", "Belum diperiksa", "Lihat berkas"))


def test_the_api_says_the_same(api, seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    product = marked(seller, number="menyusul")
    (shown,) = api(None).get(f"/products/{product.id}").get_json()["certificates"]
    assert shown == {
        "kind": "halal",
        "name": "Halal",
        "number": "menyusul",
        "expires_on": None,
        "state": "unverified",
    }
    verified = api(admin).post(f"/products/{product.id}/certificates/halal/verify")
    assert (verified.status_code, verified.get_json()["state"]) == (200, "verified")
    assert api(admin).post(f"/products/{product.id}/certificates/halal/verify").status_code == 409
    assert api(admin).post(f"/products/{product.id}/certificates/halal/refuse", {"reason": ""}).status_code == 422
    refused = api(admin).post(f"/products/{product.id}/certificates/halal/refuse", {"reason": "Palsu."}).get_json()
    assert (refused["state"], refused["refusal"], refused["counts"]) == ("refused", "Palsu.", False)
    assert api(admin).post(f"/products/{product.id}/certificates/sni/verify").status_code == 404
    assert api(admin).post(f"/products/{product.id}/certificates/paspor/verify").status_code == 404
    assert api(shopkeeper).post(f"/products/{product.id}/certificates/halal/verify").status_code == 403
    assert api(None).get(f"/products/{product.id}").get_json()["certificates"] == []
    (mine,) = api(shopkeeper).get(f"/products/{product.id}").get_json()["certificates"]
    assert (mine["refusal"], mine["warning"][:11]) == ("Palsu.", "Nomor Halal")


def test_a_file_opens_to_its_seller_and_its_cooperative_and_once_verified_to_buyers(
    client, seller: Seller, shopkeeper: Actor, admin: Actor
) -> None:
    product = box(shopkeeper)
    operations.put_certificate(
        product.id, CertificateDetails(H, HALAL), by=shopkeeper, scan=Scan(a_pdf(), "Halal ✓.pdf")
    )
    product.state = ProductState.PUBLISHED
    session.commit()
    file, buyer = scan_of(product), make_actor(make_buyer(), Role.BUYER)
    others = {
        "another seller": make_actor(make_seller(), Role.SELLER),
        "another cooperative": make_actor(make_cooperative(), Role.ADMIN),
        "its cooperative's treasurer": make_actor(seller.cooperative, Role.TREASURER),
    }

    def status(actor: Actor) -> int:
        return client.log_in(actor).get(file).status_code

    assert "/login" in client.get(file).location
    assert [status(actor) for actor in (shopkeeper, admin, buyer)] == [200, 200, 404]
    operations.verify_certificate(product.id, H, by=admin)
    assert [status(actor) for actor in (shopkeeper, admin, buyer)] == [200, 200, 200]
    assert {who: status(actor) for who, actor in others.items()} == dict.fromkeys(others, 404)
    page = f"/products/{product.slug}"
    assert "Lihat berkas" in client.log_in(buyer).get(page).text
    assert "Lihat berkas" not in client.log_in(others["another seller"]).get(page).text
    operations.refuse_certificate(product.id, H, "Palsu.", by=admin)
    assert [status(actor) for actor in (shopkeeper, admin, buyer)] == [200, 200, 404]


def test_a_pdf_is_only_ever_handed_over(client, shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    client.log_in(shopkeeper)
    for content, kept, way in ((a_pdf(), "application/pdf", "attachment"), (a_scan(), "image/webp", "inline")):
        operations.put_certificate(
            product.id, CertificateDetails(H, HALAL), by=shopkeeper, scan=Scan(content, 'Halal "✓";\n.pdf')
        )
        answer = client.get(scan_of(product))
        assert (answer.status_code, answer.mimetype) == (200, kept)
        assert answer.headers["Content-Disposition"].startswith(f"{way}; filename*=UTF-8''Halal%20%22%E2%9C%93%22%3B.")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_that_waits_opens_to_both_sides_only(client, seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    product = marked(seller, state=CertificateState.VERIFIED)
    operations.put_certificate(product.id, CertificateDetails(H, HALAL), by=shopkeeper, scan=Scan(a_pdf(), "baru.pdf"))
    key = product.pending_change.wanted["certificates"][0][3]
    file = f"/products/{product.id}/certificates/{key.split('/')[1]}"
    opened = {
        role: client.log_in(actor).get(file).status_code
        for role, actor in (("seller", shopkeeper), ("admin", admin), ("buyer", make_actor(make_buyer(), Role.BUYER)))
    }
    assert opened == {"seller": 200, "admin": 200, "buyer": 404}


def test_whoever_looks_at_a_change_can_open_the_file_and_reads_what_is_odd(
    client, seller: Seller, shopkeeper: Actor, admin: Actor
) -> None:
    product = marked(seller, state=CertificateState.VERIFIED)
    operations.put_certificate(
        product.id, CertificateDetails(H, "menyusul"), by=shopkeeper, scan=Scan(a_pdf(), "baru.pdf")
    )
    change = product.pending_change
    name = change.wanted["certificates"][0][3].split("/")[1]
    client.log_in(admin)
    page = client.get(f"/cooperative/products/changes/{change.id}").text
    assert f"/products/{product.id}/certificates/{name}" in page
    assert "Nomor Halal biasanya ditulis seperti" in page
    client.submit(f"/cooperative/products/changes/{change.id}/approve", {"seen_at": change.updated_at.isoformat()})
    assert product.certificates[0].state is CertificateState.VERIFIED
    assert "Nomor Halal biasanya" not in client.get(f"/cooperative/products/changes/{change.id}").text


def test_a_file_is_found_only_through_a_product_that_has_it(client, seller: Seller, shopkeeper: Actor) -> None:
    product, other = box(shopkeeper), make_product(seller=seller)
    operations.put_certificate(product.id, CertificateDetails(H, HALAL), by=shopkeeper, scan=Scan(a_pdf(), "a.pdf"))
    client.log_in(shopkeeper)
    name = scan_of(product).rsplit("/", 1)[1]
    assert client.get(f"/products/{other.id}/certificates/{name}").status_code == 404
    for wrong in ("x.pdf", "..%2f..%2fetc%2fpasswd", name.upper()):
        assert client.get(f"/products/{product.id}/certificates/{wrong}").status_code == 404
    assert client.get(f"/files/certificates/{name}").status_code == 404
    assert client.get(f"/files/pictures/..%2fcertificates%2f{name}").status_code == 404
