"""A product's words: what is said of it and the cooperative approves.

They are plain values, so that they can be compared, kept in a change request until the cooperative decides, and
written in one place, whether a draft is edited or a change approved.
"""

from collections.abc import Iterable
from typing import Any

from catalog.categories.attributes import Values, fitting, read_values
from catalog.categories.queries import attributes_at
from catalog.products import rules
from catalog.products.details import ProductDetails
from catalog.products.gallery import picture_list, set_pictures
from catalog.products.marks import certificate_list, certificates_from, set_certificates
from catalog.products.models import Product
from catalog.products.slugs import slug_of

Words = dict[str, Any]
"""Some or all of `APPROVED_FIELDS`, each with its plain value."""

APPROVED_FIELDS = (
    "name",
    "category",
    "description",
    "specification",
    "attributes",
    "unit",
    "content_unit",
    "certificates",
    "pictures",
)
"""What the cooperative approves: of a published product, changes to it wait. In the order in which people read it."""


def words_of(product: Product) -> Words:
    """What buyers read of the product."""
    return {
        "name": product.name,
        "category": product.category.slug if product.category else None,
        "description": product.description,
        "specification": product.specification,
        "attributes": product.attributes or {},
        "unit": product.unit_code,
        "content_unit": product.content_unit,
        "certificates": certificate_list(product),
        "pictures": picture_list(product),
    }


def words_said(product: Product) -> Words:
    """What the seller says of the product now, what still waits for the cooperative included."""
    waiting = product.pending_change
    return {**words_of(product), **(waiting.wanted if waiting else {})}


def words_from(details: ProductDetails, *, beside: Words, cooperative_id: int) -> Words:
    """The words among the details, as plain values; `beside` is what is said already.

    The attributes are those that the cooperative asks for. Raises Invalid at the field that cannot be.
    """
    words: Words = {}
    for field in ("name", "description"):
        if field in details:
            words[field] = details[field].strip()
    if "category" in details:
        words["category"] = rules.category_of(details["category"]).slug
    if "unit" in details:
        words["unit"] = rules.unit_code_of(details["unit"])
    if "content_unit" in details:
        words["content_unit"] = rules.content_unit_of(details["content_unit"])
    if "specification" in details:
        words["specification"] = [[name.strip(), value.strip()] for name, value in details["specification"]]
    if "attributes" in details or words.get("category", beside["category"]) != beside["category"]:
        words["attributes"] = _attributes_from(details, {**beside, **words}, beside, cooperative_id)
    if "certificates" in details:
        words["certificates"] = certificates_from(details["certificates"], beside["certificates"])
    if {"unit", "content", "content_unit"} & details.keys():
        wanted = {**beside, **words}
        rules.require_content_counted(details.get("content"), wanted["content_unit"], wanted["unit"])
    return words


def _attributes_from(details: ProductDetails, wanted: Words, beside: Words, cooperative_id: int) -> Values:
    """The values that are asked for in the category wanted; of those said already, what fits into it stays."""
    given, present = details.get("attributes", {}), beside["attributes"]
    if not given and not present:
        return {}
    place = (wanted["category"], cooperative_id)
    asked = attributes_at([place])[place]
    return read_values(
        asked, given, present=present if wanted["category"] == beside["category"] else fitting(asked, present)
    )


def require_complete(words: Words) -> None:
    """What a product needs before the cooperative looks at it; raises IncompleteProduct naming the first gap."""
    rules.require_complete(name=words["name"], description=words["description"])


def require_attributes(said: Iterable[tuple[Words, int]]) -> None:
    """What cooperatives ask for in the categories of products, by what is said of each and its cooperative.

    Two SELECTs however many. Raises IncompleteProduct naming what is missing.
    """
    places = [((words["category"], cooperative_id), words["attributes"]) for words, cooperative_id in said]
    asked = attributes_at(place for place, _values in places)
    for place, values in places:
        rules.require_attributes(asked[place], values)


def write_words(product: Product, words: Words) -> None:
    """Say these things of the product; raises Invalid when something of them is no longer possible."""
    if "category" in words:
        product.category = rules.category_of(words["category"])
    if "unit" in words:
        product.unit_code = rules.unit_code_of(words["unit"])
    if "name" in words:
        product.slug = slug_of(words["name"], product.id)
    for field in ("name", "description", "specification", "attributes", "content_unit"):
        if field in words:
            setattr(product, field, words[field])
    if "certificates" in words:
        set_certificates(product, words["certificates"])
    if "pictures" in words:
        set_pictures(product, words["pictures"])
