"""How much a person may send at once: a little on most pages, more where files are expected."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

MEGABYTE = 1024 * 1024
USUAL = 20 * MEGABYTE

_LIMIT = "takes_bytes"


def init_app(app: Flask) -> None:
    """Set each request's own limit; to be called before anything that reads forms, such as the CSRF protection."""
    app.config["MAX_CONTENT_LENGTH"] = USUAL
    app.before_request(_set_limit)


def takes(megabytes: int) -> Callable[[View], View]:
    """Let a view take larger requests than others; what is larger still is answered with 413."""

    def mark(view: View) -> View:
        setattr(view, _LIMIT, megabytes * MEGABYTE)
        return view

    return mark


def _set_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, _LIMIT, None)
    if limit is not None:
        request.max_content_length = limit
