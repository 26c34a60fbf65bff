"""What can go wrong with files."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError


class StoreAway(DomainError):
    """The place where files are kept does not answer, or takes nothing. Nothing was kept; trying again may help."""

    status = 503
    message = _l("Tempat penyimpanan berkas sedang tidak dapat dihubungi. Coba lagi beberapa menit lagi.")
