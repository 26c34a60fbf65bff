"""What the books refuse."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError


class AlreadyBooked(DomainError):
    """This document was booked for this reason before; booking it again would count its money twice."""

    message = _l("Dokumen ini sudah dibukukan.")


class AlreadyReversed(DomainError):
    """The entry was reversed before."""

    message = _l("Jurnal ini sudah dibalik.")


class NothingToBook(ValueError):
    """An entry without any amount above zero: a mistake of the program, not of a person."""
