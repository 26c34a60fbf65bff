"""From which change on a cooperative wants its sellers to look twice."""

from flask_babel import gettext as _

from catalog.prices import limits
from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from market.errors import Invalid
from market.formats import percent_bp
from market.money import BasisPoints
from market.organisations.models import Cooperative
from market.organisations.queries import lock_cooperative


def set_price_jump_rate(rate: BasisPoints, *, by: Actor) -> Cooperative:
    """Ask this cooperative's sellers to confirm prices that change by more than `rate`; raises Invalid."""
    cooperative_id = by.require(Role.ADMIN, Role.TREASURER)
    if not limits.LOWEST_JUMP_RATE <= rate <= limits.HIGHEST_JUMP_RATE:
        lowest, highest = percent_bp(limits.LOWEST_JUMP_RATE), percent_bp(limits.HIGHEST_JUMP_RATE)
        raise Invalid(_("Isi antara %(lowest)s dan %(highest)s.", lowest=lowest, highest=highest), field="rate")
    with atomic():
        cooperative = lock_cooperative(cooperative_id)
        before, cooperative.price_jump_rate = cooperative.price_jump_rate, rate
        if before != rate:
            audit.record(cooperative, "price_jump_rate_set", by=by, rate=rate, before=before)
    return cooperative
