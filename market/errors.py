"""What can go wrong for a reason that a person can understand and mend."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l


class DomainError(Exception):
    """A rule said no. Its message is a sentence fit to show; nothing was changed.

    `field` names the input it concerns, so that a form can show it there; `details` are facts for the API
    (such as the shortages of an order).
    """

    status = 409
    message: Any = _l("Permintaan ini tidak dapat dijalankan.")

    def __init__(self, message: Any = None, *, field: str | None = None, details: Mapping[str, Any] | None = None):
        self.text = message if message is not None else self.message
        self.field = field
        self.details = dict(details or {})
        super().__init__(self.text)

    def __str__(self) -> str:
        return str(self.text)


class NotFound(DomainError):
    """There is no such thing, or not for this organisation."""

    status = 404
    message = _l("Data yang Anda cari tidak ada.")


class Forbidden(DomainError):
    """The person's roles do not allow this."""

    status = 403
    message = _l("Peran Anda tidak mengizinkan tindakan ini.")


class Invalid(DomainError):
    """An input breaks a rule; `field` says which."""

    status = 422
    message = _l("Isian ini tidak benar.")


class IllegalTransition(DomainError):
    """The thing has moved on since the page was opened: the step is not possible from its present state."""

    message = _l("Keadaan data ini sudah berubah. Muat ulang halaman untuk melihat yang terbaru.")
