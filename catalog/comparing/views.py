"""The page on which products stand side by side, and choosing them for it."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.comparing import choice
from catalog.comparing.columns import columns_of
from catalog.comparing.errors import TooManyChosen
from catalog.comparing.table import differing, sections_of
from catalog.products.queries import find_products_for_sale, get_product_seen_by
from catalog.products.slugs import find_id
from market.accounts import acting
from market.db import HIGHEST_ID
from market.errors import NotFound
from market.web.links import local_path

bp = Blueprint("comparing", __name__)
bp.add_app_template_global(choice.chosen, "chosen_to_compare")

ONLY_DIFFERENCES = "differ"


@bp.get("/compare")
def show() -> ResponseReturnValue:
    """The products in the address (`p`, an id or a slug, up to four times); without any, those that were chosen."""
    asked = list(dict.fromkeys(filter(None, request.args.getlist("p"))))
    if not asked and choice.chosen():
        return redirect(_address([each.id for each in choice.chosen()]))
    found = find_products_for_sale(asked[: choice.MOST])
    products = list(dict.fromkeys(found.values()))
    gone = [address for address in asked[: choice.MOST] if address not in found]
    choice.remove(product_id for address in gone if (product_id := find_id(address)) is not None)
    columns = columns_of(products, buyer_id=acting.find_visitor().organisation_id)
    sections, only_differences = sections_of(columns), ONLY_DIFFERENCES in request.args
    return render_template(
        "catalog/comparing/show.html",
        columns=columns,
        most=choice.MOST,
        sections=differing(sections) if only_differences else sections,
        differences=sum(row.differs for section in sections for row in section.rows),
        only_differences=only_differences,
        hints=_hints(gone=len(gone), too_many=len(asked) - choice.MOST),
        without={product.id: _address(other.id for other in products if other is not product) for product in products},
    )


def _hints(*, gone: int, too_many: int) -> list[str]:
    """What the address asks for and the page cannot show."""
    hints = []
    if gone:
        sentence = "%(num)s produk tidak dijual lagi, jadi tidak ikut dibandingkan."
        hints.append(ngettext(sentence, sentence, gone))
    if too_many > 0:
        most = _("Paling banyak %(most)s produk dibandingkan sekaligus.", most=choice.MOST)
        left_out = "%(num)s produk lainnya tidak ditampilkan."
        hints.append(f"{most} {ngettext(left_out, left_out, too_many)}")
    return hints


def _address(product_ids: Iterable[int]) -> str:
    """The page with these products."""
    return url_for(".show", p=list(product_ids))


@bp.post("/compare/choose")
def choose() -> ResponseReturnValue:
    """Choose a product (`add`), or leave one out (`remove`); htmx gets what is chosen then."""
    problem = None
    try:
        anchor = _choose()
    except TooManyChosen as error:
        problem, anchor = str(error), ""
    if "HX-Request" in request.headers:
        return render_template("catalog/comparing/_chosen.html", problem=problem)
    if problem:
        flash(problem, "warning")
    return redirect((local_path(request.form.get("next")) or url_for(".show")) + anchor)


def _choose() -> str:
    """Do what the pressed button says; answers with the anchor of the product's button on a page with cards."""
    if "remove" in request.form:
        product_id = _product_id("remove")
        choice.remove([product_id])
        return f"#compare-{product_id}"
    product = get_product_seen_by(None, product_id=_product_id("add"))
    choice.add(product.id, product.name)
    return f"#compare-{product.id}"


def _product_id(field: str) -> int:
    product_id = request.form.get(field, 0, type=int)
    if not 0 < product_id <= HIGHEST_ID:
        raise NotFound
    return product_id
