"""The judged queries asked of every engine, and the table that says how well each did."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from search.documents import ProductDocument
from search.evaluation.engines import OURS, Finder
from search.evaluation.judged import Judged, grades_of
from search.evaluation.measures import Grades, Scores, mean, score

OVERALL = "overall"

LEAST_NDCG = 0.90
"""Below this the search is not good enough, however bad the others are."""


class Answer(NamedTuple):
    """One query, what it found, and how good that was."""

    judged: Judged
    grades: Grades
    found: list[int]
    scores: Scores


Answers = Mapping[str, Sequence[Answer]]
"""By the engine's name, in the order of the queries."""


def ask_all(judged: Sequence[Judged], documents: Sequence[ProductDocument], engines: Mapping[str, Finder]) -> Answers:
    """Every query, asked of every engine; raises UnknownProduct where a judgement is about no product."""
    graded = [(each, grades_of(each, documents)) for each in judged]
    return {name: [_answer(find, each, grades) for each, grades in graded] for name, find in engines.items()}


def by_group(answers: Sequence[Answer]) -> dict[str, Scores]:
    """The mean of each group, in the order of the file, and of all queries last."""
    groups = dict.fromkeys(answer.judged.group for answer in answers)
    means = {group: mean([each.scores for each in answers if each.judged.group == group]) for group in groups}
    return {**means, OVERALL: mean([each.scores for each in answers])}


def table(answers: Answers) -> Iterator[str]:
    """The lines of a table in Markdown: groups down, engines across, best engine in bold."""
    columns = {name: by_group(each) for name, each in answers.items()}
    counts = _counts(next(iter(answers.values())))
    yield "| queries | " + " | ".join(f"{name}: nDCG@10 | MRR | recall@10" for name in columns) + " |"
    yield "|---|" + "---:|" * 3 * len(columns)
    for group, count in counts.items():
        highest = max(means[group].ndcg for means in columns.values())
        cells = [_cells(means[group], bold=means[group].ndcg == highest) for means in columns.values()]
        yield f"| {group} ({count}) | {' | '.join(cells)} |"


def shortcomings(answers: Answers) -> list[str]:
    """What is not as it should be: groups in which ours is not ahead of every other engine, or too low a mean."""
    columns = {name: by_group(each) for name, each in answers.items()}
    ours = columns.pop(OURS)
    behind = [
        f"{group}: {scores.ndcg:.3f}, and {name} has {means[group].ndcg:.3f}"
        for name, means in columns.items()
        for group, scores in ours.items()
        if scores.ndcg <= means[group].ndcg
    ]
    low = (
        [f"{OVERALL}: {ours[OVERALL].ndcg:.3f} is less than {LEAST_NDCG:.2f}"]
        if ours[OVERALL].ndcg < LEAST_NDCG
        else []
    )
    return behind + low


def worst(answers: Sequence[Answer], documents: Sequence[ProductDocument], count: int) -> Iterator[str]:
    """The queries that found least of what they should, with what they found and the grade of each."""
    skus = {document["id"]: document["item"]["sku"] for document in documents}
    for answer in sorted(answers, key=lambda each: each.scores.ndcg)[:count]:
        found = " ".join(f"{skus[product_id]}:{answer.grades.get(product_id, 0)}" for product_id in answer.found)
        yield f"{answer.scores.ndcg:.2f}  {answer.judged.group}: “{answer.judged.q}”  {found or '-'}"


def _answer(find: Finder, judged: Judged, grades: Grades) -> Answer:
    found = find(judged.q)
    return Answer(judged, grades, found, score(found, grades))


def _counts(answers: Sequence[Answer]) -> dict[str, int]:
    groups = [answer.judged.group for answer in answers]
    return {**{group: groups.count(group) for group in dict.fromkeys(groups)}, OVERALL: len(groups)}


def _cells(scores: Scores, *, bold: bool) -> str:
    ndcg, *rest = (f"{value:.3f}" for value in scores)
    return " | ".join([f"**{ndcg}**" if bold else ndcg, *rest])
