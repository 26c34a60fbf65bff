"""What a page sends of a decision: what it showed, so that nobody decides on what they did not see, and the reason."""

from datetime import datetime

from flask import request

from catalog.products.errors import ChangedMeanwhile
from catalog.products.operations.bulk import Seen
from catalog.products.states import ReasonKind


def read_moment(text: str | None) -> datetime:
    """The moment in a field of the page; one that somebody garbled is the same as an old one."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError as error:
        raise ChangedMeanwhile from error


def read_seen(text: str) -> Seen:
    """What was ticked: its id and the moment of its last change, as the list showed them."""
    seen_id, _space, moment = text.partition(" ")
    if not seen_id.isdecimal() or len(seen_id) > 18:
        raise ChangedMeanwhile
    return Seen(int(seen_id), read_moment(moment))


def read_reason_kind() -> ReasonKind | None:
    """The reason that was chosen from the list; None where there is none."""
    chosen = request.form.get("reason_kind", "")
    return ReasonKind(chosen) if chosen in set(ReasonKind) else None
