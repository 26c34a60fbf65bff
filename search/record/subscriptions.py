"""What the search record has to say on other floors' pages."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from market import signals
from search.record.queries import list_open_invitations
from search.record.sentences import buyers_said

MOST_ON_DESK = 3


def subscribe() -> None:
    """Listen for as long as the application lives."""
    signals.seller_desk_opened.connect(_tell_of_invitations, weak=False)


def _tell_of_invitations(_sender: Any, seller_id: int) -> list[signals.DeskNews]:
    return [
        signals.DeskNews(
            words=_(
                "%(cooperative)s mengundang Anda menawarkan “%(words)s”. %(buyers)s",
                cooperative=invitation.seller.cooperative.name,
                words=invitation.written,
                buyers=buyers_said(invitation.buyers),
            ),
            note=invitation.message,
            action=_("Buat produknya"),
            url=url_for("seller_products.new", name=invitation.written),
            dismiss_url=url_for("invitations.dismiss", invitation_id=invitation.id),
        )
        for invitation in list_open_invitations(seller_id)[:MOST_ON_DESK]
    ]
