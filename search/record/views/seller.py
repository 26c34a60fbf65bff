"""What a seller does about an invitation."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.roles import Role
from search.record import operations

bp = Blueprint("invitations", __name__, url_prefix="/seller/invitations")


@bp.post("/<int:invitation_id>/dismiss")
@acting.requires(Role.SELLER)
def dismiss(invitation_id: int) -> ResponseReturnValue:
    """Put an invitation away."""
    operations.dismiss_invitation(invitation_id, by=acting.current_actor())
    flash(_("Undangan disingkirkan."), "success")
    return redirect(url_for("desks.seller"))
