"""What PostgreSQL searches by: the words of a document, and queries over them.

Both are written out instead of parsed by PostgreSQL: what is a word is decided in `search.normal`, and nobody's affixes
are cut off (the built-in Indonesian configuration makes "emas" of "pengemasan").
"""

from typing import Any

from sqlalchemy import ColumnElement, cast, func
from sqlalchemy.dialects.postgresql import TSQUERY

from search.models import SearchEntry
from search.normal import is_whole
from search.synonyms import synonyms
from search.wording import ProductWords

_SYNONYMS = synonyms()
_LONGEST_PHRASE = 3


_NAME = ("name", "name_codes")
_NEAR = ("numbers", "category", "choices", "unit", "seller", "branch", "certificates")
_FAR = ("place", "cooperative", "codes", "about")


def vectors_of(words: ProductWords) -> tuple[str, str]:
    """A product's words as PostgreSQL keeps them: those of its name alone, and all of them.

    Of all, the name's weigh most (A), then those that say what it is and whose (B), then those that tell more (C).
    """
    texts: Any = words
    name = [word for part in _NAME for word in texts[part].split()]
    near = [word for part in _NEAR for word in texts[part].split()]
    far = [word for part in _FAR for word in texts[part].split()]
    all_places = [
        *_placed(name, "A"),
        *_placed(near, "B", after=len(name)),
        *_placed(far, "C", after=len(name) + len(near)),
    ]
    return " ".join(_placed(name, "")), " ".join(all_places)


def _placed(words: list[str], weight: str, *, after: int = 0) -> list[str]:
    """Words with their places and weight as one writes a `tsvector`, kardus:1A polos:2A; normal ones need no quotes."""
    return [f"{word}:{place}{weight}" for place, word in enumerate(words, after + 1)]


def query_for(words: list[str], *, any_word: bool = False) -> ColumnElement[str]:
    """A text search query for all of the words, or for any; the last may be unfinished.

    Each word, and each two or three in a row, is also found by what means the same.
    """
    return cast(" | ".join(_phrases(words)) if any_word else _all_from(words, 0), TSQUERY)


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
    return func.ts_rank(SearchEntry.name_words, cast(" | ".join(written), TSQUERY))


def _written(word: str, unfinished: bool) -> str:
    return f"{word}:*" if unfinished and not is_whole(word) else word
