"""Keep a search, name it anew, want letters or not, let it go."""

from flask_babel import gettext as _

from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import FACTORY
from market.db import atomic, session, storable
from market.errors import Invalid
from search.request import SearchRequest
from search.saved import queries, question
from search.saved.errors import AlreadySaved, AsksNothing, TooManySaved
from search.saved.limits import LONGEST_NAME, MOST_SAVED
from search.saved.models import SavedSearch


def save_search(request: SearchRequest, name: str, *, letters: bool, by: Actor) -> SavedSearch:
    """Keep what is asked under a name; with `letters`, what is published from now on is written to the person.

    Raises AsksNothing, AlreadySaved, TooManySaved, or Invalid at the name.
    """
    buyer_id = by.require(*FACTORY)
    name, asked = _checked(name), question.written(request)
    if not asked:
        raise AsksNothing
    with atomic():
        queries.lock_keeper(by.user_id)
        kept = queries.list_saved(user_id=by.user_id, buyer_id=buyer_id)
        for other in kept:
            if other.question.lower() == asked.lower():
                raise AlreadySaved(other.name)
        if len(kept) >= MOST_SAVED:
            raise TooManySaved
        saved = SavedSearch(user_id=by.user_id, buyer_id=buyer_id, name=name, question=asked, letters=letters)
        session.add(saved)
    return saved


def rename_search(saved_id: int, name: str, *, by: Actor) -> SavedSearch:
    """Give it another name; raises NotFound, or Invalid at the name."""
    name = _checked(name)
    with atomic():
        saved = _lock_own(saved_id, by)
        saved.name = name
    return saved


def want_letters(saved_id: int, wanted: bool, *, by: Actor) -> SavedSearch:
    """Be written to about what is new in it from now on, or no longer; raises NotFound."""
    with atomic():
        saved = _lock_own(saved_id, by)
        if wanted and not saved.letters:
            saved.told_until = clock.now()  # nobody wants a letter about all the months without one
        saved.letters = wanted
    return saved


def delete_search(saved_id: int, *, by: Actor) -> SavedSearch:
    """Keep it no longer; raises NotFound."""
    with atomic():
        saved = _lock_own(saved_id, by)
        session.delete(saved)
    return saved


def stop_all_letters(user_id: int) -> int:
    """Write no more letters to this person; the searches stay. Answers how many there were letters about."""
    with atomic():
        stopped = queries.lock_lettered(user_id)
        for saved in stopped:
            saved.letters = False
    return len(stopped)


def _lock_own(saved_id: int, by: Actor) -> SavedSearch:
    return queries.lock_saved(saved_id, user_id=by.user_id, buyer_id=by.require(*FACTORY))


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(_("Beri nama pencarian ini."), field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid(_("Paling banyak %(longest)s huruf.", longest=LONGEST_NAME), field="name")
    if not storable(name):
        raise Invalid(_("Ada huruf yang tidak dapat disimpan."), field="name")
    return name
