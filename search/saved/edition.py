"""Until when today's letter looks, and what it looks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.clock import JAKARTA, ONE_DAY
from search.documents import ProductDocument
from search.queries import search_each
from search.request import SearchRequest
from search.saved import question
from search.saved.limits import LEAD, LETTER_HOUR, LISTED
from search.saved.models import SavedSearch


@dataclass(frozen=True)
class News:
    """What is new in one saved search: how many products, and those that fit it best."""

    saved: SavedSearch
    total: int
    best: list[ProductDocument]


def last_edition(moment: datetime) -> datetime:
    """Until when the latest letter that was due at `moment` looks: five to seven in the morning, WIB.

    So letters of one day are about the same, however often and however late the job runs.
    """
    here = moment.astimezone(JAKARTA)
    due = datetime.combine(here.date(), LETTER_HOUR, JAKARTA)
    return (due if due <= here else due - ONE_DAY) - LEAD


def find_news(searches: Sequence[SavedSearch], until: datetime) -> list[News]:
    """What was published in these searches since the person was last told, and until `until`.

    Those with nothing new are left out, and those whose question cannot be asked any more.

    What is published and found is asked now: a product that was withdrawn again is no news, and one whose price fell
    below a limit is news only when it was published since then.
    """
    asked = [saved for saved in searches if question.still_holds(saved.question)]
    found = search_each([replace(since_told(saved, LISTED), published_until=int(until.timestamp())) for saved in asked])
    return [News(saved, each.total, each.hits) for saved, each in zip(asked, found, strict=True) if each.total]


def since_told(saved: SavedSearch, how_many: int) -> SearchRequest:
    """The question about what is new in it."""
    asked = question.read(saved.question)
    return replace(asked, published_after=int(saved.told_until.timestamp()), per_page=how_many)
