"""The address in a letter that ends the letters: whoever holds it need not log in."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from market import mail
from market.errors import NotFound

_SALT = "saved searches: end the letters"


def address_for(user_id: int) -> str:
    """Where this person ends their letters; it works for as long as Pasok's secret stays the same."""
    return mail.address(f"/saved-searches/letters/{_signer().dumps(user_id)}")


def read_token(token: str) -> int:
    """Whose letters an address ends; raises NotFound when Pasok has not written it."""
    try:
        user_id = _signer().loads(token)
    except BadSignature as error:
        raise NotFound from error
    if not isinstance(user_id, int):
        raise NotFound
    return user_id


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=_SALT)
