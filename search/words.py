"""What PostgreSQL searches by: the words of a document, and queries over them.

The configuration is `simple`: the built-in Indonesian one stems "pengemasan" to "emas".
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func
from sqlalchemy.dialects.postgresql import to_tsquery

from search.documents import ProductDocument
from search.models import SearchEntry
from search.normal import is_whole
from search.synonyms import synonyms
from search.wording import ProductWords

_SYNONYMS = synonyms()
_LONGEST_PHRASE = 3


def words_in(document: ProductDocument) -> tuple[str, str, str]:
    """The words of a document: those of its name, those that say what it is and whose, and those that tell more."""
    words = document["words"]
    name = f"{words['name']} {words['name_codes']}"
    near = ("numbers", "category", "choices", "unit", "seller", "branch", "certificates")
    far = ("place", "cooperative", "codes", "about")
    return name, _joined(words, near), _joined(words, far)


def _joined(words: ProductWords, parts: Iterable[str]) -> str:
    return " ".join(words[part] for part in parts)  # type: ignore[literal-required]


def query_for(words: list[str], *, any_word: bool = False) -> ColumnElement[str]:
    """A text search query for all of the words, or for any; the last may be unfinished.

    Each word, and each two or three in a row, is also found by what means the same.
    """
    return to_tsquery("simple", " | ".join(_phrases(words)) if any_word else _all_from(words, 0))


def _all_from(words: list[str], start: int) -> str:
    """The words from `start` on, alone or where two or three are one expression, together."""
    ways = []
    for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
        if found := _meaning(words, start, end):
            ways.append(f"{found} & {_all_from(words, end)}" if end < len(words) else found)
    return f"({' | '.join(ways)})"


def _phrases(words: list[str]) -> list[str]:
    spans = [(start, end) for start in range(len(words)) for end in range(start + 1, start + 1 + _LONGEST_PHRASE)]
    return [found for start, end in spans if end <= len(words) and (found := _meaning(words, start, end))]


def _meaning(words: list[str], start: int, end: int) -> str:
    """What is found for these words as one: a single word and what means the same, or what a phrase means besides."""
    own = [_written(words[start], end == len(words))] if end == start + 1 else []
    others = [other.replace(" ", " <-> ") for other in _SYNONYMS.get(" ".join(words[start:end]), ())]
    return f"({' | '.join([*own, *(f'({other})' for other in others)])})" if own or others else ""


def rank_of(words: list[str]) -> ColumnElement[float]:
    """How well a product fits: its words themselves count, not what means the same."""
    written = [_written(word, word is words[-1]) for word in words]
    return func.ts_rank(SearchEntry.name_words, to_tsquery("simple", " | ".join(written)))


def _written(word: str, unfinished: bool) -> str:
    return f"{word}:*" if unfinished and not is_whole(word) else word
