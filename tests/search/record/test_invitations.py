"""Inviting sellers to list what buyers look for."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalog.categories.kbli import codes_for
from catalog.categories.queries import get_category
from market import audit, clock, mail
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.letters import write_to
from market.organisations.models import Seller
from market.organisations.states import SellerState
from search.record import tasks
from search.record.candidates import list_candidates
from search.record.errors import InvitedAlready
from search.record.limits import LONGEST_MESSAGE, MOST_AT_ONCE
from search.record.models import SearchDemand, SearchInvitation
from search.record.operations import dismiss_invitation, invite_sellers
from search.record.queries import list_open_invitations
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller
from tests.search.record.conftest import WEDNESDAY


@pytest.fixture
def seller() -> Seller:
    return make_seller(name="Palet Maju")


@pytest.fixture
def admin(seller):
    return make_actor(seller.cooperative, Role.ADMIN)


@pytest.fixture
def demand_id(ask) -> int:
    ask("pallet hdpe", buyers=[make_buyer().id for _number in range(3)])
    return session.scalars(select(SearchDemand.id)).one()


def test_an_invited_seller_gets_a_letter_and_the_deed_is_written_down(demand_id, seller, admin, run_jobs):
    owner = make_actor(seller, Role.SELLER)
    (invitation,) = invite_sellers(demand_id, [seller.id, seller.id], " Silakan tawarkan. ", by=admin)
    run_jobs()
    assert (invitation.words, invitation.written, invitation.buyers) == ("hdpe pallet", "pallet hdpe", 3)
    (letter,) = mail.newest_letters(5)
    assert letter["To"] == owner.email
    assert "pallet hdpe" in letter["Subject"]
    assert "Silakan tawarkan." in letter.get_content()
    assert "3 pembeli mencarinya di Pasok." in letter.get_content()
    (record,) = audit.list_records(seller)
    assert (record.action, record.by_user_id, record.details) == (
        "seller_invited",
        admin.user_id,
        {"words": "pallet hdpe"},
    )


def test_a_job_that_fails_half_way_has_written_to_nobody(demand_id, seller, admin, run_jobs, monkeypatch):
    other = make_seller(name="Zaman Palet", cooperative=seller.cooperative)
    for each in (seller, other):
        make_actor(each, Role.SELLER)
    invitations = invite_sellers(demand_id, [seller.id, other.id], "Silakan.", by=admin)

    def fail_at_the_second(seller_id: int, *roles: Role, **letter: str) -> None:
        if seller_id == other.id:
            raise ConnectionError
        write_to(seller_id, *roles, **letter)

    monkeypatch.setattr(tasks, "write_to", fail_at_the_second)
    with pytest.raises(ConnectionError):
        tasks.announce_invitations([each.id for each in invitations])
    monkeypatch.undo()
    run_jobs()
    letters = mail.newest_letters(5)
    assert letters is not None
    assert len({letter["To"] for letter in letters}) == len(letters) == 2


def test_nobody_is_invited_twice_for_the_same_words_within_thirty_days(demand_id, ask, seller, admin):
    other = make_seller(cooperative=seller.cooperative)
    invite_sellers(demand_id, [seller.id], "Silakan.", by=admin)
    with pytest.raises(InvitedAlready) as refused:
        invite_sellers(demand_id, [seller.id, other.id], "Silakan.", by=admin)
    assert str(refused.value).startswith("Palet Maju sudah diundang untuk “pallet hdpe” dalam 30 hari terakhir.")
    assert session.scalar(select(func.count()).select_from(SearchInvitation)) == 1, "nobody was"
    with clock.at(WEDNESDAY + timedelta(weeks=1)):
        ask("hdpe pallet", visitors=5)
        later = session.scalars(select(SearchDemand.id).order_by(SearchDemand.week.desc())).first()
        with pytest.raises(InvitedAlready):
            invite_sellers(later, [seller.id], "Silakan.", by=admin)
    with clock.at(WEDNESDAY + timedelta(days=31)):
        invite_sellers(demand_id, [seller.id], "Silakan.", by=admin)


@pytest.mark.parametrize(
    ("message", "field"), [("", "message"), ("   ", "message"), ("x" * (LONGEST_MESSAGE + 1), "message")]
)
def test_a_message_has_words_and_an_end(demand_id, seller, admin, message, field):
    with pytest.raises(Invalid) as refused:
        invite_sellers(demand_id, [seller.id], message, by=admin)
    assert refused.value.field == field


def test_somebody_must_be_chosen_and_not_everybody_at_once(demand_id, seller, admin):
    with pytest.raises(Invalid):
        invite_sellers(demand_id, [], "Silakan.", by=admin)
    with pytest.raises(Invalid):
        invite_sellers(demand_id, range(1, MOST_AT_ONCE + 2), "Silakan.", by=admin)


def test_only_ones_own_approved_sellers_can_be_invited(demand_id, seller, admin):
    treasurer = make_actor(seller.cooperative, Role.TREASURER)
    strangers = (
        make_seller(),
        make_seller(cooperative=seller.cooperative, state=SellerState.SUSPENDED),
        make_seller(cooperative=seller.cooperative, state=SellerState.APPLIED),
        make_seller(cooperative=seller.cooperative, active=False),
    )
    session.commit()
    for stranger in strangers:
        with pytest.raises(NotFound):
            invite_sellers(demand_id, [seller.id, stranger.id], "Silakan.", by=admin)
    with pytest.raises(NotFound):
        invite_sellers(2**62, [seller.id], "Silakan.", by=admin)
    with pytest.raises(Forbidden):
        invite_sellers(demand_id, [seller.id], "Silakan.", by=treasurer)
    assert session.scalar(select(func.count()).select_from(SearchInvitation)) == 0


# The page


def test_the_page_sends_to_those_who_were_ticked(demand_id, seller, admin, browsers, run_jobs):
    make_actor(seller, Role.SELLER)
    browser = browsers(admin)
    address = f"/cooperative/demand/{demand_id}/invite"
    assert "Palet Maju" in browser.get(address).text
    answer = browser.submit(address, {"seller": [str(seller.id)], "message": "Silakan."}, follow_redirects=True)
    assert "1 penjual diundang" in answer.text
    again = browser.submit(address, {"seller": [str(seller.id)], "message": "Pesan yang sudah ditulis."})
    assert again.status_code == 422
    assert "Palet Maju sudah diundang" in again.text
    assert "Pesan yang sudah ditulis." in again.text


@pytest.mark.parametrize("chosen", [[], ["x"], ["-1"], ["²"]])
def test_nobody_ticked_is_said_beside_the_list(demand_id, admin, browsers, chosen):
    answer = browsers(admin).submit(
        f"/cooperative/demand/{demand_id}/invite", {"seller": chosen, "message": "Silakan."}
    )
    assert answer.status_code == 422
    assert "Pilih paling sedikit satu penjual." in answer.text


def test_another_cooperatives_seller_and_unknown_words_are_not_found(demand_id, admin, browsers):
    address = f"/cooperative/demand/{demand_id}/invite"
    browser = browsers(admin)
    for stranger in (str(make_seller().id), "9" * 18):
        assert browser.submit(address, {"seller": [stranger], "message": "Silakan."}).status_code == 404
    assert browser.get("/cooperative/demand/999999999/invite").status_code == 404
    assert browser.get(f"/cooperative/demand/{10**30}/invite").status_code == 404


def test_those_who_make_such_goods_stand_first(announce, ask):
    cooperative = make_cooperative()
    category = get_category("kardus-polos")
    maker = make_seller(cooperative=cooperative, name="Z Kardus Jaya")
    make_seller(cooperative=cooperative, name="Y Kertas", kbli=codes_for(category))
    make_seller(cooperative=cooperative, name="A Roti", kbli=["10710"])
    make_seller(cooperative=cooperative, name="Belum", state=SellerState.APPLIED)
    announce(make_product(seller=maker, name="Kardus polos 20 x 20", category=category))
    found = list_candidates(cooperative.id, "kardus mengkilap", "kardus mengkilap")
    assert [each.seller.name for each in found] == ["Z Kardus Jaya", "Y Kertas", "A Roti"]
    assert found[0].reason == f"Sudah menjual {category.label}"
    assert found[1].reason == f"KBLI-nya mencakup {category.label}"
    assert found[2].reason == ""
    assert [each.seller.name for each in list_candidates(cooperative.id, "kardus", "kardus", name="roti")] == ["A Roti"]


# The seller


def test_the_seller_reads_it_on_its_desk_until_it_lists_something(demand_id, seller, admin, browsers):
    owner = make_actor(seller, Role.SELLER)
    invite_sellers(demand_id, [seller.id], "Silakan.", by=admin)
    browser = browsers(owner)
    page = browser.get("/seller").text
    assert "mengundang Anda menawarkan “pallet hdpe”" in page
    assert "3 pembeli mencarinya di Pasok." in page
    assert "/seller/products/new?name=pallet+hdpe" in page
    assert 'value="Pallet hdpe"' in browser.get("/seller/products/new?name=pallet+hdpe").text
    make_product(seller=seller, name="Ember 10 liter", created_at=clock.now() + timedelta(hours=1))
    assert len(list_open_invitations(seller.id)) == 1, "something else"
    make_product(seller=seller, name="Palet plastik HDPE", created_at=clock.now() + timedelta(hours=1))
    assert "mengundang Anda" not in browser.get("/seller").text


def test_the_seller_can_put_it_away(demand_id, seller, admin, browsers):
    owner = make_actor(seller, Role.SELLER)
    (invitation,) = invite_sellers(demand_id, [seller.id], "Silakan.", by=admin)
    browser = browsers(owner)
    address = f"/seller/invitations/{invitation.id}/dismiss"
    for _twice in range(2):
        assert "Undangan disingkirkan." in browser.submit(address, follow_redirects=True).text
    assert "mengundang Anda" not in browser.get("/seller").text
    assert [record.action for record in audit.list_records(seller)] == ["invitation_dismissed", "seller_invited"]


def test_the_sellers_page_tells_of_it(demand_id, seller, admin, browsers):
    (invitation,) = invite_sellers(demand_id, [seller.id], "Silakan tawarkan.", by=admin)
    dismiss_invitation(invitation.id, by=make_actor(seller, Role.SELLER))
    page = browsers(admin).get(f"/cooperative/sellers/{seller.id}").text
    for words in ("Diundang menawarkan yang dicari pembeli", "Silakan tawarkan.", "Undangan disingkirkan"):
        assert words in page


def test_nobody_puts_another_sellers_invitation_away(demand_id, seller, admin):
    (invitation,) = invite_sellers(demand_id, [seller.id], "Silakan.", by=admin)
    with pytest.raises(NotFound):
        dismiss_invitation(invitation.id, by=make_actor(make_seller(), Role.SELLER))
    assert invitation.dismissed_at is None
