"""What the demo's cooperatives ask for, what its products answer, and what its sellers are registered for."""

from dataclasses import asdict
from decimal import Decimal

from catalog.categories.attributes import missing, read_values
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from catalog.categories.tree import TREE
from catalog.products import rules
from catalog.products.units import CONTENT_UNITS, find_unit
from demo import reading
from market.slugs import slugify

ATTRIBUTES = reading.read_attributes()
BRANCHES = {branch.slug: branch for branch in TREE}


def lineage(category: str) -> list[str]:
    """From the category up to the root."""
    parent = BRANCHES[category].parent
    return [category, *(lineage(parent) if parent else [])]


def asked(category: str) -> list[CategoryAttribute]:
    nearest: dict[str, CategoryAttribute] = {}
    for slug in lineage(category):
        for each in ATTRIBUTES:
            if each.category == slug:
                given = asdict(each)
                english = given.pop("english")
                key = slugify(each.name)
                del given["category"]
                given["kind"] = AttributeKind(each.kind)
                nearest.setdefault(key, CategoryAttribute(key=key, name_en=english, **given))
    return list(nearest.values())


def test_every_attribute_hangs_in_the_tree_and_only_once() -> None:
    places = [(each.category, slugify(each.name)) for each in ATTRIBUTES]
    assert len(set(places)) == len(places)
    assert {category for category, _key in places} <= set(BRANCHES)


def test_a_key_is_measured_alike_wherever_it_stands() -> None:
    units: dict[str, set[tuple[str, str | None]]] = {}
    for each in ATTRIBUTES:
        units.setdefault(slugify(each.name), set()).add((each.kind, each.unit))
    assert [key for key, meanings in units.items() if len(meanings) > 1] == []


def test_every_product_answers_what_its_category_asks_and_nothing_else() -> None:
    for product in reading.read_products():
        attributes = asked(product.category)
        assert read_values(attributes, product.attributes) == dict(product.attributes), product.sku
        assert missing(attributes, product.attributes) == [], product.sku


def test_most_products_answer_something() -> None:
    products = reading.read_products()
    assert sum(bool(product.attributes) for product in products) > len(products) * 0.7


def test_what_a_unit_holds_is_counted_in_something_else() -> None:
    for product in reading.read_products():
        assert (product.content is None) == (product.content_unit is None), product.sku
        if product.content is not None and product.content_unit is not None:
            rules.check_content(Decimal(str(product.content)))
            unit, content_unit = find_unit(product.unit), find_unit(product.content_unit)
            assert unit is not None
            assert content_unit is not None
            assert content_unit.code in CONTENT_UNITS, product.sku
            assert content_unit != unit, product.sku


def test_one_seller_is_registered_for_something_else_than_it_sells() -> None:
    def codes(category: str) -> tuple[str, ...]:
        return next((BRANCHES[slug].kbli for slug in lineage(category) if BRANCHES[slug].kbli), ())

    registered = {seller.slug: set(seller.kbli) for seller in reading.read_sellers()}
    assert all(registered.values())
    uncovered = {
        product.seller
        for product in reading.read_products()
        if product.state == "published" and codes(product.category)
        if not registered[product.seller] & set(codes(product.category))
    }
    assert uncovered == {"baut-cibuntu"}
