"""Changes to the category tree."""

from catalog.categories.models import Category
from catalog.categories.queries import list_tree
from catalog.categories.tree import TREE, Branch
from market.db import atomic, session


def plant_tree() -> int:
    """Add the starting categories that are not there yet, and say how many.

    Those that exist keep the names that people have given them since.
    """
    with atomic():
        known = {category.slug: category for category in list_tree()}
        missing = [(position, branch) for position, branch in enumerate(TREE, start=1) if branch.slug not in known]
        for position, branch in missing:
            known[branch.slug] = _planted(branch, position, known.get(branch.parent or ""))
    return len(missing)


def _planted(branch: Branch, position: int, parent: Category | None) -> Category:
    category = Category(
        slug=branch.slug,
        path=f"{parent.path}/{branch.slug}" if parent else branch.slug,
        parent=parent,
        name=branch.name,
        name_en=branch.english,
        icon=branch.icon,
        unspsc=branch.unspsc,
        kbli=list(branch.kbli),
        position=position,
    )
    session.add(category)
    return category
