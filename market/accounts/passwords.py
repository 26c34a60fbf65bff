"""Passwords, kept only as argon2 hashes."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import lazy_gettext as _l

from market.errors import Invalid

MIN_LENGTH = 10
MAX_LENGTH = 200

_hasher = PasswordHasher()
_DUMMY = _hasher.hash("nobody has this password")


class PasswordTooWeak(Invalid):
    """The new password is too short or too long."""

    message = _l("Kata sandi minimal 10 dan maksimal 200 karakter.")


def hash_password(password: str) -> str:
    """The hash to keep of `password`; raises PasswordTooWeak."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise PasswordTooWeak(field="password")
    return _hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether `password` is the one; takes as long for somebody unknown, so that it tells nothing about who exists."""
    try:
        return _hasher.verify(password_hash or _DUMMY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
