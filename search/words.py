"""What PostgreSQL searches by: a column of the products' words, kept by the database itself, and queries over it.

The column belongs to this floor and not to `Product`: no other part reads or writes it, and so no other part loads it.
Its configuration is `simple`: the built-in Indonesian one stems "pengemasan" to "emas".
"""

import re

from sqlalchemy import Column, ColumnElement, Computed, Index, Table, func
from sqlalchemy.dialects.postgresql import TSVECTOR, to_tsquery

from catalog.products.models import Product
from search.settings import STOP_WORDS, synonyms

_PRODUCTS: Table = Product.__table__  # type: ignore[assignment]

PRODUCT_WORDS: Column[str] = Column(
    "search_words",
    TSVECTOR,
    Computed(
        "setweight(to_tsvector('simple'::regconfig, name), 'A'::\"char\")"
        " || setweight(to_tsvector('simple'::regconfig, description), 'C'::\"char\")"
        " || setweight(jsonb_to_tsvector('simple'::regconfig, specification, '[\"string\"]'::jsonb), 'C'::\"char\")"
        " || setweight(jsonb_to_tsvector('simple'::regconfig, attributes, '[\"string\", \"numeric\"]'::jsonb),"
        " 'C'::\"char\")",
        persisted=True,
    ),
)
_PRODUCTS.append_column(PRODUCT_WORDS)
Index("ix_products_search_words", PRODUCT_WORDS, postgresql_using="gin")

_WORD = re.compile(r"\w+")
_MOST_WORDS = 10
_SYNONYMS = synonyms()


def words_of(query: str) -> list[str]:
    """The words that count in what somebody typed, at most ten, in small letters."""
    words = _WORD.findall(query.lower())
    return [word for word in words if word not in STOP_WORDS][:_MOST_WORDS] or words[:_MOST_WORDS]


def spellings(word: str) -> list[str]:
    """The word and what means the same, as far as it is one word."""
    return [word, *(other for other in _SYNONYMS.get(word, ()) if " " not in other)]


def query_for(word: str, *, unfinished: bool) -> ColumnElement[str]:
    """A text search query for a word or what means the same; an unfinished word also finds what begins with it."""
    return to_tsquery("simple", " | ".join([_written(word, unfinished), *spellings(word)[1:]]))


def rank_of(words: list[str]) -> ColumnElement[float]:
    """How well a product fits: its words themselves count, not what means the same."""
    written = [_written(word, word is words[-1]) for word in words]
    return func.ts_rank(PRODUCT_WORDS, to_tsquery("simple", " | ".join(written)))


def _written(word: str, unfinished: bool) -> str:
    return f"{word}:*" if unfinished else word


def means(word: str, text: str, *, unfinished: bool) -> bool:
    """Whether a name holds the word or one that means the same."""
    there = _WORD.findall(text.lower())
    if unfinished and any(each.startswith(word) for each in there):
        return True
    return any(spelling in there for spelling in spellings(word))
