"""What somebody typed, as both engines are asked it: in normal words, and without those that only say that one asks."""

from search.normal import is_whole, normal
from search.synonyms import ASKING_WORDS, STOP_WORDS

MOST_WORDS = 10
"""So many words of a question count, in Meilisearch too."""

_EMPTY = frozenset(STOP_WORDS) | frozenset(ASKING_WORDS)


def words_of(typed: str) -> list[str]:
    """The words that count, at most ten; words that say nothing count when there are no others."""
    words = normal(typed).split()
    return ([word for word in words if word not in _EMPTY] or words)[:MOST_WORDS]


def unfinished(typed: str) -> str:
    """The question of somebody who is still typing: the last word may be the beginning of one."""
    return " ".join(words_of(typed))


def finished(typed: str) -> str:
    """The question of somebody who is done: a last amount is one, so that 4 does not mean 48mm too.

    Meilisearch takes the last word for the beginning of one unless a space follows.
    """
    words = words_of(typed)
    return " ".join(words) + " " * bool(words and is_whole(words[-1]))
