"""What a cooperative asks for of the products in a category, and how it is inherited."""

import pytest

from catalog.categories.errors import AttributeTaken
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from catalog.categories.operations import (
    AttributeDetails,
    change_attribute,
    define_attribute,
    move_attribute,
    remove_attribute,
)
from catalog.categories.queries import attributes_for, attributes_of, facet_attributes, get_category
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import HIGHEST_ID, session
from market.errors import Forbidden, Invalid, NotFound
from market.organisations.models import Cooperative
from tests.catalog.categories.asked import ask, keys
from tests.factories import make_actor, make_category, make_cooperative, make_product, make_seller

NUMBER, CHOICE, TEXT, YES_NO = AttributeKind


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative()


@pytest.fixture
def admin(cooperative: Cooperative) -> Actor:
    return make_actor(cooperative, Role.ADMIN)


def of(slug: str, cooperative: Cooperative) -> list[CategoryAttribute]:
    return attributes_for(get_category(slug), cooperative.id)


def test_what_is_asked_for_above_holds_below_and_the_own_comes_first(admin: Actor, cooperative: Cooperative) -> None:
    ask(admin, "kemasan", "Warna", TEXT)
    ask(admin, "kardus", "Gramatur", unit="gsm")
    ask(admin, "kardus-polos", "Bahan", CHOICE)
    assert keys(of("kardus-polos", cooperative)) == ["bahan", "gramatur", "warna"]
    assert keys(of("kemasan", cooperative)) == ["warna"]
    assert keys(of("karung", cooperative)) == ["warna"]
    assert of("kayu", cooperative) == []


def test_the_nearest_category_decides_what_a_key_means(admin: Actor, cooperative: Cooperative) -> None:
    ask(admin, "kemasan", "Tebal", unit="mm")
    near = ask(admin, "plastik-kemasan", "Tebal", unit="mikron")
    assert of("plastik-kemasan", cooperative) == [near]
    assert of("karung", cooperative)[0].unit == "mm"


def test_another_cooperative_asks_for_its_own(admin: Actor) -> None:
    ask(admin, "kemasan", "Warna", TEXT)
    assert of("kemasan", make_cooperative()) == []


def test_many_products_cost_one_select(admin: Actor, cooperative: Cooperative, count_queries) -> None:
    ask(admin, "kemasan", "Warna", TEXT)
    ask(admin, "kardus", "Gramatur", unit="gsm")
    seller = make_seller(cooperative=cooperative)
    slugs = ("kardus-polos", "karung", "palet", "kardus-cetak")
    products = [make_product(seller=seller, category=get_category(slug)) for slug in slugs]
    stranger = make_product(category=get_category("karung"))
    with count_queries() as queries:
        found = attributes_of([*products, stranger])
    assert len(queries) == 1
    assert [keys(found[product.id]) for product in products] == [
        ["gramatur", "warna"],
        ["warna"],
        [],
        ["gramatur", "warna"],
    ]
    assert found[stranger.id] == []


def test_an_attribute_takes_its_key_from_its_name_and_keeps_it(admin: Actor) -> None:
    attribute = ask(admin, "makanan", "  Masa   simpan ", unit="hari", name_en="Shelf life")
    assert (attribute.key, attribute.name, attribute.unit) == ("masa-simpan", "Masa simpan", "hari")
    change_attribute(attribute.id, AttributeDetails("Umur simpan", unit="bulan", required=True, facet=False), by=admin)
    assert (attribute.key, attribute.name, attribute.name_en) == ("masa-simpan", "Umur simpan", "Umur simpan")
    assert (attribute.unit, attribute.required, attribute.facet) == ("bulan", True, False)


def test_free_text_is_no_facet_and_only_numbers_have_units(admin: Actor) -> None:
    text = ask(admin, "kemasan", "Cetakan", TEXT, unit="gsm", choices=["a", "b"])
    assert (text.facet, text.unit, text.choices) == (False, None, [])
    choice = ask(admin, "kemasan", "Bahan", CHOICE, choices=[" PE ", "", "PP"], unit="mm")
    assert (choice.facet, choice.unit, choice.choices) == (True, None, ["PE", "PP"])


