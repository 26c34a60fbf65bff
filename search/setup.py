"""Wires search into the application."""

from flask import Flask

from market.config import Settings
from market.web.health import CHECKS
from search import engine
from search.ahead import reader


def init_app(app: Flask, settings: Settings) -> None:
    """Choose the index of these settings, and let `/readyz` say whether it answers."""
    engine.use(engine.SearchEngine(settings.meili_url, settings.meili_key, index=settings.search_index))
    app.extensions.setdefault(CHECKS, {})["search"] = _is_ready
    app.before_request(reader.begin)


def _is_ready() -> bool:
    return engine.current().is_ready()
