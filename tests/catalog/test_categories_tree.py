"""The starting category tree hangs together."""

import csv
from pathlib import Path

import pytest

from catalog.categories.tree import OTHER, TREE

ROOT = Path(__file__).parents[2]
ICONS = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
KBLI = ROOT.parent / "shared" / "data" / "kbli2020.csv"


def test_parents_come_before_their_children() -> None:
    seen: set[str] = set()
    for branch in TREE:
        assert branch.parent is None or branch.parent in seen, branch
        seen.add(branch.slug)


def test_no_two_categories_share_a_slug_or_a_name() -> None:
    assert len({branch.slug for branch in TREE}) == len(TREE)
    assert len({branch.name for branch in TREE}) == len(TREE)
    assert len({branch.english for branch in TREE}) == len(TREE)


def test_there_is_a_place_for_everything_else() -> None:
    assert [branch.parent for branch in TREE if branch.slug == OTHER] == [None]


def test_no_category_lies_deeper_than_three_levels() -> None:
    parents = {branch.slug: branch.parent for branch in TREE}
    for slug, parent in parents.items():
        above = parents[parent] if parent else None
        assert above is None or parents[above] is None, slug


def test_unspsc_codes_have_eight_digits() -> None:
    for branch in TREE:
        assert branch.unspsc is None or (len(branch.unspsc) == 8 and branch.unspsc.isdigit()), branch


@pytest.mark.skipif(not ICONS.exists(), reason="the npm packages are not installed")
def test_every_icon_is_in_the_tabler_set() -> None:
    assert [branch.icon for branch in TREE if not (ICONS / f"{branch.icon}.svg").exists()] == []


@pytest.mark.skipif(not KBLI.exists(), reason="the KBLI list does not lie beside this checkout")
def test_every_kbli_code_is_in_the_list_of_2020() -> None:
    with KBLI.open(newline="", encoding="utf-8") as file:
        official = {row["kode"] for row in csv.DictReader(file)}
    assert {code for branch in TREE for code in branch.kbli} <= official
