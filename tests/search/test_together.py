"""A job of the index does what the jobs behind it are for, so that many saves do not wait for one another."""

import json

import pytest
from sqlalchemy import text

from catalog.signals import products_changed
from market import jobs
from market.db import atomic, session
from search import sync, tasks
from search.errors import SearchRefused
from search.tasks import index_products
from tests.factories import make_product

WAITING = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'search.index_products' AND status = 'todo'")


@pytest.fixture
def saved() -> list[int]:
    """Three products, each saved by itself; nobody has begun their jobs."""
    products = [make_product(name=f"Kardus {number}") for number in range(3)]
    jobs.forget_waiting()
    for product in products:
        with atomic():
            products_changed.send(None, product_ids=[product.id])
    return [product.id for product in products]


def waiting():
    return [args["product_ids"] for args in session.scalars(WAITING)]


def test_one_job_does_the_work_of_those_behind_it(saved, index):
    assert waiting() == [[each] for each in saved]
    index_products([saved[0]])
    assert set(index.documents_between(0, None)) == set(saved)
    assert waiting() == []


def test_whoever_saves_one_product_does_not_wait_for_an_import(saved, index, monkeypatch):
    monkeypatch.setattr(sync, "READ_BATCH", 2)
    imported = [make_product(name=f"Palet {number}").id for number in range(5)]
    parts, put = [], index.put

    def note(documents, **more):
        documents = list(documents)
        if more.get("into") in (None, index.index):  # and not in one that another test left half built
            parts.append({json.loads(document)["id"] for document in documents})
        if len(parts) == 2:
            with atomic():
                products_changed.send(None, product_ids=[late])
        return put(documents, **more)

    late = make_product(name="Kardus di tengah").id
    jobs.forget_waiting()
    monkeypatch.setattr(index, "put", note)
    index_products(imported)
    assert parts == [set(imported[:2]), set(imported[2:4]), {imported[4], late}]
    assert waiting() == []


def test_a_large_job_is_left_to_itself(saved, index, monkeypatch):
    monkeypatch.setattr(tasks, "FEW", 0)
    index_products([saved[0]])
    assert set(index.documents_between(0, None)) == {saved[0]}
    assert len(waiting()) == 3


def test_what_is_refused_holds_up_nothing_else(saved, index, monkeypatch):
    put = index.put

    def refuse_the_last(documents, **more):
        if any(json.loads(document)["id"] == saved[2] for document in documents):
            raise SearchRefused("not this one", code="invalid_document_fields")
        return put(documents, **more)

    monkeypatch.setattr(index, "put", refuse_the_last)
    index_products([saved[0]])
    assert set(index.documents_between(0, None)) == {saved[0]}
    assert len(waiting()) == 3
    with pytest.raises(SearchRefused):
        for product_id in saved[1:]:
            session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
            index_products([product_id])
    assert set(index.documents_between(0, None)) == set(saved[:2])