@pytest.mark.parametrize(
    ("kind", "details", "field"),
    [
        (NUMBER, AttributeDetails(" "), "name"),
        (NUMBER, AttributeDetails("x" * 61), "name"),
        (NUMBER, AttributeDetails("重さ"), "name"),
        (NUMBER, AttributeDetails("Berat\x00"), "name"),
        (NUMBER, AttributeDetails("Berat", name_en="x" * 61), "name_en"),
        (NUMBER, AttributeDetails("Berat", unit="x" * 21), "unit"),
        (CHOICE, AttributeDetails("Bahan"), "choices"),
        (CHOICE, AttributeDetails("Bahan", choices=["satu", " "]), "choices"),
        (CHOICE, AttributeDetails("Bahan", choices=["PE", "pe"]), "choices"),
        (CHOICE, AttributeDetails("Bahan", choices=["x" * 61, "b"]), "choices"),
        (CHOICE, AttributeDetails("Bahan", choices=[str(n) for n in range(41)]), "choices"),
    ],
)
def test_what_is_wrong_with_an_attribute_is_said_at_its_field(
    admin: Actor, kind: AttributeKind, details: AttributeDetails, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        define_attribute("kemasan", kind, details, by=admin)
    assert refused.value.field == field


def test_the_same_is_asked_for_once_in_a_category(admin: Actor) -> None:
    ask(admin, "kemasan", "Warna", TEXT)
    with pytest.raises(AttributeTaken):
        ask(admin, "kemasan", "warna", NUMBER)
    assert ask(admin, "kardus", "Warna", TEXT).key == "warna"


def test_a_category_asks_for_thirty_things_at_most(admin: Actor) -> None:
    for number in range(30):
        ask(admin, "kemasan", f"Ukuran {number}")
    with pytest.raises(Invalid):
        ask(admin, "kemasan", "Satu lagi")


def test_attributes_are_put_in_another_order(admin: Actor, cooperative: Cooperative) -> None:
    first, _second, third = (ask(admin, "kemasan", name) for name in ("A", "B", "C"))
    move_attribute(third.id, -1, by=admin)
    assert keys(of("kemasan", cooperative)) == ["a", "c", "b"]
    move_attribute(first.id, 9, by=admin)
    assert keys(of("kemasan", cooperative)) == ["c", "b", "a"]
    move_attribute(first.id, 1, by=admin)
    assert keys(of("kemasan", cooperative)) == ["c", "b", "a"]


def test_what_products_say_outlives_the_question(admin: Actor, cooperative: Cooperative) -> None:
    attribute = ask(admin, "kemasan", "Tebal", unit="mm")
    seller = make_seller(cooperative=cooperative)
    product = make_product(seller=seller, category=get_category("kemasan"), attributes={"tebal": 3})
    assert remove_attribute(attribute.id, by=admin).slug == "kemasan"
    session.expire_all()
    assert product.attributes == {"tebal": 3}
    assert of("kemasan", cooperative) == []
    with pytest.raises(NotFound):
        remove_attribute(attribute.id, by=admin)


def test_only_the_cooperatives_officers_ask(admin: Actor, cooperative: Cooperative) -> None:
    attribute = ask(admin, "kemasan", "Tebal")
    seller = make_actor(make_seller(cooperative=cooperative), Role.SELLER)
    with pytest.raises(Forbidden):
        ask(seller, "kemasan", "Berat")
    stranger = make_actor(make_cooperative(), Role.ADMIN)
    for attempt in (
        lambda: change_attribute(attribute.id, AttributeDetails("Lain"), by=stranger),
        lambda: move_attribute(attribute.id, 1, by=stranger),
        lambda: remove_attribute(attribute.id, by=stranger),
        lambda: remove_attribute(HIGHEST_ID * 2, by=admin),
        lambda: ask(admin, "tidak-ada", "Berat"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert attribute.name == "Tebal"


def test_facets_are_those_of_all_cooperatives_that_are_open(admin: Actor, count_queries) -> None:
    root = make_category(slug="zz-akar")
    leaf = make_category(slug="zz-daun", parent=root)
    other = make_actor(make_cooperative(), Role.ADMIN)
    closing = make_cooperative()
    ask(admin, "zz-akar", "Bahan", CHOICE, choices=["PE", "PP"])
    ask(other, "zz-akar", "Bahan", CHOICE, choices=["PP", "PVC"])
    ask(other, "zz-akar", "Tebal", unit="mm", facet=False)
    ask(make_actor(closing, Role.ADMIN), "zz-akar", "Rahasia", unit="mm")
    closing.active = False
    session.flush()
    ask(admin, "zz-daun", "Berat", unit="g")
    ask(other, "zz-daun", "Berat", unit="kg")
    with count_queries() as queries:
        found = facet_attributes(root)
    assert len(queries) == 1
    assert [(each.key, each.choices, each.unit, each.general) for each in found] == [
        ("bahan", ("PE", "PP", "PVC"), None, True),
        ("berat", (), "g", False),
    ]
    assert [(each.key, each.general) for each in facet_attributes(leaf)] == [("berat", True), ("bahan", True)]
    everything = facet_attributes()
    assert {"bahan", "berat"} <= {each.key for each in everything}
    assert "rahasia" not in {each.key for each in everything}
