"""What is there for search engines: the sitemap of everything that is for sale, and what they had better leave."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, current_app, stream_with_context

from catalog.products.queries import count_addresses, list_addresses

bp = Blueprint("sitemap", __name__)

PER_FILE = 10_000
"""The protocol allows 50,000."""

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ONE_HOUR = 60 * 60

PRIVATE = ("/cart", "/orders", "/seller", "/cooperative", "/account", "/login", "/api/", "/search?")
"""What a search engine finds nothing behind, or the same again and again."""


@bp.get("/robots.txt")
def robots() -> Response:
    """Where to look, and where not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), f"Sitemap: {_base_url()}/sitemap.xml", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@bp.get("/sitemap.xml")
def index() -> Response:
    """The files that the sitemap consists of."""
    files = range(1, max(1, -(-count_addresses() // PER_FILE)) + 1)
    places = (f"<sitemap><loc>{_base_url()}/sitemap-{number}.xml</loc></sitemap>\n" for number in files)
    return _answer(f"{XML}<sitemapindex {NAMESPACE}>\n{''.join(places)}</sitemapindex>\n")


@bp.get("/sitemap-<int:number>.xml")
def products(number: int) -> Response:
    """One file of it: the addresses of products, those that came first first."""
    if not 1 <= number <= max(1, -(-count_addresses() // PER_FILE)):
        abort(404)
    return _answer(stream_with_context(_products(number)))


def _products(number: int) -> Iterator[str]:
    base_url = _base_url()
    yield f"{XML}<urlset {NAMESPACE}>\n"
    for slug, changed_at in list_addresses(first=(number - 1) * PER_FILE, limit=PER_FILE):
        address = escape(f"{base_url}/products/{slug}")
        yield f"<url><loc>{address}</loc><lastmod>{changed_at:%Y-%m-%d}</lastmod></url>\n"
    yield "</urlset>\n"


def _answer(content: str | Iterator[str]) -> Response:
    answer = Response(content, mimetype="application/xml")
    answer.cache_control.max_age = ONE_HOUR
    answer.cache_control.public = True
    return answer


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)
