"""The list of products for programs: what the search page finds, as JSON."""

from datetime import date
from itertools import chain
from typing import Any

import marshmallow as ma
from flask_babel import gettext as _
from flask_smorest import Blueprint

from catalog.products.certificates import CertificateKind
from catalog.products.limits import MAX_QUANTITY
from market.money import MAX_PRICE
from market.web.api import ListQuery
from search.forms import (
    LONGEST_DISTANCE,
    LONGEST_LEAD_TIME,
    cleaned,
    find_place,
    known_districts,
    problem_with_day,
    read_specs,
    to_query,
)
from search.presenter import api_facets
from search.queries import search
from search.relaxing import relaxations
from search.request import LONGEST_QUERY, EngineName, SearchRequest, Sort
from search.tree import attributes_below, category_tree
from search.ways_out import label

bp = Blueprint("api_search", __name__, description="Finding products")

_PRICE = ma.validate.Range(min=0, max=MAX_PRICE)
_DAYS = ma.validate.Range(min=0, max=LONGEST_LEAD_TIME)
_PIECES = ma.validate.Range(min=0, max=MAX_QUANTITY)
_SPANS = (("min_price", "max_price"), ("min_lead_time", "max_lead_time"), ("min_order_from", "min_order_to"))
_PLAIN = (*chain.from_iterable(_SPANS), "quantity", "by", "within")
"""Parameters that mean in a question what they say."""

_NAME = ma.validate.Length(max=100)
_SOME = ma.validate.Length(max=50)


class ProductQuery(ListQuery):
    """What is looked for. `district` and `certification` may be given several times and then mean any of them."""

    q = ma.fields.String(
        load_default="",
        validate=ma.validate.Length(max=LONGEST_QUERY),
        metadata={"description": "Words in name, number, category, seller or description; all must match."},
    )
    category = ma.fields.String(
        validate=_NAME, metadata={"description": "A category's slug; the categories below it are included."}
    )
    seller = ma.fields.String(validate=_NAME, metadata={"description": "A seller's slug or id."})
    district = ma.fields.List(
        ma.fields.String(validate=_NAME),
        load_default=list,
        validate=_SOME,
        metadata={"description": "A district's code (32.16.07) or name (Cibitung)."},
    )
    certification = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf([str(kind) for kind in CertificateKind])), load_default=list
    )
    min_price = ma.fields.Integer(validate=_PRICE, metadata={"description": "Whole rupiah for one unit."})
    max_price = ma.fields.Integer(validate=_PRICE, metadata={"description": "Whole rupiah for one unit."})
    in_stock = ma.fields.Boolean(
        load_default=False, metadata={"description": "true: only what is left in at least the smallest order."}
    )
    min_lead_time = ma.fields.Integer(
        validate=_DAYS, metadata={"description": "Takes at least so many days (`lead_time_days`)."}
    )
    max_lead_time = ma.fields.Integer(validate=_DAYS, metadata={"description": "Ready within so many days."})
    min_order_from = ma.fields.Integer(
        validate=_PIECES,
        metadata={"description": "The smallest order, over all variants together, is at least so many."},
    )
    min_order_to = ma.fields.Integer(
        validate=_PIECES, metadata={"description": "The smallest order is at most so many: it can be ordered by few."}
    )
    quantity = ma.fields.Integer(
        validate=ma.validate.Range(min=1, max=MAX_QUANTITY),
        metadata={
            "description": "With `by`: only what of so many of one variant, ordered now, would be ready on that day, "
            "from stock or made to order, as `GET /products/{id}/promise` says."
        },
    )
    by = ma.fields.Date(metadata={"description": "With `quantity`: a day (WIB) from today to a year ahead."})
    near = ma.fields.String(
        validate=_NAME,
        metadata={"description": "A district's code or name, from which distances are measured to the seller's."},
    )
    within = ma.fields.Integer(
        validate=ma.validate.Range(min=1, max=LONGEST_DISTANCE),
        metadata={"description": "With `near`: at most so many kilometres from there, as the crow flies."},
    )
    spec = ma.fields.List(
        ma.fields.String(validate=_NAME),
        load_default=list,
        validate=_SOME,
        metadata={
            "description": "A value of a category's attribute, as `gramatur:150`; several of one attribute mean any of "
            "them. With `category`, `facets.spec` counts the values of its attributes."
        },
    )
    sort = ma.fields.String(
        load_default=Sort.RELEVANCE.value,
        validate=ma.validate.OneOf([sort.value for sort in Sort]),
        metadata={
            "description": "`relevance` (without q: what is in stock first, newest first), `newest`, `price` (lowest "
            "first), `-price` (highest first), `lead_time` (shortest first), `nearest` (with `near`)."
        },
    )

    @ma.validates_schema
    def _in_order(self, data: dict[str, Any], **_more: Any) -> None:
        for lowest, highest in _SPANS:
            if lowest in data and highest in data and data[lowest] > data[highest]:
                raise ma.ValidationError(f"Must not be below {lowest}.", highest)

    @ma.validates_schema
    def _complete(self, data: dict[str, Any], **_more: Any) -> None:
        for one, other in (("quantity", "by"), ("by", "quantity"), ("within", "near")):
            if one in data and other not in data:
                raise ma.ValidationError(f"Must be given with {one}.", other)
        if data["sort"] == Sort.NEAREST and "near" not in data:
            raise ma.ValidationError("Must be given to sort by the nearest.", "near")

    @ma.validates("by")
    def _is_ahead(self, day: date, **_more: Any) -> None:
        if problem := problem_with_day(day):
            raise ma.ValidationError(problem)

    @ma.validates("near")
    def _is_known(self, text: str, **_more: Any) -> None:
        if find_place(text) is None:
            raise ma.ValidationError(_("Kecamatan ini tidak dikenal."))


