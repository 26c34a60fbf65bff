"""The daily letters. Hours are those of UTC, in which jobs are timed: 0.00 is 7.00 in Jakarta (WIB)."""

from datetime import UTC, datetime

from market import clock, jobs
from market.db import atomic, let_go
from search.saved import letters, queries
from search.saved.edition import find_news, last_edition

LETTER_JOB = "saved_searches.write_letter"


@jobs.task("saved_searches.write_letters", cron="0 0 * * *")
def write_letters(timestamp: int | None = None) -> None:
    """Every morning at seven: a job for each person who wants letters, so that none waits for another's.

    A morning on which no worker ran is made up for by the next: a letter is about everything since the last one.
    """
    until = last_edition(clock.now())
    with atomic():
        for user_id in queries.list_people_to_write_to(until):
            jobs.defer(LETTER_JOB, user_id=user_id, until=int(until.timestamp()))


@jobs.task(LETTER_JOB)
def write_letter(user_id: int, until: int) -> None:
    """Write to one person what was published until then; no letter when there is nothing new.

    The letter and the note that it was written are one change, so running twice writes once. Searching comes before it
    and outside; what changed meanwhile (a letter, a search that is gone) is left out.
    """
    edition = datetime.fromtimestamp(until, UTC)
    due = queries.list_due(user_id, edition)
    let_go()
    told_before = {saved.id: saved.told_until for saved in due}
    news = find_news(due, edition)
    with atomic():
        unchanged = {
            saved.id for saved in queries.lock_due(user_id, edition) if told_before.get(saved.id) == saved.told_until
        }
        fresh = [each for each in news if each.saved.id in unchanged]
        if not fresh:
            return
        letters.write_to(fresh[0].saved.user, fresh)
        for each in fresh:
            each.saved.told_until, each.saved.last_letter_at = edition, clock.now()
