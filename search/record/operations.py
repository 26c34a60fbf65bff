"""Inviting sellers to list what buyers look for, and putting an invitation away."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from market import audit, clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid
from market.organisations.models import Seller
from search.record.errors import InvitedAlready
from search.record.limits import INVITED_AGAIN_AFTER, LONGEST_MESSAGE, MOST_AT_ONCE
from search.record.models import SearchInvitation
from search.record.queries import Demand, get_demand, get_invitation, invited_lately, lock_invitable

LETTER_JOB = "record.announce_invitations"


def invite_sellers(demand_id: int, seller_ids: Iterable[int], message: str, *, by: Actor) -> list[SearchInvitation]:
    """Ask some of the cooperative's approved sellers to list what buyers look for; each gets a letter.

    Raises NotFound for another cooperative's seller, InvitedAlready naming those who were invited for the same words in
    the last thirty days, and Invalid for a message that is empty or too long; then nobody is invited.
    """
    cooperative_id = by.require(Role.ADMIN)
    wanted, message = sorted(set(seller_ids)), message.strip()
    _check(wanted, message)
    with atomic():
        demand = get_demand(demand_id)
        sellers = lock_invitable(wanted, cooperative_id)
        _refuse_repeated(sellers, demand.words, demand.written)
        invitations = [_invitation(demand, seller, message, by) for seller in sellers]
        session.add_all(invitations)
        session.flush()
        for invitation in invitations:
            audit.record(invitation.seller, "seller_invited", by=by, note=message, words=demand.written)
        jobs.defer(LETTER_JOB, invitation_ids=[invitation.id for invitation in invitations])
    return invitations


def dismiss_invitation(invitation_id: int, *, by: Actor) -> SearchInvitation:
    """Put an invitation away; doing it again changes nothing. Raises NotFound for another seller's."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        invitation = get_invitation(invitation_id, seller_id=seller_id)
        if invitation.dismissed_at is None:
            invitation.dismissed_at = clock.now()
            audit.record(invitation.seller, "invitation_dismissed", by=by, note=invitation.written)
    return invitation


def _check(seller_ids: Sequence[int], message: str) -> None:
    if not seller_ids:
        raise Invalid(_l("Pilih paling sedikit satu penjual."), field="sellers")
    if len(seller_ids) > MOST_AT_ONCE:
        raise Invalid(
            lazy_ngettext(
                "Paling banyak %(num)s penjual sekali kirim.",
                "Paling banyak %(num)s penjual sekali kirim.",
                MOST_AT_ONCE,
            ),
            field="sellers",
        )
    if not message:
        raise Invalid(_l("Tuliskan pesannya."), field="message")
    if len(message) > LONGEST_MESSAGE:
        raise Invalid(_l("Paling banyak %(longest)s huruf.", longest=LONGEST_MESSAGE), field="message")


def _invitation(demand: Demand, seller: Seller, message: str, by: Actor) -> SearchInvitation:
    return SearchInvitation(
        cooperative_id=seller.cooperative_id,
        seller=seller,
        words=demand.words,
        written=demand.written,
        week=demand.week,
        buyers=demand.buyers,
        message=message,
        invited_by_id=by.user_id,
    )


def _refuse_repeated(sellers: Sequence[Seller], words: str, written: str) -> None:
    already = invited_lately([seller.id for seller in sellers], words)
    if already:
        names = [seller.name for seller in sellers if seller.id in already]
        raise InvitedAlready(names, written, INVITED_AGAIN_AFTER.days)
