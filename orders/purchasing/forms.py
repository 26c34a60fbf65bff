"""What people write when they refuse or cancel."""

from collections.abc import Mapping

from flask_babel import gettext as _

from market.errors import Invalid

LONGEST_REASON = 1000


def read_reason(form: Mapping[str, str]) -> str:
    """The reason that was written; raises Invalid when there is none or it is too long."""
    reason = form.get("reason", "").strip()
    if not reason:
        raise Invalid(_("Tulis alasannya."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("Alasan paling banyak %(longest)s huruf.", longest=LONGEST_REASON), field="reason")
    return reason
