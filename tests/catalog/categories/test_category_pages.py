"""The pages on which a cooperative asks, and the platform names categories; the tree over the API."""

import pytest

from catalog.categories.kinds import AttributeKind
from catalog.categories.queries import attributes_for, get_category
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Cooperative
from tests.catalog.categories.asked import ask, keys
from tests.factories import make_actor, make_cooperative, make_platform, make_product, make_seller

LIST = "/cooperative/categories"
NUMBER, CHOICE, TEXT, YES_NO = AttributeKind


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative()


@pytest.fixture
def admin(cooperative: Cooperative, client) -> Actor:
    actor = make_actor(cooperative, Role.ADMIN)
    client.log_in(actor)
    return actor


def test_the_tree_shows_codes_questions_and_products(client, admin: Actor, cooperative: Cooperative) -> None:
    ask(admin, "kemasan", "Tara pangan", YES_NO)
    ask(admin, "kardus", "Gramatur", unit="gsm")
    seller = make_seller(cooperative=cooperative)
    for slug in ("kardus-polos", "kardus-polos", "karung"):
        make_product(seller=seller, category=get_category(slug))
    make_product(category=get_category("kardus-polos"))
    page = " ".join(client.get(LIST).text.split())
    assert page.index("Kardus polos") < page.index("Kardus cetak") < page.index("Plastik kemasan")
    row = page[page.index(f'{LIST}/kardus"') :].split("</tr>")[0]
    assert all(words in row for words in ("24121500", "17021, 17022", "1 isian", "1 dari atas", ">2<"))
    assert ">3<" in page[page.index(f'{LIST}/kemasan"') :].split("</tr>")[0]


def test_the_list_costs_the_same_however_much_there_is(client, admin: Actor, cooperative, count_queries) -> None:
    def cost() -> int:
        with count_queries() as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    few = cost()
    seller = make_seller(cooperative=cooperative)
    for slug in ("kardus-polos", "karung", "palet"):
        ask(admin, slug, "Tebal", unit="mm")
        make_product(seller=seller, category=get_category(slug))
    session.commit()
    assert cost() == few <= 8


