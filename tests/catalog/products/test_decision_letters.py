"""What sellers are told of the cooperative's decisions."""

from email.message import EmailMessage

import pytest

from catalog.products import operations
from catalog.products.models import Product
from catalog.products.operations.bulk import Seen
from catalog.products.states import ProductState, ReasonKind
from market import mail
from market.accounts.actor import Actor
from market.accounts.models import User
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from tests.factories import make_actor, make_product, make_seller


class Drawer:
    """An outbox that keeps what it was given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def send(self, letter: EmailMessage) -> None:
        self.letters.append(letter)


@pytest.fixture
def drawer(monkeypatch) -> Drawer:
    made = Drawer()
    monkeypatch.setattr(mail, "_outbox", made)
    return made


@pytest.fixture
def told(drawer: Drawer, run_jobs):
    """The letters written since: to whom, what about, and what they say."""

    def read() -> list[tuple[str, str, str]]:
        run_jobs()
        letters = [(letter["To"], letter["Subject"], letter.get_content()) for letter in drawer.letters]
        drawer.letters.clear()
        return letters

    return read


def email(actor: Actor) -> str:
    return session.get_one(User, actor.user_id).email


def change_of(product: Product, by: Actor, **details) -> Seen:
    operations.update_product(product.id, details, by=by)  # type: ignore[arg-type]
    session.expire_all()
    return Seen(product.pending_change.id, product.pending_change.updated_at)


def test_the_seller_is_told_of_an_approved_product(seller: Seller, shopkeeper: Actor, admin: Actor, told) -> None:
    product = make_product(seller=seller, name="Kardus polos", state=ProductState.SUBMITTED)
    session.commit()
    operations.approve_product(product.id, by=admin)
    [(to, subject, text)] = told()
    assert (to, subject) == (email(shopkeeper), "Kardus polos disetujui dan tayang")
    assert "- Kardus polos" in text


def test_the_seller_is_told_why_a_product_came_back(seller: Seller, shopkeeper: Actor, admin: Actor, told) -> None:
    product = make_product(seller=seller, name="Kardus polos", state=ProductState.SUBMITTED)
    session.commit()
    operations.reject_product(product.id, "Buram.", kind=ReasonKind.PICTURE, by=admin)
    [(to, subject, text)] = told()
    assert (to, subject) == (email(shopkeeper), "Kardus polos belum disetujui")
    assert "Alasannya: Gambar tidak jelas atau bukan barangnya: Buram." in text
    assert seller.cooperative.name in text


def test_the_seller_is_told_of_an_approved_change(seller: Seller, shopkeeper: Actor, admin: Actor, told) -> None:
    product = make_product(seller=seller, name="Kardus polos")
    session.commit()
    seen = change_of(product, shopkeeper, name="Kardus cetak", description="Lain.")
    assert told() == []
    operations.approve_change(seen.id, by=admin)
    [(_to, subject, text)] = told()
    assert subject == "Perubahan Kardus cetak disetujui"
    assert "- Kardus cetak: nama, deskripsi" in text


def test_the_seller_is_told_why_a_change_was_rejected(seller: Seller, shopkeeper: Actor, admin: Actor, told) -> None:
    product = make_product(seller=seller, name="Kardus polos")
    session.commit()
    seen = change_of(product, shopkeeper, name="Kardus cetak")
    operations.reject_change(seen.id, "", kind=ReasonKind.NAME, by=admin)
    [(_to, subject, text)] = told()
    assert subject == "Perubahan Kardus polos tidak disetujui"
    assert "Alasannya: Nama tidak jelas atau tidak sesuai barangnya" in text
    assert "tetap tayang" in text


def test_what_was_approved_together_is_told_in_one_letter_to_each_seller(
    seller: Seller, shopkeeper: Actor, admin: Actor, told
) -> None:
    other = make_seller(cooperative=seller.cooperative)
    neighbour = make_actor(other, Role.SELLER)
    new = [make_product(seller=seller, name=f"Produk baru {n}", state=ProductState.SUBMITTED) for n in range(5)]
    theirs = make_product(seller=other, name="Palet kayu", state=ProductState.SUBMITTED)
    refused = make_product(seller=seller, name="Yang berubah", state=ProductState.SUBMITTED)
    shown = [make_product(seller=seller, name=f"Produk lama {n}") for n in range(2)]
    session.commit()
    changes = [change_of(each, shopkeeper, description="Lain.") for each in shown]
    old = Seen(refused.id, refused.updated_at.replace(year=2020))
    operations.approve_chosen(
        products=[*(Seen(each.id, each.updated_at) for each in (*new, theirs)), old], changes=changes, by=admin
    )
    letters = {to: (subject, text) for to, subject, text in told()}
    assert letters.keys() == {email(shopkeeper), email(neighbour)}
    subject, text = letters[email(shopkeeper)]
    assert subject == "5 produk dan 2 perubahan disetujui"
    assert all(f"- {each.name}" in text for each in new)
    assert all(f"- {each.name}: deskripsi" in text for each in shown)
    assert "Yang berubah" not in text
    assert letters[email(neighbour)][0] == "Palet kayu disetujui dan tayang"


def test_a_decision_that_fails_is_told_to_nobody(seller: Seller, shopkeeper: Actor, admin: Actor, told) -> None:
    product = make_product(seller=seller, state=ProductState.SUBMITTED)
    session.commit()
    operations.approve_chosen(products=[Seen(product.id, product.updated_at.replace(year=2020))], by=admin)
    assert told() == []
