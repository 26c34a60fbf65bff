"""Certificates are said by sellers, with a scan, and verified or refused by the cooperative."""

from datetime import date

import pytest
from PIL import Image

from catalog.products import operations, scans
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.errors import ChangedMeanwhile
from catalog.products.marks import certificates_said
from catalog.products.models import Product
from catalog.products.operations.bulk import Seen, approve_chosen
from catalog.products.operations.changes import approve_change
from catalog.products.scans import Scan
from catalog.products.states import CertificateState
from market import clock, files
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, IllegalTransition, Invalid, NotFound
from market.organisations.models import Seller
from tests.catalog.products.boxes import actions, box
from tests.catalog.products.drawing import opened
from tests.catalog.products.marked import A_DAY, HALAL, LetterBox, a_pdf, a_scan, carry, days_after, noon
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller

H = CertificateKind.HALAL


def halal(number: str = HALAL, ends: date | None = None) -> CertificateDetails:
    return CertificateDetails(H, number, ends)


def published(seller: Seller, **given) -> Product:
    product = make_product(seller=seller, **given)
    session.commit()
    return product


def test_a_certificate_is_added_changed_and_removed(shopkeeper: Actor, announced: list[int]) -> None:
    product = box(shopkeeper)
    announced.clear()
    operations.put_certificate(product.id, halal(ends=A_DAY), by=shopkeeper, scan=Scan(a_pdf(), "Halal 2026.pdf"))
    row = product.certificates[0]
    assert (row.number, row.expires_on, row.file_name, row.state) == (
        HALAL,
        A_DAY,
        "Halal 2026.pdf",
        CertificateState.UNVERIFIED,
    )
    assert files.store.read(row.file_key) == a_pdf()
    operations.put_certificate(product.id, halal("ID32110000934120825"), by=shopkeeper)
    assert product.certificates == [row]
    assert (row.number, row.expires_on, row.file_name) == ("ID32110000934120825", None, "Halal 2026.pdf")
    operations.remove_certificate(product.id, H, by=shopkeeper)
    assert product.certificates == []
    assert announced == [product.id] * 3
    assert actions(product)[-3:] == ["product_changed"] * 3


