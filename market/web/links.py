"""Addresses of pages, seen from the page that is open."""

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from flask import current_app, request, url_for


def place(endpoint: str) -> str:
    """The address of a page without parameters; empty when this application has no such page.

    The frame is shared by every part, and a part's own tests may run without the others.
    """
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def url_with(**changes: Any) -> str:
    """This page's address with some query values changed; None or "" removes one.

    Filters and sorting begin again at the first page unless `page` is among the changes.
    """
    # A form without JavaScript sends its empty fields too: ?q=&min_price=
    values: dict[str, Any] = {name: [value for value in given if value] for name, given in request.args.lists()}
    values.pop("page", None)
    values.update(changes)
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    # Not url_for: a visitor may write ?_external=1 or ?endpoint=x, which it would take for its own.
    address = quote(request.script_root + request.path)
    return f"{address}?{urlencode(kept, doseq=True)}" if kept else address


def local_path(target: str | None) -> str | None:
    """`target` when it is a page of ours: a link or a form from elsewhere must not send people away."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
