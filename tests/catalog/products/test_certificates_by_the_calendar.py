"""Sellers are reminded 60 and 14 days before a certificate ends, once each; the day after its last it is gone."""

import pytest

from catalog.products import operations
from catalog.products.certificate_queries import View, count_certificates, list_certificates
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.models import Product
from catalog.products.presenter import product_item
from catalog.products.states import CertificateState, ProductState
from catalog.products.tasks import drop_expired_certificates, remind_of_certificates
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from tests.catalog.products.boxes import box
from tests.catalog.products.marked import A_DAY, HALAL, LetterBox, carry, days_after, first_minute, noon
from tests.factories import make_actor, make_cooperative, make_product, make_seller

ENDS = A_DAY
"""The last day of the certificates here."""


@pytest.fixture
def remind(letters: LetterBox, run_jobs):
    """Let it be the morning so many days before the end; answers with the letters sent then."""

    def on(days_before: int) -> list:
        already = len(letters.letters)
        with clock.at(noon(days_after(-days_before))):
            remind_of_certificates()
            run_jobs()
        return letters.letters[already:]

    return on


def ending(seller: Seller, **given) -> Product:
    product = make_product(seller=seller, name=given.pop("name", "Keripik"), state=given.pop("of", "published"))
    carry(product, **{"expires_on": ENDS, **given})
    session.commit()
    return product


def test_a_seller_is_reminded_60_and_14_days_before_and_at_no_other_time(
    seller: Seller, shopkeeper: Actor, remind
) -> None:
    ending(seller)
    sent = {days: len(remind(days)) for days in (90, 61, 60, 59, 30, 15, 14, 13, 1, 0, -1, -30)}
    assert sent == {90: 0, 61: 0, 60: 1, 59: 0, 30: 0, 15: 0, 14: 1, 13: 0, 1: 0, 0: 0, -1: 0, -30: 0}


def test_running_twice_sends_nothing_more(seller: Seller, shopkeeper: Actor, remind) -> None:
    ending(seller)
    assert [len(remind(days)) for days in (60, 60, 60, 14, 14)] == [1, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("mornings", "reminded"), [((58, 57, 3, 2), [58, 3]), ((10, 9), [10]), ((0,), [0]), ((-1,), [])]
)
def test_a_missed_morning_is_made_up_for(
    seller: Seller, shopkeeper: Actor, remind, mornings: tuple[int, ...], reminded: list[int]
) -> None:
    ending(seller)
    assert [days for days in mornings if remind(days)] == reminded


def test_one_letter_names_each_number_once_with_its_products(
    seller: Seller, shopkeeper: Actor, letters: LetterBox, remind
) -> None:
    for name in ("Keripik pisang", "Keripik singkong"):
        ending(seller, name=name)
    product = ending(seller, name="Sambal", kind=CertificateKind.SLHS, number="503/12", expires_on=days_after(3))
    ending(make_seller(cooperative=seller.cooperative), name="Milik orang lain")
    remind(60)
    (letter,) = letters.to(shopkeeper.email)
    assert letter["Subject"] == "1 sertifikat segera berakhir"
    text = letter.get_content()
    assert f"• Halal {HALAL} berlaku sampai 10 November 2026 (60 hari lagi): Keripik pisang, Keripik singkong" in text
    assert "orang lain" not in text
    assert "Sambal" not in text
    remind(57)
    assert f"• SLHS 503/12 berlaku sampai 13 November 2026 (60 hari lagi): {product.name}" in (
        letters.to(shopkeeper.email)[1].get_content()
    )


def test_a_long_list_of_products_is_cut(seller: Seller, shopkeeper: Actor, letters: LetterBox, remind) -> None:
    for number in range(8):
        ending(seller, name=f"Barang {number}")
    remind(14)
    assert "Barang 4, dan 3 produk lain" in letters.letters[0].get_content()
    assert "(14 hari lagi)" in letters.letters[0].get_content()


def test_the_cooperative_reads_whom_pasok_reminded(seller: Seller, admin: Actor, letters: LetterBox, remind) -> None:
    seller.name = "Dapur Bu Yayah"
    ending(seller, name="Keripik")
    ending(make_seller(cooperative=seller.cooperative, name="Roti Padurenan"), name="Roti")
    elsewhere = make_actor(make_cooperative(), Role.ADMIN)
    ending(make_seller(), name="Di koperasi lain")
    remind(60)
    (letter,) = letters.to(admin.email)
    assert letter["Subject"] == "2 penjual diingatkan tentang sertifikat"
    text = letter.get_content()
    assert text.index("Dapur Bu Yayah") < text.index("Keripik") < text.index("Roti Padurenan") < text.index("Roti\n")
    assert "koperasi lain" not in text
    assert letters.to(elsewhere.email) == []
    assert remind(60) == []


def test_a_renewed_certificate_is_reminded_of_again(shopkeeper: Actor, seller: Seller, remind) -> None:
    product = box(shopkeeper)
    carry(product, expires_on=ENDS)
    product.state = ProductState.SUBMITTED
    session.commit()
    assert len(remind(60)) == 1
    renewed = CertificateDetails(CertificateKind.HALAL, HALAL, days_after(365))
    with clock.at(noon(days_after(-50))):
        operations.put_certificate(product.id, renewed, by=shopkeeper)
    assert remind(14) == []
    assert [len(remind(days)) for days in (60 - 365, 14 - 365)] == [1, 1]


