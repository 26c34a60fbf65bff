"""Categories: planted in every database, found however they are written."""

import pytest

from catalog.categories.models import Category
from catalog.categories.operations import plant_tree
from catalog.categories.queries import find_category, get_category, list_spellings, list_tree
from catalog.categories.tree import TREE
from market.db import session
from market.errors import NotFound
from tests.factories import make_category


def test_a_fresh_database_has_the_whole_tree() -> None:
    assert [category.slug for category in list_tree()] == [branch.slug for branch in TREE]


def test_planting_again_changes_nothing() -> None:
    get_category("palet").name = "Palet & pallet"
    assert plant_tree() == 0
    assert get_category("palet").name == "Palet & pallet"


def test_planting_adds_what_is_missing_where_it_belongs() -> None:
    session.delete(get_category("kardus-polos"))
    session.flush()
    assert plant_tree() == 1
    planted = get_category("kardus-polos")
    assert planted.path == "kemasan/kardus/kardus-polos"
    assert [category.slug for category in planted.lineage] == ["kemasan", "kardus", "kardus-polos"]


@pytest.mark.parametrize("written", ["palet", "Palet", " PALET ", "pallets", "Pallets"])
def test_a_category_is_found_however_it_is_written(written: str) -> None:
    found = find_category(written)
    assert found is not None
    assert found.slug == "palet"
    assert list_spellings()[written.strip().lower()].slug == "palet"


def test_a_slug_goes_before_another_categorys_name() -> None:
    make_category(slug="zz-lain", name="kayu")
    assert find_category("kayu") == get_category("kayu")
    assert list_spellings()["kayu"] == get_category("kayu")


def test_an_unknown_category_is_not_guessed() -> None:
    assert find_category("kemasan kardus") is None
    with pytest.raises(NotFound):
        get_category("tidak-ada")


def test_the_tree_is_one_select(count_queries) -> None:
    session.expunge_all()
    with count_queries() as queries:
        assert all(category.lineage for category in list_tree())
    assert len(queries) == 1


def test_every_path_leads_through_the_parents() -> None:
    for category in session.query(Category):
        assert category.path == "/".join(above.slug for above in category.lineage)
