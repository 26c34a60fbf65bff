"""The language of a page: the person's own, else the one chosen on this browser, else Indonesian."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel
from flask_login import current_user as flask_user

from market.clock import JAKARTA
from market.web import phrases
from market.web.problems import is_api

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT = "id"
COOKIE_KEY = "locale"
API_DOCS = "api_docs.docs"
"""The one page among the API's addresses; it is read by people."""


def init_app(app: Flask) -> None:
    """Let Flask-Babel ask here for the language."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.config["ROOT"] / "translations"))
    Babel(app, locale_selector=choose, timezone_selector=lambda: str(JAKARTA))
    phrases.init_app(app)


def choose() -> str:
    """The language of this request."""
    if not has_request_context():
        return DEFAULT
    if is_api() and request.endpoint != API_DOCS:
        return request.accept_languages.best_match(list(LANGUAGES), DEFAULT) or DEFAULT
    chosen = session.get(COOKIE_KEY)
    if chosen in LANGUAGES:
        return chosen
    if flask_user and flask_user.is_authenticated and flask_user.user.locale in LANGUAGES:
        return flask_user.user.locale
    return DEFAULT
