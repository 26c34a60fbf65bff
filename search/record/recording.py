"""Recording what was looked for and opened: noted in the process at once, written to the database a little later."""

import logging
import secrets
from datetime import date
from hashlib import blake2b

from sqlalchemy import BigInteger, Date, Text, column, select, values
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from catalog.products.models import Product
from market.db import atomic, session
from search.record.gathering import Clicks, Gathered, Gathering, Outcome, Tally
from search.record.models import SearchDemand, SearchOpening, SearchSecret, SearchSeeker
from search.record.terms import Terms
from search.record.weeks import this_week

log = logging.getLogger(__name__)

_SECRET_BYTES = 32
_DIGEST_BYTES = 16

gathering = Gathering()
"""The gathering of this process."""


def note_question(terms: Terms, outcome: Outcome, *, buyer: int | None) -> None:
    """Somebody looked for these words; `buyer` is the organisation they buy for, None for a visitor.

    Nothing is written yet; see `flush`.
    """
    gathering.ask(this_week(), terms, outcome, buyer)


def note_opening(words: str, slug: str, *, place: int) -> None:
    """Somebody opened a product from the results for these words; `place` counts from 1."""
    gathering.open(this_week(), words, slug, place)


def flush() -> None:
    """Write what was gathered. While the database is away it is kept for the next time, within bounds."""
    gathered = gathering.take()
    if not gathered:
        return
    try:
        write(gathered)
    except OperationalError as error:
        log.warning("The search record is kept for later, for the database does not answer: %s", error)
        gathering.put_back(gathered)
    except Exception:
        log.exception("What was searched in the last seconds is not in the search record.")


def write(gathered: Gathered) -> None:
    """Add what was gathered to the counts, whole or not at all.

    Rows are written in one order, so that processes that write the same ones wait for each other and never in a ring.
    """
    with atomic():
        if gathered.asked:
            ids = _count_questions(gathered.asked)
            _note_seekers(gathered.asked, ids)
        if gathered.opened:
            _count_openings(gathered.opened)


def _count_questions(asked: dict[tuple[date, str], Tally]) -> dict[tuple[date, str], int]:
    """Add up the questions; answers the ids of their rows."""
    rows = [
        {
            "week": week,
            "words": words,
            "written": tally.written,
            "searches": tally.searches,
            "unfound": tally.unfound,
            "few": tally.few,
            "buyers": 0,
            "unserved_buyers": 0,
        }
        for (week, words), tally in sorted(asked.items(), key=lambda entry: entry[0])
    ]
    adding = insert(SearchDemand).values(rows)
    adding = adding.on_conflict_do_update(
        index_elements=["week", "words"],
        set_={name: getattr(SearchDemand, name) + adding.excluded[name] for name in ("searches", "unfound", "few")},
    )
    found = session.execute(adding.returning(SearchDemand.id, SearchDemand.week, SearchDemand.words))
    return {(week, words): demand_id for demand_id, week, words in found.tuples()}


def _note_seekers(asked: dict[tuple[date, str], Tally], ids: dict[tuple[date, str], int]) -> None:
    """Note which buyers asked, by digests that tell them apart and no more."""
    weeks = {week for (week, _words), tally in asked.items() if tally.buyers}
    if not weeks:
        return
    keys = {week: _secret_of(week) for week in sorted(weeks)}
    rows = [
        {"demand_id": ids[week, words], "digest": digest(keys[week], words, buyer), "unserved": unserved}
        for (week, words), tally in asked.items()
        for buyer, unserved in tally.buyers.items()
    ]
    noting = insert(SearchSeeker).values(sorted(rows, key=lambda row: (row["demand_id"], row["digest"])))
    session.execute(
        noting.on_conflict_do_update(
            index_elements=["demand_id", "digest"],
            set_={"unserved": SearchSeeker.unserved | noting.excluded.unserved},
        )
    )


def _secret_of(week: date) -> bytes:
    """The secret of a week, drawn by whoever needs it first."""
    drawing = insert(SearchSecret).values(week=week, secret=secrets.token_bytes(_SECRET_BYTES))
    session.execute(drawing.on_conflict_do_nothing())
    return session.scalars(select(SearchSecret.secret).where(SearchSecret.week == week)).one()


def digest(secret: bytes, words: str, buyer: int) -> bytes:
    """What stands for a buyer beside these words, and beside no others: what else it looked for cannot be seen."""
    return blake2b(f"{buyer} {words}".encode(), key=secret, digest_size=_DIGEST_BYTES).digest()


def _count_openings(opened: dict[tuple[date, str, str], Clicks]) -> None:
    """Add up what was opened; products and words that are not known are left out."""
    told = values(
        column("week", Date),
        column("words", Text),
        column("slug", Text),
        column("clicks", BigInteger),
        column("places", BigInteger),
        name="told",
    ).data([(*key, clicks.clicks, clicks.places) for key, clicks in opened.items()])
    known = (
        select(SearchDemand.id, Product.id, told.c.clicks, told.c.places)
        .select_from(told)
        .join(SearchDemand, (SearchDemand.week == told.c.week) & (SearchDemand.words == told.c.words))
        .join(Product, Product.slug == told.c.slug)
        .order_by(SearchDemand.id, Product.id)
    )
    adding = insert(SearchOpening).from_select(["demand_id", "product_id", "clicks", "places"], known)
    session.execute(
        adding.on_conflict_do_update(
            index_elements=["demand_id", "product_id"],
            set_={name: getattr(SearchOpening, name) + adding.excluded[name] for name in ("clicks", "places")},
        )
    )
