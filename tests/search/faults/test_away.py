"""Meilisearch stopped, stalled, slow, refusing or without room: PostgreSQL answers, and saving waits for nobody."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from catalog.signals import products_changed
from catalog.stock.operations.desk import count_stock
from market.accounts.roles import Role
from market.db import atomic
from search import behind, engine, sync
from search.engine import SearchEngine
from search.queries import search, suggest
from search.request import EngineName, SearchRequest
from tests.factories import make_actor, make_product
from tests.search.faults.conftest import NOTICE

VISITORS = 5


def asked(words=""):
    """Which engine answers, and what is found."""
    result = search(SearchRequest(q=words))
    return result.engine, sorted(hit["item"]["name"] for hit in result.hits)


@pytest.fixture
def box(own, announce):
    """One product that Meilisearch knows."""
    product = make_product(name="Kardus polos", on_hand=7)
    announce(product)
    assert asked("kardus") == (EngineName.MEILISEARCH, ["Kardus polos"])
    return product


def test_while_it_is_stalled_one_question_waits_and_all_are_answered(box, own, client, api):
    own.stall()
    before = own.gate.questions
    for _visitor in range(VISITORS):
        assert asked("kardus") == (EngineName.POSTGRESQL, ["Kardus polos"])
    assert own.gate.questions == before + 1
    page = client.get("/search?q=kardus").text
    assert NOTICE in page
    assert "Kardus polos" in page
    assert "</mark>us polos" in client.get("/suggest?q=kard").text
    assert client.get("/").status_code == 200
    answer = api(None).get("/products", q="kardus").json
    assert (answer["engine"], answer["total"]) == ("postgresql", 1)
    assert own.gate.questions == before + 1


def test_the_circuit_closes_by_itself_when_it_goes_on(box, own, client):
    own.stall()
    assert asked()[0] is EngineName.POSTGRESQL
    own.wait_for_the_breaker()
    before = own.gate.questions
    for _visitor in range(VISITORS):  # one tries for all
        assert asked()[0] is EngineName.POSTGRESQL
    assert own.gate.questions == before + 1
    own.go_on()
    assert asked()[0] is EngineName.POSTGRESQL
    own.wait_for_the_breaker()
    assert asked("kardus") == (EngineName.MEILISEARCH, ["Kardus polos"])
    assert NOTICE not in client.get("/search?q=kardus").text


def test_what_takes_longer_than_a_page_may_wait_is_answered_by_postgresql(box, own):
    own.gate.delay = engine.QUESTION_SECONDS + 0.3
    assert asked("kardus") == (EngineName.POSTGRESQL, ["Kardus polos"])
    assert suggest("kard").products
    own.gate.delay = 0.0
    own.wait_for_the_breaker()
    assert asked("kardus")[0] is EngineName.MEILISEARCH


def test_what_is_slow_but_in_time_is_waited_for(box, own):
    own.gate.delay = engine.QUESTION_SECONDS / 4
    assert asked("kardus")[0] is EngineName.MEILISEARCH


def test_a_server_that_was_stopped_is_asked_again_when_it_is_back(box, own):
    own.server.stop()
    assert asked("kardus") == (EngineName.POSTGRESQL, ["Kardus polos"])
    own.server.start()
    own.wait_for_the_breaker()
    assert asked("kardus") == (EngineName.MEILISEARCH, ["Kardus polos"])


def test_a_restart_between_two_questions_is_not_even_noticed(box, own):
    own.restart()
    assert asked("kardus") == (EngineName.MEILISEARCH, ["Kardus polos"])


def test_a_port_that_refuses_and_a_key_that_is_wrong_are_no_errors(box, own, work):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    for address, key in ((nobody, own.server.key), (own.gate.url, "wrong")):
        engine.use(SearchEngine(address, key, index="own"))
        assert asked("kardus") == (EngineName.POSTGRESQL, [box.name])
        box.name += " baru"
        with atomic():
            products_changed.send(None, product_ids=[box.id])
        assert work() == 1  # only what catches up goes on waiting
        assert asked("baru") == (EngineName.POSTGRESQL, [box.name])
    engine.use(own.engine)
    assert work() == 0
    assert asked("baru") == (EngineName.MEILISEARCH, ["Kardus polos baru baru"])


def test_saving_asks_meilisearch_nothing_and_what_was_saved_is_found(box, own, work, client):
    seller = make_actor(box.seller, Role.SELLER)
    client.log_in(seller)
    own.stall()
    before = own.gate.requests
    count_stock(box.offer.id, 4321, by=seller)
    assert client.submit(f"/seller/products/{box.id}/withdraw").status_code == 302
    assert own.gate.requests == before
    assert work() == 1
    assert asked("kardus") == (EngineName.POSTGRESQL, [])
    own.go_on()
    assert work() == 0
    own.wait_for_the_breaker()
    assert asked("kardus") == (EngineName.MEILISEARCH, [])
    assert sync.compare().is_equal


def test_only_one_job_knocks_while_it_is_away(box, own, work):
    own.stall()
    for number in range(3):
        with atomic():
            box.name = f"Kardus {number}"
            products_changed.send(None, product_ids=[box.id])
        assert work() == 1
    own.server.stop()  # so that whoever knocks is refused at once
    before = own.gate.requests
    with atomic():
        box.name = "Kardus terakhir"
        products_changed.send(None, product_ids=[box.id])
        other = make_product(name="Kardus baru")
        products_changed.send(None, product_ids=[other.id])
    own.server.start()
    assert work() == 0
    assert own.gate.requests > before
    own.wait_for_the_breaker()
    assert asked("kardus") == (EngineName.MEILISEARCH, ["Kardus baru", "Kardus terakhir"])


def test_an_index_that_misses_changes_is_not_asked_until_it_has_them(box, own, work):
    own.stall()
    with atomic():
        box.name = "Peti kayu"
        products_changed.send(None, product_ids=[box.id])
    work()
    own.go_on()
    own.wait_for_the_breaker()
    before = own.gate.questions
    assert asked() == (EngineName.POSTGRESQL, ["Peti kayu"])  # it would answer, and say Kardus
    assert own.gate.questions == before
    assert work() == 0
    assert asked() == (EngineName.MEILISEARCH, ["Peti kayu"])


@pytest.fixture
def little_room(tmp_path: Path):
    """A disk of 60 MB, for Meilisearch's folder."""
    place = tmp_path / "meilisearch"
    place.mkdir()
    done = subprocess.run(
        [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small disk can be made here: {done.stderr.strip()}")
    yield place
    subprocess.run([shutil.which("umount") or "umount", str(place)], check=True)


def test_when_its_disk_is_full_changes_wait_and_the_newest_is_found_all_the_same(little_room, box, own, work):
    ballast = little_room / "ballast"
    with pytest.raises(OSError, match="No space left"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 65536)
    many = [make_product(name=f"Kardus {number}", description="Kuat. " * 1000) for number in range(20)]
    with atomic():
        box.name = "Kardus sesudah disk penuh"
        products_changed.send(None, product_ids=[box.id, *(product.id for product in many)])
    assert work() == 1
    assert behind.standing().is_behind
    assert asked("sesudah") == (EngineName.POSTGRESQL, ["Kardus sesudah disk penuh"])
    ballast.unlink()
    assert work() == 0
    assert asked("sesudah") == (EngineName.MEILISEARCH, ["Kardus sesudah disk penuh"])
    assert sync.compare().is_equal
