"""KBLI 2020: which kind of business makes the goods of a category, and whether a seller is registered for it.

Codes have five figures. A shorter one stands for all that begin with it.
"""

from collections.abc import Iterable, Sequence

from catalog.categories.models import Category


def codes_for(category: Category) -> list[str]:
    """The codes of those who make such goods: the category's own, else those of the nearest above that has some."""
    return next((list(each.kbli) for each in reversed(category.lineage) if each.kbli), [])


def covers(registered: Iterable[str], category: Category) -> bool:
    """Whether a seller registered under these codes may be expected to make such goods.

    Where nobody knows the codes of a category, everybody may.
    """
    wanted, registered = codes_for(category), tuple(registered)
    return not wanted or any(code.startswith(registered) for code in wanted)


def written(codes: Sequence[str]) -> str:
    """The codes in a sentence: "14111, 14120"."""
    return ", ".join(codes)
