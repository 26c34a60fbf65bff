"""A factory's places of delivery and its rules for buying."""

import pytest

from market.accounts.roles import Role
from market.errors import Invalid, NotFound
from market.organisations import operations, queries
from market.organisations.models import BuyerCompany
from tests.factories import make_actor, make_buyer

PLACE = {"name": "Gudang 2", "address": "Jl. Jababeka 5", "contact_phone": "0218911223", "district_code": "32.16.09"}


def test_a_place_of_delivery_is_added_changed_and_removed(client):
    buyer = make_buyer()
    client.log_in(make_actor(buyer, Role.BUYER))
    assert client.submit("/company/ship-to/new", PLACE).status_code == 302
    added = queries.list_ship_tos(buyer.id)[1]
    client.submit(f"/company/ship-to/{added.id}", {**PLACE, "name": "Gudang Utara"})
    assert "Gudang Utara" in client.get("/company").text
    client.submit(f"/company/ship-to/{added.id}/remove")
    assert "Gudang Utara" not in client.get("/company").text


def test_what_was_typed_is_kept_when_the_phone_is_wrong(client):
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    answer = client.submit("/company/ship-to/new", {**PLACE, "contact_phone": "telepon"})
    assert answer.status_code == 422
    assert "Nomor telepon tidak dikenali" in answer.text and "Jl. Jababeka 5" in answer.text


def test_another_factorys_place_is_not_found(client):
    other = queries.list_ship_tos(make_buyer().id)[0]
    actor = make_actor(make_buyer(), Role.BUYER)
    assert client.log_in(actor).get(f"/company/ship-to/{other.id}").status_code == 404
    with pytest.raises(NotFound):
        operations.remove_ship_to(other.id, by=actor)


def test_the_last_place_stays():
    buyer = make_buyer()
    with pytest.raises(Invalid):
        operations.remove_ship_to(queries.list_ship_tos(buyer.id)[0].id, by=make_actor(buyer, Role.BUYER))


def test_the_approver_sets_from_which_total_orders_wait(client):
    buyer = make_buyer()
    client.log_in(make_actor(buyer, Role.APPROVER))
    assert client.submit("/company/rules", {"approval_threshold": "25.000.000", "terms": "prepaid"}).status_code == 302
    found: BuyerCompany = queries.get_buyer(buyer.id)
    assert found.asks_approval(25_000_000) and not found.asks_approval(24_999_999)
    assert client.submit("/company/rules", {"approval_threshold": "-5", "terms": "top30"}).status_code == 422
    client.submit("/company/rules", {"approval_threshold": "", "terms": "top30"})
    assert not queries.get_buyer(buyer.id).asks_approval(10**15)


def test_a_buyer_who_does_not_approve_cannot_change_the_rules(client):
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    assert client.get("/company/rules").status_code == 403
