"""The pages on which a cooperative sets its margin."""

from datetime import timedelta

import pytest

from catalog.categories.queries import get_category
from catalog.margins.models import MarginRule
from catalog.margins.operations import set_margin
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Cooperative
from tests.factories import make_actor, make_buyer, make_cooperative, make_margin_rule, make_seller

LIST = "/cooperative/margins"


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(margin=None)


@pytest.fixture
def treasurer(cooperative: Cooperative, client) -> Actor:
    actor = make_actor(cooperative, Role.TREASURER)
    client.log_in(actor)
    return actor


def rules(cooperative: Cooperative) -> list[MarginRule]:
    return session.query(MarginRule).filter_by(cooperative_id=cooperative.id).order_by(MarginRule.id).all()


def form(**given: object) -> dict[str, object]:
    return {"of": "everything", "rate": "2,5", "valid_from": clock.today().isoformat(), **given}


def test_the_list_says_what_holds_and_what_is_planned(client, treasurer: Actor, cooperative: Cooperative) -> None:
    assert "Belum ada marjin yang berlaku" in client.get(LIST).text
    seller = make_seller(cooperative=cooperative, name="Karya Kardus")
    today = clock.today()
    make_margin_rule(cooperative=cooperative, rate=900, valid_until=today - timedelta(days=1))
    set_margin(500, by=treasurer, valid_from=today)
    set_margin(250, by=treasurer, valid_from=today, category="kemasan")
    set_margin(300, by=treasurer, valid_from=today + timedelta(days=9), seller_id=seller.id)
    page = client.get(LIST).text
    present, planned = page.split("Direncanakan")
    planned, past = planned.split("Sudah berakhir")
    assert all(words in present for words in ("Semua produk lain", "5%", "Kategori: Kemasan", "2,5%"))
    assert all(words in planned for words in ("Penjual: Karya Kardus", "3%"))
    assert "9%" in past


def test_a_margin_is_set(client, treasurer: Actor, cooperative: Cooperative) -> None:
    seller = make_seller(cooperative=cooperative)
    assert client.get(f"{LIST}/new").status_code == 200
    for given in (
        form(),
        form(of="category", category="palet", rate="0", seller=str(seller.id)),
        form(of="seller", seller=str(seller.id), category="palet", valid_until=clock.today().isoformat()),
    ):
        assert client.submit(f"{LIST}/new", given).location == LIST
    found = [(rule.rate, rule.category_id, rule.seller_id) for rule in rules(cooperative)]
    assert found == [(250, None, None), (0, get_category("palet").id, None), (250, None, seller.id)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rate": ""}, "Isi marjinnya"),
        ({"rate": "101"}, "Isi antara 0% dan 100%."),
        ({"rate": "2,555"}, "Tulis persen"),
        ({"rate": "-1"}, "Tulis persen"),
        ({"valid_from": ""}, "Pilih hari pertama."),
        ({"valid_from": "2020-01-01"}, "tidak dapat berlaku surut"),
        ({"valid_from": "besok"}, "Tulis tanggal yang lengkap"),
        ({"valid_until": "2020-01-01"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"of": "category"}, "Pilih kategori."),
        ({"of": "category", "category": "tidak-ada"}, "Pilih salah satu dari daftar."),
        ({"of": "seller"}, "Pilih penjual."),
        ({"of": "seller", "seller": "999999"}, "Pilih salah satu dari daftar."),
        ({"of": "everybody"}, "Pilih salah satu dari daftar."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client, treasurer: Actor, cooperative: Cooperative, given: dict, sentence: str
) -> None:
    session.commit()
    answer = client.submit(f"{LIST}/new", form(**given))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{given.get("rate", "2,5")}"' in answer.text
    assert rules(cooperative) == []


def test_another_cooperatives_seller_cannot_be_chosen(client, treasurer: Actor) -> None:
    stranger = make_seller()
    session.commit()
    answer = client.submit(f"{LIST}/new", form(of="seller", seller=str(stranger.id)))
    assert answer.status_code == 422
    assert stranger.name not in answer.text


def test_a_margin_is_ended_once(client, treasurer: Actor, cooperative: Cooperative) -> None:
    rule = make_margin_rule(cooperative=cooperative)
    over = make_margin_rule(cooperative=cooperative, valid_until=clock.today() - timedelta(days=1), category_id=None)
    session.commit()
    assert client.submit(f"{LIST}/{rule.id}/end").location == LIST
    assert rule.valid_until == clock.today()
    assert "sudah berakhir" in client.submit(f"{LIST}/{over.id}/end", follow_redirects=True).text
    foreign = make_margin_rule(cooperative=make_cooperative(margin=None))
    session.commit()
    assert client.submit(f"{LIST}/{foreign.id}/end").status_code == 404
    assert foreign.valid_until is None


def test_the_list_costs_the_same_however_long_it_is(client, treasurer: Actor, cooperative, count_queries) -> None:
    def cost() -> int:
        with count_queries() as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    make_margin_rule(cooperative=cooperative, seller_id=make_seller(cooperative=cooperative).id)
    few = cost()
    for slug in ("palet", "kardus-polos", "jasa", "kemasan"):
        make_margin_rule(cooperative=cooperative, category_id=get_category(slug).id)
        make_margin_rule(cooperative=cooperative, seller_id=make_seller(cooperative=cooperative).id)
    assert cost() == few <= 8


def test_the_pages_are_for_the_cooperatives_officers(client, cooperative: Cooperative) -> None:
    assert "/login" in client.get(LIST).location
    assert client.log_in(make_actor(cooperative, Role.ADMIN)).get(LIST).status_code == 200
    for stranger in (
        make_actor(make_seller(cooperative=cooperative), Role.SELLER),
        make_actor(make_buyer(), Role.BUYER),
    ):
        client.log_in(stranger)
        assert client.get(LIST).status_code == 403
        assert client.submit(f"{LIST}/new", form()).status_code == 403


def test_a_form_without_its_token_sets_nothing(client, treasurer: Actor, cooperative: Cooperative) -> None:
    assert client.post(f"{LIST}/new", data=form()).status_code == 400
    assert client.post(f"{LIST}/1/end").status_code == 400
    assert rules(cooperative) == []
