"""Plan days on which a seller takes no orders, call them off, or open again before their end.

A seller does it for itself, the cooperative's admin for each of its sellers.
"""

from datetime import date

from flask_babel import gettext as _

from catalog.closures import limits, queries
from catalog.closures.errors import ClosureOver, ClosuresOverlap
from catalog.closures.models import Closure
from market import audit, clock, signals
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.clock import ONE_DAY
from market.db import atomic, session, storable
from market.errors import Invalid
from market.organisations.models import Seller


def plan_closure(
    first_day: date, last_day: date, note: str = "", *, by: Actor, seller_id: int | None = None
) -> Closure:
    """Take no orders from the first day to the last, both included; buyers read the note.

    An admin names the seller. Raises NotFound, Invalid at the field that is wrong, or ClosuresOverlap.
    """
    note = " ".join(note.split())
    _check(first_day, last_day, note)
    with atomic():
        seller = _lock_seller(by, seller_id)
        planned = queries.list_closures(seller.id, from_day=first_day)
        if overlapping := [each for each in planned if each.first_day <= last_day]:
            raise ClosuresOverlap(overlapping)
        closure = Closure(
            seller_id=seller.id, first_day=first_day, last_day=last_day, note=note, created_by_id=by.user_id
        )
        session.add(closure)
        audit.record(closure, "closure_planned", by=by, note=note or None, **_days(closure))
        _announce(closure)
    return closure


def end_closure(closure_id: int, *, by: Actor) -> Closure:
    """Call a closure off before it begins; one that has begun ends, and orders are taken again from today on.

    Raises NotFound, or ClosureOver when there is nothing left of it.
    """
    with atomic():
        closure = queries.get_closure(closure_id, **_own(by))
        queries.lock_own_seller(seller_id=closure.seller_id)
        session.refresh(closure)
        today = clock.today()
        if closure.cancelled_at is not None or closure.last_day < today:
            raise ClosureOver
        before = _days(closure)
        if closure.first_day < today:
            closure.last_day = today - ONE_DAY
        else:
            closure.cancelled_at = clock.now()
        audit.record(closure, "closure_ended", by=by, **before)
        _announce(closure)
    return closure


def _check(first_day: date, last_day: date, note: str) -> None:
    today = clock.today()
    if first_day < today:
        raise Invalid(_("Hari pertama sudah lewat. Pilih hari ini atau sesudahnya."), field="first_day")
    if (first_day - today).days > limits.FURTHEST:
        raise Invalid(_("Hari pertama paling jauh dua tahun lagi."), field="first_day")
    if last_day < first_day:
        raise Invalid(_("Hari terakhir tidak boleh sebelum hari pertama."), field="last_day")
    if (last_day - first_day).days >= limits.LONGEST_CLOSURE:
        raise Invalid(_("Satu jadwal tutup paling lama satu tahun."), field="last_day")
    if len(note) > limits.LONGEST_NOTE:
        raise Invalid(_("Paling banyak %(longest)s huruf.", longest=limits.LONGEST_NOTE), field="note")
    if not storable(note):
        raise Invalid(_("Ada huruf yang tidak dapat disimpan."), field="note")


def _lock_seller(by: Actor, seller_id: int | None) -> Seller:
    own = _own(by)
    if "seller_id" in own and seller_id in (None, own["seller_id"]):
        return queries.lock_own_seller(**own)
    return queries.lock_own_seller(seller_id=seller_id, cooperative_id=by.require(Role.ADMIN))


def _own(by: Actor) -> dict[str, int]:
    """Whose closures this person looks after."""
    if by.has(Role.SELLER):
        return {"seller_id": by.require(Role.SELLER)}
    return {"cooperative_id": by.require(Role.ADMIN)}


def _days(closure: Closure) -> dict[str, str]:
    return {"first_day": closure.first_day.isoformat(), "last_day": closure.last_day.isoformat()}


def _announce(closure: Closure) -> None:
    session.flush()
    signals.seller_changed.send(None, seller_id=closure.seller_id)