class RelaxationAnswer(ma.Schema):
    """Another question."""

    name = ma.fields.String(metadata={"description": "What is asked for instead, or set aside, in words."})
    parameters = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.List(ma.fields.String()),
        metadata={"description": "The parameters of that question, each with its values."},
    )
    total = ma.fields.Integer()


class ProductList(ma.Schema):
    """One page of what was found. An item is what `GET /products/{id}` answers, without what is yours alone."""

    items = ma.fields.List(ma.fields.Dict())
    total = ma.fields.Integer()
    page = ma.fields.Integer()
    per_page = ma.fields.Integer()
    facets = ma.fields.Dict(
        metadata={"description": "How many products each further choice would leave, its own filter set aside."}
    )
    relaxations = ma.fields.List(
        ma.fields.Nested(RelaxationAnswer),
        metadata={"description": "When nothing was found: the nearest questions that find something, if any."},
    )
    engine = ma.fields.String(validate=ma.validate.OneOf([name.value for name in EngineName]))


@bp.get("/products")
@bp.doc(security=[])
@bp.arguments(ProductQuery, location="query")
@bp.response(200, ProductList)
def list_products(query: dict[str, Any]) -> dict[str, Any]:
    """Find products, as the search page does. Open to everybody; only what is for sale is found."""
    attributes = attributes_below(query.get("category"))
    asked = SearchRequest(
        q=cleaned(query["q"]),
        category=query.get("category"),
        seller=query.get("seller"),
        districts=tuple(known_districts(query["district"])),
        certifications=tuple(query["certification"]),
        in_stock=query["in_stock"],
        near=find_place(query.get("near", "")),
        **_plain(query),
        specs=read_specs(query["spec"]),
        counted_specs=tuple(attribute.key for attribute in attributes),
        sort=Sort(query["sort"]),
        page=query["page"],
        per_page=query["per_page"],
    )
    result, tree = search(asked), category_tree()
    return {
        "items": [hit["item"] for hit in result.hits],
        "total": result.total,
        "page": result.page,
        "per_page": result.per_page,
        "facets": api_facets(result.facets, tree, attributes),
        "relaxations": [
            {
                "name": label(each, tree, attributes),
                "parameters": to_query(each.request).to_dict(flat=False),
                "total": each.total,
            }
            for each in relaxations(result, asked)
        ],
        "engine": str(result.engine),
    }


def _plain(query: dict[str, Any]) -> dict[str, Any]:
    return {name: query.get(name) for name in _PLAIN}
