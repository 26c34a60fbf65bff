"""A product's page, and the pictures on it."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from catalog.products.models import Product
from catalog.products.operations.pictures import FOLDER
from catalog.products.presenter import FILES_PATH, district_name, picture_url, small_picture_url
from catalog.products.queries import get_product_seen_by
from market import clock, files
from market.accounts import acting
from market.web.links import place

bp = Blueprint("products", __name__)

ONE_YEAR = 365 * 24 * 60 * 60


@bp.get("/products/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """What is for sale; its seller and its cooperative also see it before."""
    actor = acting.find_visitor().actor
    product = get_product_seen_by(actor.organisation_id if actor else None, slug=slug)
    return render_template(
        "catalog/products/show.html",
        product=product,
        crumbs=_crumbs(product),
        district=district_name(product.seller.district_code),
        today=clock.today(),
        picture_url=picture_url,
        small_picture_url=small_picture_url,
    )


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
