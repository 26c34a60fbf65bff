"""The judged queries of `queries.toml`: what was typed, and how useful each product would be."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from search.documents import ProductDocument

QUERIES = Path(__file__).with_name("queries.toml")

GRADES = {"best": 3, "good": 2, "fair": 1}


class Judged(NamedTuple):
    """One query, with the texts that name useful products: a SKU, or a rule such as "category:kardus"."""

    group: str
    q: str
    named: Mapping[str, int]
    """The grade by the text that names products."""


class UnknownProduct(Exception):
    """A judgement names a product, or a kind of product, that nobody can find."""


def read_judged(path: Path = QUERIES) -> list[Judged]:
    """All judged queries, group by group."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Judged(group, entry["q"], _named(entry)) for group, entries in groups.items() for entry in entries]


def grades_of(judged: Judged, documents: Iterable[ProductDocument]) -> dict[int, int]:
    """The grade of each useful product, by its id; raises UnknownProduct when a text names none of them.

    What is named by its SKU has that grade, whatever the rules say; else the highest that a rule gives it.
    """
    found: dict[int, int] = {}
    for text, grade in sorted(judged.named.items(), key=lambda entry: (":" not in entry[0], entry[1])):
        ids = [document["id"] for document in documents if _is_named(text, document)]
        if not ids:
            raise UnknownProduct(f"“{judged.q}” ({judged.group}): nothing is {text}")
        found |= dict.fromkeys(ids, grade)
    return found


def _named(entry: Mapping[str, list[str]]) -> dict[str, int]:
    return {text: grade for name, grade in GRADES.items() for text in entry.get(name, [])}


def _is_named(text: str, document: ProductDocument) -> bool:
    if ":" not in text:
        return text in {document["item"]["sku"], *(variant["sku"] for variant in document["item"]["variants"])}
    return all(_holds(condition, document) for condition in text.split())


def _holds(condition: str, document: ProductDocument) -> bool:
    kind, _colon, value = condition.partition(":")
    holds: dict[str, bool] = {
        "category": value in document["category_path"],
        "seller": value == document["item"]["seller"]["slug"],
        "district": value == document["district_code"],
        "certificate": value in document["item"]["certifications"],
    }
    return holds[kind]
