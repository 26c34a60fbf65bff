"""What of a question is recorded: the words that count, and nothing that looks like personal data."""

import re
from typing import NamedTuple

from search.asking import words_of
from search.normal import normal
from search.synonyms import ASKING_WORDS, STOP_WORDS

SHORTEST = 2
LONGEST = 80
"""Letters of what is kept as it was typed."""

_MOST_DIGITS = 7
"""From eight digits in a row on it may be a telephone, NIK, NPWP or account number."""

_DIGITS = re.compile(r"\d(?:[\s.\-/()]{0,2}\d)*")
_PERSONAL = re.compile(
    r"@|https?:|www\.|\b(?:rt|rw)[\s.]*\d+\s*/?\s*(?:rw|rt)\b|\b(?:nik|npwp|ktp|whatsapp|wa)\b[\s.:]*\d", re.IGNORECASE
)
_SAYS_NOTHING = frozenset(STOP_WORDS) | frozenset(ASKING_WORDS)


class Terms(NamedTuple):
    """What was looked for."""

    words: str
    """The words that count, normal and in alphabetical order: "hdpe pallet"."""
    written: str
    """As it was typed, in small letters and without words that only ask: "pallet hdpe"."""


def terms_of(typed: str) -> Terms | None:
    """What is recorded of what somebody typed; None where that is nothing."""
    if looks_personal(typed):
        return None
    words = " ".join(sorted(set(words_of(typed))))
    if len(words) < SHORTEST:
        return None
    return Terms(words, _written(typed) or words)


def looks_personal(typed: str) -> bool:
    """Whether it holds an address of e-mail, web or house, or a number that may belong to a person."""
    most = max((sum(map(str.isdigit, found)) for found in _DIGITS.findall(typed)), default=0)
    return most > _MOST_DIGITS or bool(_PERSONAL.search(typed))


def _written(typed: str) -> str:
    pieces = typed.casefold().split()
    kept = [piece for piece in pieces if normal(piece) not in _SAYS_NOTHING] or pieces
    while len(" ".join(kept)) > LONGEST and len(kept) > 1:
        kept.pop()
    return " ".join(kept)[:LONGEST]
