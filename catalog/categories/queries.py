"""Categories, one and all, and what cooperatives ask for of the products in them."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from flask_babel import get_locale
from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, lazyload

from catalog.categories.kinds import AttributeKind
from catalog.categories.models import Category, CategoryAttribute
from catalog.products.models import Product
from catalog.products.states import ProductState
from market.db import HIGHEST_ID, lock, session
from market.errors import NotFound
from market.organisations.models import Cooperative, Seller


def get_category(slug: str) -> Category:
    """The category with this slug; raises NotFound."""
    category = session.scalar(select(Category).where(Category.slug == slug))
    if category is None:
        raise NotFound
    return category


def find_category(text: str) -> Category | None:
    """The category that a person means by its slug or its name in either language, however it is capitalised."""
    wanted = plain(text)
    query = (
        select(Category)
        .where(
            or_(Category.slug == wanted, func.lower(Category.name) == wanted, func.lower(Category.name_en) == wanted)
        )
        .order_by((Category.slug == wanted).desc(), Category.position, Category.id)
        .limit(1)
    )
    return session.scalar(query)


def list_tree() -> list[Category]:
    """Every category, parents before their children, in the order in which they are shown: one SELECT."""
    # The parents are among the rows already; joining them three deep would only build each several times.
    query = select(Category).options(lazyload(Category.parent)).order_by(Category.position, Category.id)
    return list(session.scalars(query))


def list_spellings() -> dict[str, Category]:
    """Every category by each way to write it (as `plain` leaves it), for reading thousands of rows."""
    tree = list_tree()
    spellings = {plain(name): category for category in tree for name in (category.name_en, category.name)}
    return spellings | {category.slug: category for category in tree}


def plain(text: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(text.split()).lower()


class Described(Protocol):
    """What attributes are asked of: a product, with its category and its seller."""

    id: int
    category: Category
    seller: Seller


def attributes_for(category: Category, cooperative_id: int) -> list[CategoryAttribute]:
    """What a cooperative asks for of a product in this category: one SELECT.

    Everything that is asked for above holds below; where the same key is asked for twice, the nearest category wins.
    The category's own come first, then those of the one above, each in the order that the cooperative gave them.
    """
    return _inherited(category, list_attributes_of(_ids(category), {cooperative_id}))


def attributes_of(products: Iterable[Described]) -> dict[int, list[CategoryAttribute]]:
    """As `attributes_for`, for many products by their ids: one SELECT however many."""
    products = list(products)
    category_ids = {category_id for product in products for category_id in _ids(product.category)}
    asked = list_attributes_of(category_ids, {product.seller.cooperative_id for product in products})
    found: dict[tuple[int, int], list[CategoryAttribute]] = {}
    for product in products:
        key = product.category.id, product.seller.cooperative_id
        if key not in found:
            found[key] = _inherited(product.category, [each for each in asked if each.cooperative_id == key[1]])
    return {product.id: found[product.category.id, product.seller.cooperative_id] for product in products}


def attributes_at(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[CategoryAttribute]]:
    """As `attributes_for`, for many places by the category's slug and the cooperative: two SELECTs however many."""
    places = set(places)
    tree = {category.slug: category for category in list_tree()} if places else {}
    categories = {slug: tree[slug] for slug, _cooperative_id in places}
    category_ids = {category_id for category in categories.values() for category_id in _ids(category)}
    asked = list_attributes_of(category_ids, {cooperative_id for _slug, cooperative_id in places}) if places else []
    return {
        (slug, cooperative_id): _inherited(
            categories[slug], [each for each in asked if each.cooperative_id == cooperative_id]
        )
        for slug, cooperative_id in places
    }


def list_attributes_of(category_ids: Iterable[int], cooperative_ids: Iterable[int]) -> list[CategoryAttribute]:
    """What these cooperatives ask for in just these categories, in their order."""
    query = (
        select(CategoryAttribute)
        .where(
            CategoryAttribute.category_id.in_(set(category_ids)),
            CategoryAttribute.cooperative_id.in_(set(cooperative_ids)),
        )
        .order_by(CategoryAttribute.position, CategoryAttribute.id)
    )
    return list(session.scalars(query))


def list_attributes(cooperative_id: int | None = None) -> list[CategoryAttribute]:
    """All that a cooperative asks for, or that all active ones do (None), in their order."""
    query = (
        select(CategoryAttribute)
        .join(CategoryAttribute.cooperative)
        .where(Cooperative.active)
        .order_by(CategoryAttribute.position, CategoryAttribute.id)
    )
    if cooperative_id is not None:
        query = query.where(CategoryAttribute.cooperative_id == cooperative_id)
    return list(session.scalars(query))


