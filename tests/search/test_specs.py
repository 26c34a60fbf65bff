"""What a category asks for becomes something to narrow a search by, without anybody doing anything."""

import pytest

from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from catalog.categories.queries import get_category
from market.db import session
from search.forms import read_specs
from search.request import SearchRequest, spec_text
from tests.factories import make_cooperative, make_product, make_seller


@pytest.fixture
def boxes(announce):
    """Three boxes of one cooperative that asks for weight, material and whether they keep water out."""
    cooperative = make_cooperative()
    kardus = get_category("kardus")
    for position, (key, name, kind, unit) in enumerate(
        [
            ("gramatur", "Gramatur", AttributeKind.NUMBER, "gsm"),
            ("bahan", "Bahan", AttributeKind.CHOICE, None),
            ("anti-air", "Anti air", AttributeKind.YES_NO, None),
        ]
    ):
        session.add(
            CategoryAttribute(
                category=kardus,
                cooperative=cooperative,
                key=key,
                name=name,
                name_en=f"{name} (en)",
                kind=kind,
                unit=unit,
                choices=["Kraft", "Duplex"],
                position=position,
            )
        )
    seller = make_seller(cooperative=cooperative)
    session.flush()
    made = [
        make_product(name=name, seller=seller, category=get_category("kardus-polos"), attributes=values)
        for name, values in (
            ("Kardus ringan", {"gramatur": 125, "bahan": "Kraft", "anti-air": False}),
            ("Kardus sedang", {"gramatur": 150.5, "bahan": "Duplex", "anti-air": True}),
            ("Kardus berat", {"gramatur": 1275, "bahan": "Kraft", "anti-air": True}),
        )
    ]
    announce(*made)
    return made


def names(page: str) -> list[str]:
    return [name for name in ("Kardus ringan", "Kardus sedang", "Kardus berat") if name in page]


@pytest.mark.parametrize("broken", [False, True])
def test_the_page_of_a_category_offers_what_it_asks_for(boxes, client, request, broken) -> None:
    if broken:
        request.getfixturevalue("away")
    page = client.get("/search?category=kardus-polos").text
    for words in ("Gramatur", "125 gsm", "150,5 gsm", "1.275 gsm", "Bahan", "Kraft", "Anti air", "Ya", "Tidak"):
        assert words in page, words
    assert page.index("125 gsm") < page.index("150,5 gsm") < page.index("1.275 gsm")
    assert "Gramatur" not in client.get("/search?q=kardus").text


@pytest.mark.parametrize("broken", [False, True])
def test_values_of_one_attribute_mean_any_and_attributes_mean_all(boxes, client, request, broken) -> None:
    if broken:
        request.getfixturevalue("away")
    asked = "/search?category=kardus-polos&spec=gramatur:125&spec=gramatur:150.5"
    assert names(client.get(asked).text) == ["Kardus ringan", "Kardus sedang"]
    assert names(client.get(asked + "&spec=bahan:Kraft").text) == ["Kardus ringan"]
    assert names(client.get(asked + "&spec=anti-air:true").text) == ["Kardus sedang"]


def test_a_choice_can_be_taken_back_by_its_chip(boxes, client) -> None:
    page = client.get("/search?category=kardus-polos&spec=gramatur:125&spec=bahan:Kraft").text
    assert "Gramatur: 125 gsm" in page
    assert 'href="/search?category=kardus-polos&amp;spec=bahan%3AKraft"' in page


def test_the_names_are_those_of_the_page_s_language(boxes, client) -> None:
    client.submit("/language", {"locale": "en"})
    assert "Gramatur (en)" in client.get("/search?category=kardus-polos").text


def test_the_api_counts_and_narrows_by_attributes(boxes, api) -> None:
    answer = api(None).get("/products", category="kardus-polos", spec="bahan:Kraft").json
    assert {item["name"] for item in answer["items"]} == {"Kardus ringan", "Kardus berat"}
    by_key = {each["key"]: each for each in answer["facets"]["spec"]}
    assert {each["value"]: each["count"] for each in by_key["bahan"]["values"]} == {"Kraft": 2, "Duplex": 1}
    assert {each["value"]: each["count"] for each in by_key["gramatur"]["values"]} == {"125": 1, "1275": 1}
    assert (by_key["gramatur"]["unit"], by_key["gramatur"]["kind"]) == ("gsm", "number")


def test_a_value_can_be_searched_as_a_word(boxes, api) -> None:
    assert [item["name"] for item in api(None).get("/products", q="duplex").json["items"]] == ["Kardus sedang"]


@pytest.mark.parametrize(
    "odd", ["spec=", "spec=x", "spec=:", "spec=A b:c", "spec=a.b:c", "spec=gramatur:", "spec=%22:%22"]
)
def test_what_is_no_value_is_left_out(boxes, client, odd) -> None:
    assert len(names(client.get(f"/search?category=kardus-polos&{odd}").text)) == 3


@pytest.mark.parametrize(
    "odd", ['spec=bahan:"', "spec=bahan:\\", "spec=gramatur:abc", "spec=tidak-ada:1", "spec=bahan:👍"]
)
def test_a_value_that_nothing_has_finds_nothing(boxes, client, odd) -> None:
    answer = client.get(f"/search?category=kardus-polos&{odd}")
    assert answer.status_code == 200
    assert "Tidak ada produk yang cocok dengan saringan ini." in answer.text


def test_values_are_written_one_way() -> None:
    assert [spec_text(value) for value in (150, 150.0, 0.5, True, False, "Kraft")] == [
        "150",
        "150",
        "0.5",
        "true",
        "false",
        "Kraft",
    ]
    assert read_specs(["a:1", "b:2:3", "a:1", "a:4"]) == (("a", ("1", "4")), ("b", ("2:3",)))
    assert not SearchRequest(counted_specs=("a",)).is_narrowed
    assert SearchRequest(specs=(("a", ("1",)),)).is_narrowed
