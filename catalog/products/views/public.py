"""A product's page, and the pictures on it."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog.closures.rules import find_coming, find_refusal
from catalog.prices.notes import price_notes
from catalog.prices.queries import open_book
from catalog.products.asked import attributes_shown
from catalog.products.comparison import content_of, telling_comparison
from catalog.products.gallery import FOLDER
from catalog.products.grid import OrderGrid
from catalog.products.models import Product
from catalog.products.presenter import FILES_PATH, picture_sizes, picture_url
from catalog.products.queries import get_product_seen_by
from catalog.products.slugs import find_id
from catalog.products.structured import structured_data, summary
from catalog.stock.views.promises import promised
from market import clock, files
from market.accounts import acting
from market.errors import NotFound
from market.organisations.districts import district_name
from market.web.links import place

bp = Blueprint("products", __name__)
for shown_by_templates in (picture_sizes, telling_comparison, content_of):
    bp.add_app_template_global(shown_by_templates)

ONE_YEAR = 365 * 24 * 60 * 60


@bp.get("/products/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """What is for sale; its seller and its cooperative also see it before."""
    product = _product(slug)
    if product.slug != slug:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(url_for(".show", slug=product.slug) + query, 301)
    return product_page(open_grid(product))


def open_grid(product: Product, **filled: Any) -> OrderGrid:
    """The product's variants at the prices of whoever is looking, with what they filled in; see OrderGrid."""
    book = open_book(product.variants or product.offers, buyer_id=acting.find_visitor().organisation_id)
    return OrderGrid(product, book, **filled)


def product_page(grid: OrderGrid) -> str:
    """The page of the product in this grid."""
    product, today = grid.product, clock.today()
    return render_template(
        "catalog/products/show.html",
        product=product,
        grid=grid,
        notes=price_notes(product, grid.book),
        crumbs=_crumbs(product),
        said=attributes_shown(product),
        machines=_machines(product),
        district=district_name(product.seller.district_code),
        certificates=[each for each in product.certificates if each.counts(today)],
        closed=find_refusal(product.seller, product.closures, today),
        coming=find_coming(product.closures, today),
        promised=promised(product),
        today=today,
    )


def _product(slug: str) -> Product:
    """The product at this address; one that was renamed is found by the id in its old address. Raises NotFound."""
    organisation_id = acting.find_visitor().organisation_id
    try:
        return get_product_seen_by(organisation_id, slug=slug)
    except NotFound:
        product_id = find_id(slug)
        if product_id is None:
            raise
        return get_product_seen_by(organisation_id, product_id=product_id)


def _machines(product: Product) -> dict[str, Any]:
    """What search engines and chats read."""
    base_url = current_app.config["SETTINGS"].base_url
    return {
        "address": f"{base_url}/products/{product.slug}",
        "summary": summary(product),
        "picture": base_url + picture_url(product.pictures[0]) if product.pictures else None,
        "data": structured_data(product, _crumbs(product), base_url=base_url),
    }


def _crumbs(product: Product) -> list[tuple[str, str]]:
    """The two nearest categories, each leading to its search."""
    results = place("search.results")
    nearest = product.category.lineage[-2:] if results else []
    return [(category.label, f"{results}?{urlencode({'category': category.slug})}") for category in nearest]


@bp.get(f"{FILES_PATH}{FOLDER}/<name>")
def picture(name: str) -> Response:
    """A picture. Its name is made from what is in it, so browsers may keep it for ever."""
    content = files.store.read(f"{FOLDER}/{name}") if name.endswith(".webp") else None
    if content is None:
        abort(404)
    answer = Response(content, mimetype="image/webp")
    answer.cache_control.max_age = ONE_YEAR
    answer.cache_control.public = True
    answer.cache_control.immutable = True
    return answer
