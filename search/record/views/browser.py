"""What browsers hand in by themselves: a question that stood still while somebody typed, a product that was opened."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from market.web.limits import limiter
from search.record import noting

bp = Blueprint("record", __name__, url_prefix="/search")

_OFTEN = "600 per minute"
"""For one address, behind which a whole factory may sit."""


@bp.post("/asked")
@limiter.limit(_OFTEN)
def asked() -> ResponseReturnValue:
    """The question of a page that was not loaded whole is settled."""
    noting.note_settled(request.form.get("note", ""))
    return "", 204


@bp.post("/opened")
@limiter.limit(_OFTEN)
def opened() -> ResponseReturnValue:
    """A product was opened from the results."""
    form = request.form
    noting.note_opened(form.get("note", ""), form.get("product", ""), form.get("place", ""))
    return "", 204