@pytest.mark.parametrize(
    "given",
    [
        {"state": CertificateState.REFUSED},
        {"expires_on": None},
        {"of": ProductState.DRAFT},
        {"of": ProductState.WITHDRAWN},
        {"of": ProductState.REJECTED},
    ],
)
def test_nobody_is_reminded_of_what_concerns_nobody(seller: Seller, shopkeeper: Actor, remind, given: dict) -> None:
    ending(seller, **given)
    assert remind(60) + remind(14) == []


def test_a_refused_one_is_reminded_of_once_it_counts_again(
    seller: Seller, shopkeeper: Actor, admin: Actor, remind
) -> None:
    product = ending(seller)
    operations.refuse_certificate(product.id, CertificateKind.HALAL, "Buram.", by=admin)
    remind(100)  # the letter about the refusal
    assert remind(60) == []
    with clock.at(noon(days_after(-40))):
        operations.verify_certificate(product.id, CertificateKind.HALAL, by=admin)
    assert len([letter for letter in remind(39) if letter["To"] == shopkeeper.email]) == 1


def test_reminding_costs_the_same_however_many_certificates_there_are(
    seller: Seller, shopkeeper: Actor, count_queries
) -> None:
    def cost(days: int) -> int:
        with clock.at(noon(days_after(-days))), count_queries() as queries:
            remind_of_certificates()
        return len(
            [words for words in queries.statements if words.startswith("SELECT") and "procrastinate" not in words]
        )

    ending(seller)
    few = cost(60)
    for _ in range(20):
        ending(seller)
    assert cost(60) == few <= 6


# The day it ends


def test_it_is_gone_from_the_api_on_the_day_after_its_last(seller: Seller, api) -> None:
    product = ending(seller)
    shown = []
    for moment in (noon(ENDS), first_minute(days_after(1))):
        with clock.at(moment):
            item = api(None).get(f"/products/{product.id}").get_json()
        shown.append((item["certifications"], [each["number"] for each in item["certificates"]]))
    assert shown == [(["halal"], [HALAL]), ([], [])]


def test_it_is_gone_from_the_page_on_the_day_after_its_last(seller: Seller, client) -> None:
    product = ending(seller)
    for moment, there in ((noon(ENDS), True), (first_minute(days_after(1)), False)):
        with clock.at(moment):
            assert (HALAL in client.get(f"/products/{product.slug}").text) is there


def test_the_products_concerned_are_announced_in_the_first_minute_of_the_day(
    seller: Seller, announced: list[int]
) -> None:
    gone = ending(seller)
    ending(seller, expires_on=days_after(1))
    ending(seller, expires_on=days_after(-1))
    ending(seller, of=ProductState.WITHDRAWN)
    carry(make_product(seller=seller))
    with clock.at(noon(ENDS)):
        drop_expired_certificates()
    assert gone.id not in announced
    announced.clear()
    for _twice in range(2):
        with clock.at(first_minute(days_after(1))):
            drop_expired_certificates()
    assert announced == [gone.id, gone.id]


def test_what_is_refused_is_gone_at_once(seller: Seller, admin: Actor) -> None:
    product = ending(seller, expires_on=None)
    operations.refuse_certificate(product.id, CertificateKind.HALAL, "Palsu.", by=admin)
    item = product_item(product)
    assert (item["certifications"], item["certificates"]) == ([], [])


# Lists


def test_each_view_shows_what_it_says(seller: Seller) -> None:
    days = {"waiting": None, "soon": 60, "later": 61, "today": 0, "over": -1, "refused": 30, "verified": None}
    for name, left in days.items():
        state = {"refused": CertificateState.REFUSED, "waiting": CertificateState.UNVERIFIED}.get(
            name, CertificateState.VERIFIED
        )
        ending(seller, name=name, state=state, expires_on=None if left is None else days_after(left))
    ending(make_seller(), name="elsewhere")
    ending(seller, name="draft", of=ProductState.DRAFT)
    expected = {
        View.WAITING: {"waiting"},
        View.SOON: {"soon", "today"},
        View.VERIFIED: {"verified", "soon", "later", "today"},
        View.REFUSED: {"refused"},
        View.EXPIRED: {"over"},
        None: set(days),
    }
    for whose in ({"seller_id": seller.id}, {"cooperative_id": seller.cooperative_id}):
        counts = count_certificates(A_DAY, **whose)
        for view, names in expected.items():
            page = list_certificates(A_DAY, view=view, **whose)
            assert {each.product.name for each in page.items} == names, view
            assert counts[view] == page.total == len(names)


def test_a_list_can_be_narrowed_to_a_kind(seller: Seller) -> None:
    ending(seller, name="halal")
    ending(seller, name="sni", kind=CertificateKind.SNI)
    page = list_certificates(A_DAY, seller_id=seller.id, kind=CertificateKind.SNI)
    assert [each.product.name for each in page.items] == ["sni"]
    assert count_certificates(A_DAY, seller_id=seller.id, kind=CertificateKind.SNI)[None] == 1
