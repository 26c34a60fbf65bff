"""What happens to the search record by the clock, and the letters to sellers who are invited."""

from flask_babel import gettext as _

from market import jobs
from market.accounts.roles import Role
from market.db import atomic
from market.letters import write_to
from search.record import closing
from search.record.models import SearchInvitation
from search.record.operations import LETTER_JOB
from search.record.queries import list_invitations
from search.record.sentences import buyers_said


@jobs.task("record.close_weeks", cron="10 17 * * *")
def close_weeks(timestamp: int | None = None) -> None:
    """Just after midnight WIB (17.10 UTC) close the weeks that are over: on Mondays the one that has just ended.

    It looks every day, because a night in which no worker ran is not made up for.
    """
    closing.close_weeks()


@jobs.task(LETTER_JOB)
def announce_invitations(invitation_ids: list[int]) -> None:
    """Write to the sellers who were invited together: to all at once or to none, so that nobody has two letters."""
    with atomic():
        for invitation in list_invitations(invitation_ids):
            _announce(invitation)


def _announce(invitation: SearchInvitation) -> None:
    write_to(
        invitation.seller_id,
        Role.SELLER,
        subject=_(
            "%(cooperative)s mengundang Anda menawarkan “%(words)s”",
            cooperative=invitation.seller.cooperative.name,
            words=invitation.written,
        ),
        text=_(
            "%(message)s\n\n%(buyers)s\n\nBuka Ringkasan di Pasok untuk membuat produknya, atau singkirkan "
            "undangan ini bila Anda tidak dapat membuatnya.",
            message=invitation.message,
            buyers=buyers_said(invitation.buyers),
        ),
    )
