"""What can go wrong with what categories ask for."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError


class AttributeTaken(DomainError):
    """The cooperative already asks for this in the category."""

    message = _l("Kategori ini sudah mempunyai isian dengan nama ini.")
