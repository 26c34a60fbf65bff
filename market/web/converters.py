"""Parts of addresses that stand for something."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from market.db import HIGHEST_ID


class IdConverter(IntegerConverter):
    """The `<int:…>` of an address: a number too high to be an id is an unknown page, not a question to the database."""

    def __init__(self, map: Map, **options: int | bool):
        super().__init__(map, **{"max": HIGHEST_ID, **options})  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    """Read every `<int:…>` so; must come before the pages are added."""
    app.url_map.converters["int"] = IdConverter
