"""The pages where buyers find goods: home, results, and what is offered while they type."""

from dataclasses import replace
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.categories.queries import FacetAttribute
from market import clock
from market.accounts import acting
from market.organisations.kinds import Kind
from market.pages import Page
from search import presenter
from search.cards import cards
from search.chips import active_filters
from search.documents import ProductDocument
from search.forms import Problems, cleaned, read_request
from search.marking import marked
from search.plants import Plant, plants_of
from search.queries import FEW, nearly, search, search_each, suggest
from search.record.noting import note_results
from search.relaxing import relaxations
from search.request import FURTHEST_DAY, EngineName, SearchRequest, SearchResult
from search.saved import question
from search.saved.presenter import name_for
from search.specs import spec_facets
from search.tree import Node, attributes_below, category_tree
from search.ways_out import ways_out

bp = Blueprint("search", __name__)

NEWEST_ON_HOME = 10
KEPT_SECONDS = 60
"""How long a browser need not ask again what is offered for the same words, as when somebody takes letters back."""

NEAR_HITS = 8
"""How many products are shown to somebody whose filters leave nothing."""


class Near(NamedTuple):
    """What comes near to what somebody asked for who found nothing or little."""

    title: str
    hits: list[ProductDocument]


@bp.get("/")
def home() -> ResponseReturnValue:
    """The search field, the categories and what is new."""
    tree = category_tree()
    newest = search(SearchRequest(per_page=NEWEST_ON_HOME))
    return render_template(
        "search/home.html",
        categories=presenter.branch(tree, newest.facets, SearchRequest()).below,
        newest=cards(newest.hits, buyer_id=acting.find_visitor().organisation_id),
    )


@bp.get("/search")
def results() -> ResponseReturnValue:
    """What was found, and what it can be narrowed by; for htmx only that, without the frame."""
    asked, problems = read_request(request.args)
    tree = category_tree()
    if asked.category not in {category.slug for category in tree}:
        asked = replace(asked, category=None)
    attributes = attributes_below(asked.category)
    asked = replace(asked, counted_specs=tuple(attribute.key for attribute in attributes))
    result = search(asked)
    page = _page(asked, problems, tree, result, attributes)
    page["note"] = note_results(asked, result, settled=not _is_partial())
    if _is_partial():
        return _for_htmx(render_template("search/_found.html", **page))
    return render_template("search/results.html", **page)


@bp.get("/suggest", endpoint="suggest")
def suggestions() -> ResponseReturnValue:
    """What is offered under the search field, as a part of a page."""
    words = cleaned(request.args.get("q", ""))
    if not words:
        return ""
    names = {category.slug: category.label for category in category_tree()}
    answer = make_response(
        render_template(
            "search/suggestions.html",
            words=words,
            found=suggest(words),
            category_names=names,
            marked=partial(marked, typed=words),
        )
    )
    answer.cache_control.private = True
    answer.cache_control.max_age = KEPT_SECONDS
    return answer


def _page(
    asked: SearchRequest,
    problems: Problems,
    tree: list[Node],
    result: SearchResult,
    attributes: list[FacetAttribute],
) -> dict[str, object]:
    """All that the templates show."""
    near = _near(asked, result)
    buyer_id = acting.find_visitor().organisation_id
    seller = presenter.seller_name(result.hits) if asked.seller else None
    filters = active_filters(asked, tree, seller, attributes)
    return {
        "asked": asked,
        "problems": problems,
        "heading": presenter.heading(asked, tree),
        "result": result,
        "cards": cards(result.hits, buyer_id=buyer_id, away=asked.away),
        "ways_out": ways_out(relaxations(result, asked), tree, attributes),
        "near_title": near.title if near else "",
        "near": cards(near.hits, buyer_id=buyer_id, away=asked.away) if near else [],
        "page": Page(items=result.hits, total=result.total, page=result.page, per_page=result.per_page),
        "branch": presenter.branch(tree, result.facets, asked),
        "districts": presenter.district_options(result.facets, asked),
        "certifications": presenter.certification_options(result.facets, asked),
        "spec_facets": spec_facets(result.facets, asked, attributes),
        "lead_times": presenter.lead_time_options(result.facets, asked),
        "places": presenter.place_options(asked, _plants()),
        "distances": presenter.distance_options(result.facets, asked),
        "first_day": clock.today(),
        "last_day": clock.today() + FURTHEST_DAY * clock.ONE_DAY,
        "sorts": presenter.sort_options(asked),
        "filters": filters,
        "question": question.written(asked),
        "suggested_name": name_for(asked, [each.label for each in filters]),
        "typed": request.args,
        "is_simpler": result.engine is EngineName.POSTGRESQL,
    }


def _near(asked: SearchRequest, result: SearchResult) -> Near | None:
    """For whoever found nothing: the same words without the filters; for few: products that have some of the words."""
    if not result.total and asked.is_narrowed:
        [unfiltered] = search_each([SearchRequest(q=asked.q, per_page=NEAR_HITS)])
        if unfiltered.hits:
            return Near(_("Tanpa saringan, ini yang cocok"), unfiltered.hits)
    elif asked.is_narrowed or result.total >= FEW:
        return None
    hits = nearly(asked, result)
    return Near(_("Yang memuat sebagian kata Anda"), hits) if hits else None


def _plants() -> list[Plant]:
    """Where the buyer who looks has goods delivered to; nowhere for a visitor or a seller."""
    actor = acting.find_visitor().actor
    if actor is None or actor.organisation_id is None or actor.organisation_kind != Kind.BUYER:
        return []
    return plants_of(actor.organisation_id)


def _is_partial() -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def _for_htmx(page: str) -> Response:
    """The part of the page, and the address that the browser shows: one step back for a choice, none for a letter."""
    answer = make_response(page)
    said = "HX-Replace-Url" if request.headers.get("HX-Trigger-Name") == "q" else "HX-Push-Url"
    answer.headers[said] = _short_address()
    answer.vary.add("HX-Request")
    return answer


def _short_address() -> str:
    """This address without the fields that were left empty."""
    filled = [(name, value) for name, value in request.args.items(multi=True) if value.strip() and name != "page"]
    return url_for("search.results") + (f"?{urlencode(filled)}" if filled else "")
