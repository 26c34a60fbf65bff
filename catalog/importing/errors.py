"""What can be wrong with a file as a whole."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid


class UnreadableFile(Invalid):
    """The file is no table we can read, or lacks what every row must have."""

    message = _l("Berkas ini tidak dapat dibaca.")


class ChangedSinceCheck(DomainError):
    """All rows were to be written, and one that was right is not any more."""

    def __init__(self, line: int, reason: str):
        super().__init__(
            _(
                "Data berubah sejak berkas diperiksa, jadi tidak ada yang disimpan. Baris %(line)s: %(reason)s "
                "Unggah berkas ini lagi.",
                line=line,
                reason=reason,
            )
        )
