"""The category tree over the API: codes, and what cooperatives ask for of the products in each category."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from catalog.categories import queries
from catalog.categories.kbli import codes_for
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import Category, CategoryAttribute
from market.db import HIGHEST_ID

bp = Blueprint("api_categories", __name__, description="What products are sorted into.")


class CategoriesQuery(ma.Schema):
    """Whose questions are wanted."""

    class Meta:
        """Unknown parameters are ignored, as the web does."""

        unknown = ma.EXCLUDE

    cooperative = ma.fields.Integer(
        load_default=None,
        validate=ma.validate.Range(min=1, max=HIGHEST_ID),
        metadata={"description": "Only what this cooperative asks for."},
    )


class AttributeAnswer(ma.Schema):
    """One thing that a cooperative asks for of every product in a category and below it."""

    cooperative_id = ma.fields.Integer()
    key = ma.fields.String(metadata={"description": "Its name in a product's `attributes`."})
    name = ma.fields.String()
    name_en = ma.fields.String()
    kind = ma.fields.Enum(AttributeKind, by_value=True)
    unit = ma.fields.String(allow_none=True, metadata={"description": "What a number is measured in."})
    choices = ma.fields.List(ma.fields.String())
    required = ma.fields.Boolean(metadata={"description": "Whether a product without it cannot be submitted."})
    facet = ma.fields.Boolean()


class CategoryAnswer(ma.Schema):
    """A category; parents come before their children."""

    slug = ma.fields.String()
    parent = ma.fields.String(allow_none=True, metadata={"description": "The slug of the category above."})
    path = ma.fields.String(metadata={"description": "The slugs from the root down."})
    name = ma.fields.String()
    name_en = ma.fields.String()
    unspsc = ma.fields.String(allow_none=True)
    kbli = ma.fields.List(
        ma.fields.String(), metadata={"description": "KBLI 2020: its own codes, or those of the nearest above."}
    )
    attributes = ma.fields.List(
        ma.fields.Nested(AttributeAnswer),
        metadata={"description": "Its own; those of the categories above hold too, unless the key is the same."},
    )


class CategoriesAnswer(ma.Schema):
    """The whole tree, on one page."""

    items = ma.fields.List(ma.fields.Nested(CategoryAnswer))
    total = ma.fields.Integer()
    page = ma.fields.Integer()
    per_page = ma.fields.Integer()


@bp.get("/categories")
@bp.arguments(CategoriesQuery, location="query")
@bp.response(200, CategoriesAnswer)
def list_categories(query: dict[str, Any]) -> dict[str, Any]:
    """The tree with its codes and what is asked for in it."""
    tree = queries.list_tree()
    asked = queries.list_attributes(query["cooperative"])
    items = [_category(category, [each for each in asked if each.category_id == category.id]) for category in tree]
    return {"items": items, "total": len(items), "page": 1, "per_page": len(items)}


def _category(category: Category, own: list[CategoryAttribute]) -> dict[str, Any]:
    return {
        "slug": category.slug,
        "parent": category.parent.slug if category.parent else None,
        "path": category.path,
        "name": category.name,
        "name_en": category.name_en,
        "unspsc": category.unspsc,
        "kbli": codes_for(category),
        "attributes": own,
    }
