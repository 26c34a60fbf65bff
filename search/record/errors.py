"""Why an invitation is not sent."""

from collections.abc import Sequence

from flask_babel import gettext as _

from market.errors import Invalid


class InvitedAlready(Invalid):
    """Some of the sellers were invited for the same words a short while ago."""

    def __init__(self, names: Sequence[str], written: str, days: int):
        super().__init__(
            _(
                "%(sellers)s sudah diundang untuk “%(words)s” dalam %(days)s hari terakhir. Hapus dari pilihan Anda.",
                sellers=", ".join(names),
                words=written,
                days=days,
            ),
            field="sellers",
        )
