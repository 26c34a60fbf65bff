"""The words of the interface in templates: what Flask-Babel's functions say, with the catalogue looked up once.

A page of cards asks for a hundred texts. Finding out the language, the domain and the catalogue again for each took a
sixth of the time in which such a page is made.
"""

from typing import Any

from flask import Flask
from flask_babel import get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


class _Catalogue:
    """The texts of one language, as they were found."""

    def __init__(self) -> None:
        self.translations: Any = get_translations()
        self._plain: dict[tuple[str | None, str], str] = {}
        self._marked: dict[tuple[str | None, str], Markup] = {}

    def find(self, context: str | None, text: str, marked: bool) -> str:
        """The translation, as markup where the template is."""
        known: dict[tuple[str | None, str], Any] = self._marked if marked else self._plain
        try:
            return known[context, text]
        except KeyError:
            found = self.translations.upgettext(context, text) if context else self.translations.ugettext(text)
            known[context, text] = Markup(found) if marked else found  # noqa: S704 - catalogues are our own
            return known[context, text]


class Phrases:
    """`_`, `gettext`, `ngettext`, `pgettext` and `npgettext` of one application's templates."""

    def __init__(self) -> None:
        self._catalogues: dict[str, _Catalogue] = {}

    def _catalogue(self) -> _Catalogue:
        """That of the language in which is spoken at this moment; letters change it in between."""
        locale = get_locale()
        language = locale.language if locale else ""
        try:
            return self._catalogues[language]
        except KeyError:
            return self._catalogues.setdefault(language, _Catalogue())

    @pass_eval_context
    def gettext(self, place: EvalContext, text: str, /, **values: Any) -> str:
        """The text in the language of the page, with its values."""
        return self._catalogue().find(None, text, place.autoescape) % values

    @pass_eval_context
    def pgettext(self, place: EvalContext, context: str, text: str, /, **values: Any) -> str:
        """As `gettext`, for a text that means different things in different places."""
        return self._catalogue().find(context, text, place.autoescape) % {"context": context, **values}

    @pass_eval_context
    def ngettext(self, place: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
        """As `gettext`, for one or for many."""
        found = self._catalogue().translations.ungettext(one, many, number)
        return _as_in(place, found) % {"num": number, **values}

    @pass_eval_context
    def npgettext(self, place: EvalContext, context: str, one: str, many: str, number: int, /, **values: Any) -> str:
        """As `ngettext`, for a text that means different things in different places."""
        found = self._catalogue().translations.unpgettext(context, one, many, number)
        return _as_in(place, found) % {"context": context, "num": number, **values}


def _as_in(place: EvalContext, text: str) -> str:
    return Markup(text) if place.autoescape else text  # noqa: S704 - catalogues are our own


def init_app(app: Flask) -> None:
    """Give them to the templates; after Flask-Babel has given its own."""
    phrases = Phrases()
    app.jinja_env.globals.update(
        _=phrases.gettext,
        gettext=phrases.gettext,
        ngettext=phrases.ngettext,
        pgettext=phrases.pgettext,
        npgettext=phrases.npgettext,
    )