def get_attribute(attribute_id: int, *, cooperative_id: int) -> CategoryAttribute:
    """One of a cooperative's attributes; raises NotFound."""
    query = select(CategoryAttribute).where(
        CategoryAttribute.id == min(attribute_id, HIGHEST_ID), CategoryAttribute.cooperative_id == cooperative_id
    )
    attribute = session.scalar(query)
    if attribute is None:
        raise NotFound
    return attribute


def lock_attributes(category: Category, cooperative_id: int) -> list[CategoryAttribute]:
    """A cooperative's own attributes of one category, in their order, locked until the change is committed.

    The cooperative is locked first, for two people may be about to add the first one at the same time.
    """
    session.scalar(lock(select(Cooperative).where(Cooperative.id == cooperative_id)))
    query = (
        select(CategoryAttribute)
        .where(CategoryAttribute.category_id == category.id, CategoryAttribute.cooperative_id == cooperative_id)
        .order_by(CategoryAttribute.position, CategoryAttribute.id)
    )
    return list(session.scalars(query.execution_options(populate_existing=True)))


def lock_category(slug: str) -> Category:
    """The category with this slug, locked until the change is committed; raises NotFound."""
    category = session.scalar(lock(select(Category).where(Category.slug == slug)))
    if category is None:
        raise NotFound
    return category


def count_products_by_category(cooperative_id: int | None) -> dict[int, int]:
    """How many products of this cooperative's sellers, or of all (None), lie in each category, drafts excepted."""
    query = (
        select(Product.category_id, func.count())
        .join(Product.seller)
        .where(Product.state != ProductState.DRAFT)
        .group_by(Product.category_id)
    )
    if cooperative_id is not None:
        query = query.where(Seller.cooperative_id == cooperative_id)
    return {category_id: number for category_id, number in session.execute(query).tuples()}


def count_products_in(category: Category, cooperative_id: int) -> int:
    """How many products of this cooperative's sellers lie in a category and below it, drafts excepted."""
    query = (
        select(func.count())
        .select_from(Product)
        .join(Product.seller)
        .join(Product.category)
        .where(
            Seller.cooperative_id == cooperative_id,
            Product.state != ProductState.DRAFT,
            or_(Category.id == category.id, Category.path.startswith(f"{category.path}/", autoescape=True)),
        )
    )
    return session.scalar(query) or 0


class FacetAttribute(NamedTuple):
    """Something by which a search can be narrowed; products have it in `attributes` under `key`."""

    key: str
    name: str
    name_en: str
    kind: AttributeKind
    unit: str | None
    choices: tuple[str, ...]
    general: bool
    """Whether it is asked of everything in the category, not only of what lies in some category below it."""

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if str(get_locale()) == "en" else self.name


def facet_attributes(category: Category | None = None) -> list[FacetAttribute]:
    """By what the products of a category, or all products, can be narrowed: one SELECT over active cooperatives.

    Every key once. Where cooperatives mean different things by it, the nearest to `category` decides what it is,
    then the oldest; choices of others that mean the same are added.
    """
    query = (
        select(CategoryAttribute)
        .join(CategoryAttribute.category)
        .join(CategoryAttribute.cooperative)
        .where(CategoryAttribute.facet, Cooperative.active)
        .options(contains_eager(CategoryAttribute.category).lazyload(Category.parent))
    )
    above: list[int] = []
    if category is not None:
        above = _ids(category)
        query = query.where(or_(Category.id.in_(above), Category.path.startswith(f"{category.path}/", autoescape=True)))
    asked = sorted(session.scalars(query), key=lambda each: (*_nearness(each, above), each.position, each.id))
    return _each_key_once(asked, set(above))


def _nearness(attribute: CategoryAttribute, above: list[int]) -> tuple[int, int]:
    """First the category itself, then those above it from near to far, then those below it from the top down."""
    if attribute.category_id in above:
        return 0, -above.index(attribute.category_id)
    return 1, attribute.category.path.count("/")


def _each_key_once(asked: list[CategoryAttribute], above: set[int]) -> list[FacetAttribute]:
    facets: dict[str, FacetAttribute] = {}
    for each in asked:
        known = facets.get(each.key)
        if known is None:
            general = each.category_id in above
            choices = tuple(each.choices)
            facets[each.key] = FacetAttribute(each.key, each.name, each.name_en, each.kind, each.unit, choices, general)
        elif known.kind is each.kind and known.unit == each.unit:
            facets[each.key] = known._replace(choices=tuple(dict.fromkeys((*known.choices, *each.choices))))
    return list(facets.values())


def _ids(category: Category) -> list[int]:
    """From the root down."""
    return [each.id for each in category.lineage]


def _inherited(category: Category, asked: list[CategoryAttribute]) -> list[CategoryAttribute]:
    nearest: dict[str, CategoryAttribute] = {}
    for category_id in reversed(_ids(category)):
        for attribute in asked:
            if attribute.category_id == category_id:
                nearest.setdefault(attribute.key, attribute)
    return list(nearest.values())
