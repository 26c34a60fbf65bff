"""Noting questions and clicks as they come from browsers. Nothing here asks the database or waits for it.

A page that is loaded whole is a settled question and is noted at once. While somebody types, every answer is a question
of its own; each carries a signed note of itself, and the browser hands in (`static/js/record.js`) the one that stood
still. Which words a visit has had counted, its own browser remembers, in a cookie of short marks.
"""

from dataclasses import dataclass
from hashlib import blake2b

from flask import Response, after_this_request, current_app, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from market.accounts import acting
from market.db import storable
from market.organisations.kinds import Kind
from search.queries import FEW
from search.record import recording
from search.record.background import writer
from search.record.gathering import Outcome
from search.record.terms import Terms, terms_of
from search.record.weeks import this_week
from search.request import SearchRequest, SearchResult, Sort

COOKIE = "counted"
"""The marks of the words that this visit has had counted; it ends with the browser's session."""

MOST_MARKS = 40
LAST_PLACE = 10_000

_NOTE_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Note:
    """What the results say of the question they answer, for the browser to hand in."""

    token: str
    first_place: int
    settled: bool
    """Whether the question is counted already."""


def note_results(asked: SearchRequest, result: SearchResult, *, settled: bool) -> Note | None:
    """Note a question that was answered, if it is settled; answers what the page needs for the rest.

    Filters, other sortings and later pages belong to a question that was asked before them, so they do not count. What
    sellers and cooperatives look for is no demand.
    """
    terms = terms_of(asked.q)
    if terms is None or not _may_count():
        return None
    outcome = None
    if not asked.is_narrowed and asked.page == 1 and asked.sort is Sort.RELEVANCE:
        outcome = _outcome(result.total)
    if settled and outcome is not None:
        _count(terms, outcome)
    token = _signer().dumps([*terms, outcome])
    first_place = (result.page - 1) * result.per_page + 1
    return Note(str(token), first_place, settled=settled or outcome is None)


def note_settled(token: str) -> None:
    """A question stood still in somebody's browser; what cannot be read is left out."""
    terms, outcome = _read(token) or (None, None)
    if terms is not None and outcome is not None and _may_count():
        _count(terms, outcome)


def note_opened(token: str, slug: str, place: str) -> None:
    """A product was opened from results; what cannot be read is left out."""
    read = _read(token)
    is_place = place.isascii() and place.isdigit() and len(place) < 6 and 1 <= int(place) <= LAST_PLACE
    if read and is_place and storable(slug) and len(slug) <= 200 and _may_count():
        recording.note_opening(read[0].words, slug, place=int(place))
        writer.begin()


def _count(terms: Terms, outcome: Outcome) -> None:
    """Note the question unless this visit has had it counted this week."""
    marks = request.cookies.get(COOKIE, "").split(".")[-MOST_MARKS:]
    mark = blake2b(f"{this_week()} {terms.words}".encode(), digest_size=4).hexdigest()
    if mark in marks:
        return
    recording.note_question(terms, outcome, buyer=acting.find_visitor().organisation_id)
    writer.begin()
    value = ".".join([*filter(None, marks), mark][-MOST_MARKS:])

    @after_this_request
    def remember(answer: Response) -> Response:
        answer.set_cookie(
            COOKIE,
            value,
            path=url_for("search.results"),
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
        return answer


def _outcome(total: int) -> Outcome:
    if not total:
        return Outcome.UNFOUND
    return Outcome.FEW if total < FEW else Outcome.FOUND


def _may_count() -> bool:
    """Whether a buyer or a visitor is looking."""
    actor = acting.find_visitor().actor
    return actor is None or actor.organisation_kind == Kind.BUYER


def _read(token: str) -> tuple[Terms, Outcome | None] | None:
    try:
        words, written, outcome = _signer().loads(token, max_age=_NOTE_SECONDS)
    except BadData:
        return None
    return Terms(words, written), Outcome(outcome) if outcome else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="search record")
