"""Two texts word by word: what was taken out of the first, and what was put into the second."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_PARTS = 3000
"""Words, gaps and signs. A text of more (nobody writes one in 5,000 letters) is marked as a whole: comparing it could
take for ever."""

LEAST_ALIKE = 0.25
"""Texts that share less than this are read more easily as two texts than word by word."""

_PART = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of text, and whether only this side has it."""

    text: str
    marked: bool


def mark_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; put together, the pieces are the text again."""
    old, new = _PART.findall(before), _PART.findall(after)
    matcher = SequenceMatcher(None, old, new)
    if max(len(old), len(new)) > MOST_PARTS or matcher.quick_ratio() < LEAST_ALIKE:
        return _whole(before), _whole(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for old_part, new_part, same in _without_crumbs(old, new, matcher.get_opcodes()):
        _add(left, old_part, marked=not same)
        _add(right, new_part, marked=not same)
    return left, right


def _without_crumbs(
    old: list[str], new: list[str], opcodes: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[tuple[str, str, bool]]:
    """Each stretch on both sides, and whether it stayed.

    A gap that stayed between two changes, or a single word between two longer ones, is easier to read as changed too.
    """
    stretches = [(old[a:b], new[c:d], kind == "equal") for kind, a, b, c, d in opcodes]
    for place, (left, right, same) in enumerate(stretches):
        beside = [stretches[place + step][:2] for step in (-1, 1)] if 0 < place < len(stretches) - 1 else []
        lengths = [max(map(_words, sides)) for sides in beside]
        crumb = lengths and (_words(left) == 0 or (_words(left) == 1 and min(lengths) > 1))
        yield "".join(left), "".join(right), same and not crumb


def _words(parts: list[str]) -> int:
    return sum(part[0].isalnum() for part in parts)


def _add(pieces: list[Piece], text: str, *, marked: bool) -> None:
    if not text:
        return
    before = pieces.pop().text if pieces and pieces[-1].marked is marked else ""
    pieces.append(Piece(before + text, marked))


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []
