"""What PostgreSQL keeps of a product's words, and what it is asked."""

import pytest
from sqlalchemy import text

from market.db import session
from search import fallback
from search.asking import words_of
from search.entries import documents_of, write_entries
from search.request import SearchRequest
from search.wording import ProductWords
from search.words import vectors_of
from tests.factories import make_product

PARSED = """
    SELECT to_tsvector('simple', :name)::text,
           (setweight(to_tsvector('simple', :name), 'A') || setweight(to_tsvector('simple', :near), 'B')
               || setweight(to_tsvector('simple', :far), 'C'))::text,
           CAST(:own AS tsvector)::text, CAST(:all AS tsvector)::text
"""


def some_words(**given):
    return {part: given.get(part, "") for part in ProductWords.__annotations__}


@pytest.mark.parametrize(
    ("name", "codes", "about"),
    [
        ("kardus polos", "20x20x15 20x20 15cm 200x200x150", "kuat kardus rapi"),
        ("besi", "1f2inch 0p5mm sus304 304", "007 m8x40 dua puluh"),
        ("", "", ""),
        ("kafe strasse łódź 漢字 ไทย", "a4 80gsm", "kardus 3ply 70pct"),
    ],
)
def test_words_are_kept_as_postgresql_would_read_them(name, codes, about):
    own, everything = vectors_of(some_words(name=name, name_codes=codes, seller="karya bunda", about=about))
    texts = {"name": f"{name} {codes}", "near": "karya bunda", "far": about, "own": own, "all": everything}
    own_parsed, all_parsed, own_kept, all_kept = session.execute(text(PARSED), texts).one()
    assert (own_kept, all_kept) == (own_parsed, all_parsed)


def names_found(q):
    return [hit["item"]["name"] for hit in fallback.search(SearchRequest(q=q)).hits]


def test_a_code_that_looks_like_a_number_is_one_word():
    write_entries([make_product(name="Cat 5e9a4e").id])
    assert names_found("5e9a4e") == ["Cat 5e9a4e"]
    assert names_found("a4e") == []


def test_a_code_without_end_can_be_kept():
    product = make_product(name="Kode panjang", description="KK-" + "P" * 5000 + "-7 " + "7" * 5000)
    write_entries([product.id])
    assert words_of(documents_of([product.id])[product.id]["item"]["name"]) == ["kode", "panjang"]
