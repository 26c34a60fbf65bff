"""Two texts word by word: what was taken out of the first, and what was put into the second."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter, itemgetter
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
    stretches = [Stretch(old[a:b], new[c:d], kind == "equal") for kind, a, b, c, d in matcher.get_opcodes()]
    for longest in (0, 1):
        stretches = _joined(_without_crumbs(stretches, longest=longest))
    return (
        _pieces((stretch.old, not stretch.same) for stretch in stretches),
        _pieces((stretch.new, not stretch.same) for stretch in stretches),
    )


class Stretch(NamedTuple):
    """Parts of both texts that belong together, and whether they stayed."""

    old: list[str]
    new: list[str]
    same: bool

    @property
    def words(self) -> int:
        """How many words the longer side has."""
        return max(sum(part[0].isalnum() for part in side) for side in (self.old, self.new))


def _without_crumbs(stretches: list[Stretch], *, longest: int) -> list[Stretch]:
    """Without what stayed between two changes and has at most so many words, fewer than they: it hides what changed."""
    kept = []
    for place, stretch in enumerate(stretches):
        beside = [stretches[place + step] for step in (-1, 1)] if 0 < place < len(stretches) - 1 else []
        crumb = beside and stretch.words <= longest and all(other.words > longest for other in beside)
        kept.append(stretch._replace(same=stretch.same and not crumb))
    return kept


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours of the same kind as one."""
    return [
        Stretch([part for each in group for part in each.old], [part for each in group for part in each.new], same)
        for same, group in ((same, list(group)) for same, group in groupby(stretches, key=attrgetter("same")))
    ]


def _pieces(sides: Iterable[tuple[list[str], bool]]) -> list[Piece]:
    """One side's stretches as text; those that are empty here fall away."""
    cut = [piece for parts, marked in sides for piece in _without_edges("".join(parts), marked=marked)]
    return [
        Piece("".join(text for text, _marked in group), marked) for marked, group in groupby(cut, key=itemgetter(1))
    ]


def _without_edges(text: str, *, marked: bool) -> list[Piece]:
    """The text with its mark on the words alone: nobody wants to see a gap underlined."""
    words = text.strip()
    if not marked or not words:
        return [Piece(text, marked)] if text else []
    before, after = text[: text.index(words)], text[len(text.rstrip()) :]
    return [*_without_edges(before, marked=False), Piece(words, True), *_without_edges(after, marked=False)]


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []
