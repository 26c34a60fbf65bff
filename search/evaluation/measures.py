"""How good a list of results is, given how useful each product would be: three usual measures, each from 0 to 1.

`ranked` are the ids that an engine gave, best first; `grades` says how useful a product is, from 1 to 3, and has none
of those that are of no use.
"""

from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple

DEPTH = 10
"""So many results are looked at: about what a buyer sees before giving up."""

Grades = Mapping[int, int]


class Scores(NamedTuple):
    """The measures of one query, or their means over several."""

    ndcg: float
    reciprocal_rank: float
    recall: float


def ndcg(ranked: Sequence[int], grades: Grades) -> float:
    """Normalised discounted cumulative gain: what the results give, beside what the best order of all would give.

    A product of grade g gives 2^g - 1, divided by log2(place + 1).
    """
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(product_id, 0) for product_id in ranked]) / best if best else 0.0


def reciprocal_rank(ranked: Sequence[int], grades: Grades) -> float:
    """One divided by the place of the first useful product; 0 when none of those looked at is."""
    places = (place for place, product_id in enumerate(ranked[:DEPTH], start=1) if product_id in grades)
    return 1 / next(places, float("inf"))


def recall(ranked: Sequence[int], grades: Grades) -> float:
    """How many of the useful products are among the first ten; of more than ten, ten would be all."""
    found = len(grades.keys() & set(ranked[:DEPTH]))
    return found / min(len(grades), DEPTH) if grades else 0.0


def score(ranked: Sequence[int], grades: Grades) -> Scores:
    """All measures of one query."""
    return Scores(ndcg(ranked, grades), reciprocal_rank(ranked, grades), recall(ranked, grades))


def mean(scores: Sequence[Scores]) -> Scores:
    """The mean of each measure over several queries, each counting the same."""
    return Scores(*(sum(column) / len(scores) for column in zip(*scores, strict=True)))


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:DEPTH], start=1))
