"""Wires the shared interface into the application."""

from flask import Flask
from flask_babel import get_locale

from market import formats
from market.config import Settings
from market.web import assets, converters, errors, form_sentences, headers, links, navigation, texts
from market.web.icons import icon


def init_app(app: Flask, settings: Settings) -> None:
    """Give every page its static files, formats, icons, menus, headers and error pages.

    Flask-Babel and Flask-WTF's CSRF protection must be set up too, and `market.accounts` gives the templates
    `current_actor`.
    """
    converters.init_app(app)
    assets.init_app(app, settings)
    headers.init_app(app, settings)
    errors.init_app(app)
    form_sentences.init_app(app)
    texts.init_app(app)
    app.context_processor(_language)
    app.jinja_env.globals.update(
        icon=icon,
        place=links.place,
        url_with=links.url_with,
        navigation=navigation.navigation,
    )
    for universal in formats.UNIVERSAL:
        app.jinja_env.filters[universal.__name__] = universal
    for localised in formats.LOCALISED:
        app.jinja_env.filters[localised.__name__] = _in_language_of_page(localised)


def _language() -> dict[str, str]:
    return {"page_language": str(get_locale())}


def _in_language_of_page(localised: formats.Localised) -> formats.Localised:
    def in_language(value: object) -> str:
        return localised(value, str(get_locale()))

    return in_language
