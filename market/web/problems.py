"""Errors of the API as RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from market.errors import DomainError

API_PREFIX = "/api/"


def is_api() -> bool:
    """Whether the present request is for the API."""
    return request.path.startswith(API_PREFIX)


def problem(status: int, detail: str, *, errors: list[dict[str, str]] | None = None, **facts: Any) -> Response:
    """A problem document: `errors` name the fields an input is wrong in, `facts` are added as they are."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    answer = jsonify({**facts, **body})
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer


def from_domain_error(error: DomainError) -> Response:
    """A rule that said no, in its own words."""
    errors = [{"field": error.field, "message": str(error)}] if error.field else None
    return problem(error.status, str(error), errors=errors, **error.details)


def from_http_exception(error: HTTPException) -> Response:
    """What Flask or the validation of an input refused."""
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    messages = data.get("messages") or {}
    if messages:
        return problem(status, _("Periksa isian berikut."), errors=list(_flatten(messages)))
    answer = problem(status, error.description or HTTPStatus(status).phrase)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def _flatten(messages: dict[str, Any]) -> Any:
    for _location, fields in messages.items():
        yield from _fields(fields, "")


def _fields(found: Any, path: str) -> Any:
    if isinstance(found, dict):
        for key, value in found.items():
            name = "" if key == "_schema" else str(key)
            yield from _fields(value, ".".join(part for part in (path, name) if part))
    elif isinstance(found, list):
        for value in found:
            yield from _fields(value, path)
    else:
        yield {"field": path, "message": str(found)}
