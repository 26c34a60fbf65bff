"""What PostgreSQL searches by: the words of a document, and queries over them.

The configuration is `simple`: the built-in Indonesian one stems "pengemasan" to "emas".
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func
from sqlalchemy.dialects.postgresql import to_tsquery

from search.documents import ProductDocument
from search.models import SearchEntry
from search.normal import is_whole, normal
from search.synonyms import STOP_WORDS, synonyms
from search.wording import ProductWords

_MOST_WORDS = 10
_SYNONYMS = synonyms()


def words_of(query: str) -> list[str]:
    """The words that count in what somebody typed, at most ten, in their one way of writing."""
    words = normal(query).split()
    return [word for word in words if word not in STOP_WORDS][:_MOST_WORDS] or words[:_MOST_WORDS]


def words_in(document: ProductDocument) -> tuple[str, str, str]:
    """The words of a document: those of its name, those that say what it is and whose, and those that tell more."""
    words = document["words"]
    name = f"{words['name']} {words['name_codes']}"
    near = ("numbers", "category", "choices", "unit", "seller", "branch", "certificates")
    far = ("place", "codes", "about")
    return name, _joined(words, near), _joined(words, far)


def _joined(words: ProductWords, parts: Iterable[str]) -> str:
    return " ".join(words[part] for part in parts)  # type: ignore[literal-required]


def spellings(word: str) -> list[str]:
    """The word and what means the same, as far as it is one word."""
    return [word, *(other for other in _SYNONYMS.get(word, ()) if " " not in other)]


def query_for(words: list[str], *, any_word: bool = False) -> ColumnElement[str]:
    """A text search query for all of the words, or for any; the last may be unfinished.

    Each is also found by what means the same.
    """
    each = [" | ".join([_written(word, word is words[-1]), *spellings(word)[1:]]) for word in words]
    return to_tsquery("simple", (" | " if any_word else " & ").join(f"({spelling})" for spelling in each))


def rank_of(words: list[str]) -> ColumnElement[float]:
    """How well a product fits: its words themselves count, not what means the same."""
    written = [_written(word, word is words[-1]) for word in words]
    return func.ts_rank(SearchEntry.name_words, to_tsquery("simple", " | ".join(written)))


def _written(word: str, unfinished: bool) -> str:
    return f"{word}:*" if unfinished and not is_whole(word) else word
