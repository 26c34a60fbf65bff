"""What a category's products can be narrowed by besides price, place and stock: what cooperatives ask of them."""

from catalog.categories.models import Category
from catalog.categories.queries import FacetAttribute, facet_attributes

MOST = 12
"""How many attributes are counted; those that hold for all of the category come first."""


def facets_below(slug: str | None, tree: list[Category]) -> list[FacetAttribute]:
    """The attributes of a category and of those below it; none while no category is chosen, for there are too many."""
    category = next((category for category in tree if category.slug == slug), None)
    return facet_attributes(category)[:MOST] if category else []
