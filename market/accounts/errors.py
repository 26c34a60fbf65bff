"""What can go wrong with accounts."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid


class WrongLogin(DomainError):
    """No such person, a wrong password, or an account that was switched off."""

    status = 401
    message = _l("Email atau kata sandi salah.")


class EmailTaken(Invalid):
    """Somebody has registered with this address already."""

    message = _l("Email ini sudah terdaftar. Silakan masuk.")


class UnknownToken(DomainError):
    """The API token is missing, unknown or revoked."""

    status = 401
    message = _l("Token API tidak dikenal atau sudah dicabut.")