def test_one_certificate_leaves_the_others_as_they_are(shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    other = carry(product, CertificateKind.SNI, number="SNI 3553:2015", state=CertificateState.VERIFIED)
    session.commit()
    operations.put_certificate(product.id, halal(), by=shopkeeper)
    operations.remove_certificate(product.id, H, by=shopkeeper)
    assert product.certificates == [other]
    assert other.state is CertificateState.VERIFIED


def test_of_a_published_product_it_waits_for_the_cooperative(shopkeeper: Actor, seller: Seller, admin: Actor) -> None:
    product = published(seller)
    sni = carry(product, CertificateKind.SNI, number="SNI 3553:2015", state=CertificateState.VERIFIED)
    session.commit()
    operations.put_certificate(product.id, halal(ends=days_after(4000)), by=shopkeeper, scan=Scan(a_pdf(), "h.pdf"))
    operations.remove_certificate(product.id, CertificateKind.SNI, by=shopkeeper)
    assert product.certificates == [sni]
    said = {each.certificate.kind: each for each in certificates_said(product)}
    assert said[H].waits
    assert said[H].certificate.file_name == "h.pdf"
    assert said[CertificateKind.SNI].leaves
    with pytest.raises(NotFound):
        operations.remove_certificate(product.id, CertificateKind.SNI, by=shopkeeper)
    approve_change(product.pending_change.id, by=admin)
    (now,) = product.certificates
    assert (now.kind, now.state, now.verified_by_id) == (H, CertificateState.VERIFIED, admin.user_id)
    assert not any(each.waits or each.leaves for each in certificates_said(product))


def test_approving_other_words_verifies_nothing(shopkeeper: Actor, seller: Seller, admin: Actor) -> None:
    product = published(seller)
    row = carry(product)
    session.commit()
    operations.update_product(product.id, {"description": "Lebih tebal."}, by=shopkeeper)
    approve_change(product.pending_change.id, by=admin)
    assert row.state is CertificateState.UNVERIFIED


def test_approving_a_product_verifies_what_can_be_verified(shopkeeper: Actor, admin: Actor) -> None:
    product = box(shopkeeper)
    good = carry(product)
    empty = carry(product, CertificateKind.SNI, number="")
    over = carry(product, CertificateKind.ISO, number="ISO 9001:2015", expires_on=date(2020, 1, 1))
    refused = carry(product, CertificateKind.SLHS, number="1", state=CertificateState.REFUSED, refusal="Palsu.")
    operations.submit_product(product.id, by=shopkeeper)
    operations.approve_product(product.id, by=admin)
    assert (good.state, good.verified_by_id) == (CertificateState.VERIFIED, admin.user_id)
    assert [empty.state, over.state] == [CertificateState.UNVERIFIED] * 2
    assert refused.state is CertificateState.REFUSED


def test_who_ticks_products_in_a_list_has_not_seen_their_certificates(shopkeeper: Actor, admin: Actor) -> None:
    product = box(shopkeeper)
    row = carry(product)
    operations.submit_product(product.id, by=shopkeeper)
    approvals = approve_chosen(products=[Seen(product.id, product.updated_at)], by=admin)
    assert approvals.products == [product]
    assert row.state is CertificateState.UNVERIFIED


def test_the_cooperative_verifies(seller: Seller, admin: Actor, announced: list[int]) -> None:
    product = published(seller)
    row = carry(product)
    session.commit()
    seen_at = product.updated_at
    with clock.at(noon(A_DAY)):
        operations.verify_certificate(product.id, H, by=admin, seen_at=seen_at)
    assert (row.state, row.verified_at, row.verified_by_id) == (CertificateState.VERIFIED, noon(A_DAY), admin.user_id)
    assert announced == [product.id]
    assert actions(product) == ["certificate_verified"]
    assert product.updated_at == seen_at
    with pytest.raises(IllegalTransition):
        operations.verify_certificate(product.id, H, by=admin)


def test_what_cannot_be_verified_says_why(seller: Seller, admin: Actor) -> None:
    product = published(seller)
    carry(product, number="")
    carry(product, CertificateKind.SNI, expires_on=date(2020, 1, 1))
    session.commit()
    with pytest.raises(Invalid, match="belum diisi"):
        operations.verify_certificate(product.id, H, by=admin)
    with pytest.raises(Invalid, match="kedaluwarsa"):
        operations.verify_certificate(product.id, CertificateKind.SNI, by=admin)
    with pytest.raises(NotFound):
        operations.verify_certificate(product.id, CertificateKind.ISO, by=admin)


def test_a_refused_one_no_longer_counts_and_its_seller_reads_why(
    seller: Seller, shopkeeper: Actor, admin: Actor, announced: list[int], letters: LetterBox, run_jobs
) -> None:
    product = published(seller, name="Keripik singkong")
    row = carry(product, state=CertificateState.VERIFIED, verified_at=clock.now())
    session.commit()
    operations.refuse_certificate(product.id, H, " Nomornya milik usaha lain. ", by=admin)
    assert (row.state, row.refusal, row.verified_at) == (CertificateState.REFUSED, "Nomornya milik usaha lain.", None)
    assert not row.counts(clock.today())
    assert announced == [product.id]
    run_jobs()
    (letter,) = letters.to(shopkeeper.email)
    assert "Halal untuk Keripik singkong tidak diterima" in letter["Subject"]
    assert "Alasannya: Nomornya milik usaha lain." in letter.get_content()
    assert letters.to(admin.email) == []


def test_a_refused_one_counts_again_once_it_is_mended_and_verified(
    shopkeeper: Actor, seller: Seller, admin: Actor
) -> None:
    product = box(shopkeeper)
    row = carry(product)
    session.commit()
    operations.refuse_certificate(product.id, H, "Buram.", by=admin)
    operations.put_certificate(product.id, halal(), by=shopkeeper, scan=Scan(a_scan(), "foto.jpg"))
    assert (row.state, row.refusal, row.counts(clock.today())) == (CertificateState.UNVERIFIED, None, True)
    operations.verify_certificate(product.id, H, by=admin)
    operations.refuse_certificate(product.id, H, "Ternyata palsu.", by=admin)
    operations.verify_certificate(product.id, H, by=admin)
    assert row.refusal is None


@pytest.mark.parametrize(("reason", "words"), [("  ", "Tulis alasannya"), ("r" * 1001, "1.000"), ("a\x00", "huruf")])
def test_a_refusal_needs_a_reason(seller: Seller, admin: Actor, reason: str, words: str) -> None:
    product = published(seller)
    row = carry(product)
    session.commit()
    with pytest.raises(Invalid, match=words):
        operations.refuse_certificate(product.id, H, reason, by=admin)
    assert row.state is CertificateState.UNVERIFIED


def test_nobody_decides_on_what_they_have_not_seen(shopkeeper: Actor, admin: Actor) -> None:
    product = box(shopkeeper)
    carry(product)
    session.commit()
    old = product.updated_at
    operations.put_certificate(product.id, halal("ID32110000934120825"), by=shopkeeper)
    for decide in (
        lambda: operations.verify_certificate(product.id, H, by=admin, seen_at=old),
        lambda: operations.refuse_certificate(product.id, H, "x", by=admin, seen_at=old),
    ):
        with pytest.raises(ChangedMeanwhile):
            decide()


def test_only_those_whose_product_it_is(seller: Seller, shopkeeper: Actor, admin: Actor) -> None:
    product = published(seller)
    carry(product)
    session.commit()
    stranger = make_actor(make_seller(), Role.SELLER)
    other_admin = make_actor(make_cooperative(), Role.ADMIN)
    with pytest.raises(NotFound):
        operations.put_certificate(product.id, halal(), by=stranger, scan=Scan(b"no file", "x"))
    with pytest.raises(NotFound):
        operations.remove_certificate(product.id, H, by=stranger)
    with pytest.raises(NotFound):
        operations.verify_certificate(product.id, H, by=other_admin)
    with pytest.raises(NotFound):
        operations.refuse_certificate(product.id, H, "x", by=other_admin)
    for actor in (shopkeeper, make_actor(make_buyer(), Role.BUYER), make_actor(seller.cooperative, Role.TREASURER)):
        with pytest.raises(Forbidden):
            operations.verify_certificate(product.id, H, by=actor)
        with pytest.raises(Forbidden):
            operations.refuse_certificate(product.id, H, "x", by=actor)
    for actor in (admin, make_actor(make_buyer(), Role.BUYER)):
        with pytest.raises(Forbidden):
            operations.put_certificate(product.id, halal(), by=actor)


@pytest.mark.parametrize("number", ["", "   ", "n" * 61, "ID\x00"])
def test_a_number_that_cannot_be_kept_is_refused(shopkeeper: Actor, number: str) -> None:
    product = box(shopkeeper)
    with pytest.raises(Invalid):
        operations.put_certificate(product.id, halal(number), by=shopkeeper)
    assert product.certificates == []


def test_a_strange_number_is_kept_and_pointed_out(shopkeeper: Actor) -> None:
    product = box(shopkeeper)
    operations.put_certificate(product.id, halal("menyusul"), by=shopkeeper)
    assert "ID32110000934120824" in str(product.certificates[0].warning)


# The scan


def test_a_photograph_is_written_anew_without_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010E] = "rumah saya"  # ImageDescription
    kept = scans.keep_scan(Scan(a_scan(exif=exif), "IMG_0001.JPG"))
    content = files.store.read(kept.key)
    assert content is not None
    assert kept.name == "IMG_0001.webp"
    assert opened(content).format == "WEBP"
    assert b"rumah saya" not in content


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_what_is_in_a_file_decides_not_its_name(form: str) -> None:
    assert scans.keep_scan(Scan(a_scan(form), "sertifikat.pdf")).key.endswith(".webp")
    assert scans.keep_scan(Scan(a_pdf(), "sertifikat.jpg")).key.endswith(".pdf")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"<html><script>alert(1)</script></html>", "bukan PDF atau gambar"),
        (b"MZ\x90\x00 an exe", "bukan PDF atau gambar"),
        (b"GIF89a" + bytes(100), "bukan PDF atau gambar"),
        (b"%PDF-1.4\nonly its beginning", "tidak utuh"),
        (b"\xff\xd8\xff" + bytes(100), "tidak.*dapat dibaca|bukan gambar"),
        (a_pdf() + bytes(10 * 1024 * 1024), "10 MB"),
        (b"%PDF-" + b"%%EOF" + bytes(3000), "tidak utuh"),
    ],
)
def test_other_files_are_refused_with_a_sentence(shopkeeper: Actor, content: bytes, words: str) -> None:
    product = box(shopkeeper)
    with pytest.raises(Invalid, match=words) as refused:
        operations.put_certificate(product.id, halal(), by=shopkeeper, scan=Scan(content, "x.pdf"))
    assert refused.value.field == "scan"
    assert product.certificates == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\ibu\\Sertifikat halal.PDF", "Sertifikat halal.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
        ("x\r\nSet-Cookie: a\x00.pdf", "xSet-Cookie: a.pdf"),
        (".pdf", "sertifikat.pdf"),
        ("", "sertifikat.pdf"),
    ],
)
def test_a_files_name_is_only_a_name(sent: str, kept: str) -> None:
    assert scans.keep_scan(Scan(a_pdf(), sent)).name == kept