def test_something_is_asked_for(client, admin: Actor, cooperative: Cooperative) -> None:
    url = f"{LIST}/kardus/attributes/new"
    assert client.get(url).status_code == 200
    for given in (
        {"name": "Gramatur", "kind": "number", "unit": "gsm", "facet": "y", "required": "y"},
        {"name": "Bahan", "name_en": "Material", "kind": "choice", "choices": "Single wall\r\n\r\nDouble wall\r\n"},
    ):
        assert client.submit(url, given).location == f"{LIST}/kardus"
    gramature, material = attributes_for(get_category("kardus"), cooperative.id)
    assert (gramature.key, gramature.unit, gramature.required, gramature.facet) == ("gramatur", "gsm", True, True)
    assert (material.name_en, material.choices, material.facet) == ("Material", ["Single wall", "Double wall"], False)
    page = client.get(f"{LIST}/kardus-polos").text
    assert "Dari kategori di atasnya" in page
    assert "Angka dalam gsm" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Isi namanya."),
        ({"name": "***"}, "Pakai huruf atau angka"),
        ({"name": "x" * 61}, "60"),
        ({"name": "Tebal"}, "sudah mempunyai isian"),
        ({"kind": "choice", "choices": "satu"}, "paling sedikit dua pilihan"),
        ({"kind": "choice", "choices": "satu\nSatu"}, "tertulis dua kali"),
        ({"kind": "photo"}, "Pilih salah satu"),
        ({"unit": "x" * 21}, "20"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client, admin: Actor, cooperative: Cooperative, given: dict[str, str], sentence: str
) -> None:
    ask(admin, "kardus", "Tebal", unit="mm")
    session.commit()
    sent = {"name": "Panjang", "kind": "number", "unit": "cm", "name_en": "Length", **given}
    answer = client.submit(f"{LIST}/kardus/attributes/new", sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Length"' in answer.text
    assert keys(attributes_for(get_category("kardus"), cooperative.id)) == ["tebal"]


def test_a_question_is_changed_moved_and_removed(client, admin: Actor, cooperative: Cooperative) -> None:
    first, second = ask(admin, "kardus", "Panjang", unit="cm"), ask(admin, "kardus", "Lebar", unit="cm")
    session.commit()
    url = f"{LIST}/attributes/{second.id}"
    assert 'value="cm"' in client.get(f"{url}/edit").text
    client.submit(f"{url}/edit", {"name": "Lebar dalam", "unit": "mm"})
    assert (second.name, second.unit, second.key) == ("Lebar dalam", "mm", "lebar")
    assert client.submit(f"{url}/move", {"to": "earlier"}).location == f"{LIST}/kardus#own"
    assert keys(attributes_for(get_category("kardus"), cooperative.id)) == ["lebar", "panjang"]
    removal = f"{LIST}/attributes/{first.id}/remove"
    assert client.submit(removal).location == f"{LIST}/kardus"
    assert keys(attributes_for(get_category("kardus"), cooperative.id)) == ["lebar"]
    assert client.submit(removal).status_code == 404


def test_another_cooperatives_questions_are_not_there(client, admin: Actor) -> None:
    stranger = ask(make_actor(make_cooperative(), Role.ADMIN), "kardus", "Rahasia")
    session.commit()
    assert "Rahasia" not in client.get(f"{LIST}/kardus").text
    assert client.get(f"{LIST}/attributes/{stranger.id}/edit").status_code == 404
    assert client.submit(f"{LIST}/attributes/{stranger.id}/move").status_code == 404
    assert client.get(f"{LIST}/attributes/{10**30}/edit").status_code == 404
    assert client.get(f"{LIST}/tidak-ada").status_code == 404
    assert client.get(f"{LIST}/tidak-ada/attributes/new").status_code == 404


def test_a_form_without_its_token_asks_nothing(client, admin: Actor, cooperative: Cooperative) -> None:
    assert client.post(f"{LIST}/kardus/attributes/new", data={"name": "Tebal", "kind": "number"}).status_code == 400
    assert attributes_for(get_category("kardus"), cooperative.id) == []


def test_the_platform_names_categories_and_their_codes(client) -> None:
    client.log_in(make_actor(make_platform(), Role.PLATFORM))
    assert "Kardus polos" in client.get("/platform/categories").text
    url = "/platform/categories/palet"
    assert 'value="16230"' in client.get(url).text
    sent = {"name": "Palet & pallet", "name_en": "Pallets", "unspsc": "24112700", "kbli": "16230; 31001 16230"}
    assert client.submit(url, sent).location == "/platform/categories"
    palet = get_category("palet")
    assert (palet.name, palet.unspsc, palet.kbli) == ("Palet & pallet", "24112700", ["16230", "31001"])
    for wrong, sentence in (
        ({"kbli": "1623"}, "5 angka"),
        ({"kbli": "٣٣٣٣٣"}, "5 angka"),
        ({"kbli": ", ".join(f"{n:05d}" for n in range(31))}, "Paling banyak 30"),
        ({"unspsc": "2411"}, "8 angka"),
        ({"name": " "}, "tidak boleh kosong"),
        ({"name_en": ""}, "Isi namanya."),
    ):
        answer = client.submit(url, {**sent, **wrong})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert get_category("palet").kbli == ["16230", "31001"]


def test_a_cooperative_does_not_name_categories(client, admin: Actor) -> None:
    assert client.get("/platform/categories").status_code == 403
    assert client.submit("/platform/categories/palet", {"name": "x", "name_en": "x"}).status_code == 403


def test_the_api_gives_the_tree_with_codes_and_questions(
    api, admin: Actor, cooperative: Cooperative, count_queries
) -> None:
    ask(admin, "kardus", "Bahan", CHOICE, required=True, name_en="Material")
    ask(make_actor(make_cooperative(), Role.ADMIN), "kardus", "Rahasia")
    session.commit()
    with count_queries() as queries:
        answer = api(None).get("/categories", cooperative=cooperative.id).json
    assert len(queries) <= 3
    found = {item["slug"]: item for item in answer["items"]}
    assert answer["total"] == len(found) == answer["per_page"]
    assert found["kardus"]["attributes"] == [
        {
            "cooperative_id": cooperative.id,
            "key": "bahan",
            "name": "Bahan",
            "name_en": "Material",
            "kind": "choice",
            "unit": None,
            "choices": ["Single wall", "Double wall"],
            "required": True,
            "facet": True,
        }
    ]
    assert (found["kardus-polos"]["parent"], found["kardus-polos"]["path"]) == ("kardus", "kemasan/kardus/kardus-polos")
    assert found["kardus"]["kbli"] == ["17021", "17022"]
    everything = {item["slug"]: item for item in api(None).get("/categories").json["items"]}
    assert len(everything["kardus"]["attributes"]) == 2
    assert api(None).get("/categories", cooperative=0).status_code == 422
    assert api(None).get("/categories", cooperative="x").status_code == 422
