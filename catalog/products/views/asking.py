"""Asking in a product's form for what the chosen category wants to know."""

from catalog.categories.models import Category
from catalog.categories.queries import attributes_for, find_category
from catalog.products.forms import ProductForm
from catalog.products.words import Words
from market.accounts import acting
from market.accounts.roles import Role
from market.organisations.queries import get_seller

SHOW_FIELDS = "show_fields"
"""The button that shows the fields of a category without scripts; nothing is saved by it."""


def ask_in(form: ProductForm, said: Words | None = None) -> Category | None:
    """Add the fields of the category chosen in the form, filled with what is said already; answers the category."""
    category = find_category(form.category.data) if form.category.data else None
    if category is not None:
        seller = get_seller(acting.current_actor().require(Role.SELLER))
        present = said["attributes"] if said else {}
        form.ask(attributes_for(category, seller.cooperative_id), present)
    return category
