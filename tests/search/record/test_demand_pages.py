"""What cooperatives see of unmet demand, week by week."""

import csv
import io
from datetime import timedelta

import pytest

from catalog.categories.queries import get_category
from market import clock
from market.accounts.roles import Role
from market.db import session
from search.record import recording
from search.record.gathering import Outcome
from search.record.models import SearchDemand
from search.record.operations import invite_sellers
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller
from tests.search.record.conftest import WEDNESDAY

LAST_WEEK = "2026-11-09"


@pytest.fixture
def admin():
    return make_actor(make_cooperative(), Role.ADMIN)


def demand_of(words: str) -> SearchDemand:
    return session.query(SearchDemand).filter_by(words=words).one()


def test_the_cooperative_reads_how_many_buyers_found_nothing(ask, browsers, admin):
    ask("pallet hdpe", buyers=[make_buyer().id for _number in range(12)])
    ask("drum baja", buyers=[make_buyer().id])
    ask("terpal biru", visitors=4)
    page = browsers(admin).get("/cooperative/demand").text
    assert "12 pembeli mencarinya, tidak ada yang ditemukan" in page
    assert "4 pengunjung mencarinya, tidak ada yang ditemukan" in page
    places = [page.index(words) for words in (">pallet hdpe<", ">drum baja<", ">terpal biru<")]
    assert places == sorted(places)


def test_what_was_found_but_not_opened_and_what_was_found_little_stand_apart(ask, browsers, admin):
    product = make_product()
    ask("kardus", Outcome.FOUND, visitors=2)
    ask("lakban", Outcome.FOUND, visitors=2)
    ask("tali rafia", Outcome.FEW, visitors=2)
    recording.note_opening("kardus", product.slug, place=1)
    recording.flush()
    browser = browsers(admin)
    few, unopened = (browser.get(f"/cooperative/demand?view={view}").text for view in ("few", "unopened"))
    assert ">tali rafia<" in few
    assert ">lakban<" not in few
    assert ">lakban<" in unopened
    assert ">kardus<" not in unopened
    assert "2 pengunjung menemukannya, tidak ada yang dibuka" in unopened
    assert "Semua yang dicari ditemukan." in browser.get("/cooperative/demand").text


def test_earlier_weeks_can_be_chosen(ask, browsers, admin):
    with clock.at(WEDNESDAY - timedelta(weeks=1)):
        ask("pallet hdpe", buyers=[make_buyer().id])
    browser = browsers(admin)
    assert ">pallet hdpe<" in browser.get("/cooperative/demand").text, "nobody has searched this week yet"
    ask("drum baja", visitors=1)
    page = browser.get("/cooperative/demand").text
    assert ">pallet hdpe<" not in page
    assert ">drum baja<" in page
    assert f"week={LAST_WEEK}" in page
    assert ">pallet hdpe<" in browser.get(f"/cooperative/demand?week={LAST_WEEK}").text
    assert ">pallet hdpe<" in browser.get("/cooperative/demand?week=2026-11-13").text, "any day names its week"


@pytest.mark.parametrize(
    "query",
    ["week=x", "week=9999-99-99", "week=0001-01-01", "week=9999-12-31", "view=x", "page=0", "page=99999999999999999"],
)
def test_no_address_breaks_the_page(ask, browsers, admin, query):
    ask("pallet", visitors=1)
    assert browsers(admin).get(f"/cooperative/demand?{query}").status_code == 200
    assert browsers(admin).get(f"/cooperative/demand/export?{query}").status_code == 200


def test_what_has_been_listed_since_is_shown_as_mended(announce, ask, browsers, admin):
    ask("pallet hdpe", buyers=[make_buyer().id])
    browser = browsers(admin)
    assert "Belum ada" in browser.get("/cooperative/demand").text
    announce(make_product(name="Pallet HDPE 1200 x 1000"))
    page = browser.get("/cooperative/demand").text
    assert "1 produk" in page
    assert "Belum ada</" not in page


def test_what_there_is_now_is_counted_without_meilisearch_too(away, ask, browsers, admin):
    ask("pallet hdpe", buyers=[make_buyer().id])
    assert "Belum ada" in browsers(admin).get("/cooperative/demand").text


def test_what_somebody_typed_is_shown_as_text(ask, browsers, admin):
    ask("<script>alert(1)</script>", visitors=1)
    page = browsers(admin).get("/cooperative/demand").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_file_for_excel_holds_no_formula(ask, browsers, admin):
    ask("=cmd|' /c calc'!a0", buyers=[make_buyer().id])
    ask("pallet hdpe", buyers=[make_buyer().id, make_buyer().id], visitors=1)
    answer = browsers(admin).get("/cooperative/demand/export")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == ["2026-11-16", "pallet hdpe", "2", "2", "3", "3", "0", "0"]
    assert rows[2][1].startswith("'=")


def test_all_cooperatives_see_the_same_words_and_only_their_own_invitations(ask, browsers, admin):
    ask("pallet hdpe", buyers=[make_buyer().id])
    seller = make_seller(cooperative=make_cooperative())
    theirs = make_actor(seller.cooperative, Role.ADMIN)
    invite_sellers(demand_of("hdpe pallet").id, [seller.id], "Silakan.", by=theirs)
    assert "1 penjual diundang" in browsers(theirs).get("/cooperative/demand").text
    page = browsers(admin).get("/cooperative/demand").text
    assert ">pallet hdpe<" in page
    assert "penjual diundang" not in page


def test_the_treasurer_reads_and_the_admin_invites(ask, browsers, admin):
    ask("pallet hdpe", visitors=1)
    address = f"/cooperative/demand/{demand_of('hdpe pallet').id}/invite"
    treasurer = make_actor(make_cooperative(), Role.TREASURER)
    assert address in browsers(admin).get("/cooperative/demand").text
    assert address not in browsers(treasurer).get("/cooperative/demand").text


def test_the_pages_take_a_fixed_number_of_statements(ask, browsers, admin, count_queries):
    seller = make_seller(cooperative=make_cooperative())
    admin = make_actor(seller.cooperative, Role.ADMIN)
    browser = browsers(admin)
    ask("pallet 1", buyers=[make_buyer().id])
    demand_id = demand_of("1 pallet").id
    pages = ("/cooperative/demand", f"/cooperative/demand/{demand_id}/invite")
    for page in pages:
        browser.get(page)
    few = []
    for page in pages:
        with count_queries() as queries:
            browser.get(page)
        few.append(len(queries))
    for number in range(2, 15):
        ask(f"pallet {number}", buyers=[make_buyer().id])
        make_product(seller=make_seller(cooperative=seller.cooperative), category=get_category("kardus-polos"))
    for page, before in zip(pages, few, strict=True):
        with count_queries() as queries:
            browser.get(page)
        assert len(queries) == before <= 12, page
