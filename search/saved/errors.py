"""What can go wrong with saved searches."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid
from search.saved.limits import MOST_SAVED


class AsksNothing(Invalid):
    """There are neither words nor filters in it: every product would be new."""

    message = _l("Isi kata atau pilih saringan dulu, lalu simpan pencariannya.")


class AlreadySaved(DomainError):
    """The same question is kept under another name."""

    def __init__(self, name: str):
        super().__init__(_("Pencarian ini sudah Anda simpan dengan nama “%(name)s”.", name=name))


class TooManySaved(DomainError):
    """There is no room for another one."""

    def __init__(self) -> None:
        super().__init__(
            _("Anda sudah menyimpan %(most)s pencarian, paling banyak. Hapus satu yang tidak dipakai.", most=MOST_SAVED)
        )
