"""The REST API's frame: bearer tokens, problem documents, lists, and the OpenAPI description."""

from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow as ma
from flask import Flask, current_app, g, request
from flask_babel import gettext as _
from flask_smorest import Api, Blueprint

from market.accounts import queries
from market.accounts.actor import Actor
from market.accounts.errors import UnknownToken
from market.accounts.roles import Role
from market.db import HIGHEST_ID, storable
from market.errors import Forbidden
from market.money import MAX_PRICE, MAX_QUANTITY
from market.pages import MAX_PER_PAGE, Page
from market.web import idempotency
from market.web.problems import from_domain_error, is_api, problem

View = TypeVar("View", bound=Callable[..., Any])


class PasokApi(Api):
    """Flask-smorest's Api, answering errors as problem documents and leaving pages to the pages' own handlers."""

    def _register_error_handlers(self) -> None:
        """The application's handlers decide by the request's path."""


class ListQuery(ma.Schema):
    """The page of a list that is asked for."""

    class Meta:
        """Unknown parameters are ignored, as the web does."""

        unknown = ma.EXCLUDE

    page = ma.fields.Integer(load_default=1, validate=ma.validate.Range(min=1, max=1_000_000))
    per_page = ma.fields.Integer(load_default=25, validate=ma.validate.Range(min=1, max=MAX_PER_PAGE))


class WholeNumber(ma.fields.Integer):
    """A whole number that was sent as one: `"5"`, `5.0` and `true` are refused."""

    def __init__(self, **kwargs: Any):
        super().__init__(strict=True, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


def id_field(**kwargs: Any) -> WholeNumber:
    """The id of something; whether there is such a thing is for the operation to say."""
    return WholeNumber(validate=ma.validate.Range(min=1, max=HIGHEST_ID), **kwargs)


def quantity_field(**kwargs: Any) -> WholeNumber:
    """A quantity of one or more pieces."""
    return WholeNumber(validate=ma.validate.Range(min=1, max=MAX_QUANTITY), **kwargs)


def rupiah_field(**kwargs: Any) -> WholeNumber:
    """A price of one or more whole rupiah."""
    return WholeNumber(validate=ma.validate.Range(min=1, max=MAX_PRICE), **kwargs)


def text_field(*, max_length: int, min_length: int = 1, **kwargs: Any) -> ma.fields.String:
    """A text that is not blank (`min_length=0` allows that), not too long, and that the database can keep."""

    def says_something(text: str) -> None:
        if len(text.strip()) < min_length:
            raise ma.ValidationError(_("Bagian ini tidak boleh kosong."))
        if not storable(text):
            raise ma.ValidationError(_("Ada huruf yang tidak dapat disimpan."))

    return ma.fields.String(validate=[ma.validate.Length(max=max_length), says_something], **kwargs)


class Reason(ma.Schema):
    """Why something is refused, in words for the other side."""

    reason = text_field(max_length=1000, required=True)


def page_answer(page: Page[Any], present: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """A list as the API gives it."""
    return {
        "items": [present(item) for item in page.items],
        "total": page.total,
        "page": page.page,
        "per_page": page.per_page,
    }


def init_app(app: Flask, *blueprints: Blueprint) -> None:
    """Register the API's parts under /api/v1 and describe them at /api/v1/openapi.json and /api/v1/docs."""
    app.config.update(
        API_TITLE="Pasok",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Money is whole rupiah; times are RFC 3339; errors are RFC 9457 problem documents."
            },
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    app.before_request(_read_token)
    app.before_request(_check_roles)
    app.before_request(_refuse_endless_nesting)
    idempotency.init_app(app)
    api = PasokApi(app)
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix="/api/v1")


def _read_token() -> Any:
    if not is_api():
        return None
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        g.api_actor = None
        return None
    try:
        if scheme.lower() != "bearer":
            raise UnknownToken
        record = queries.get_token(token.strip())
    except UnknownToken as error:
        answer = from_domain_error(error)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    g.api_actor = queries.actor_for(record.user, record.organisation_id)
    return None


def _refuse_endless_nesting() -> Any:
    """Thousands of brackets within brackets are no input of ours, and Python's JSON reader does not survive them."""
    if not is_api():
        return None
    try:
        request.get_json(silent=True)
    except RecursionError:
        return problem(400, _("Isi permintaan ini tidak dapat dibaca."))
    return None


def caller() -> Actor:
    """Who calls the API; raises UnknownToken when no token was sent."""
    actor = find_caller()
    if actor is None:
        raise UnknownToken
    return actor


def find_caller() -> Actor | None:
    """Who calls the API, or None for an anonymous call."""
    return g.get("api_actor")


def needs(*roles: Role) -> Callable[[View], View]:
    """Open a call only to tokens of people in one of `roles`, or to every token when none is named.

    It is asked before the input is looked at; a call without it is open to everybody.
    """

    def mark(view: View) -> View:
        view.required_roles = roles  # type: ignore[attr-defined]
        described = getattr(view, "_apidoc", {})
        manual = {**described.get("manual_doc", {}), "x-roles": [role.value for role in roles]}
        view._apidoc = {**described, "manual_doc": manual}  # type: ignore[attr-defined]
        return view

    return mark


def _check_roles() -> None:
    if not is_api() or request.endpoint is None:
        return
    roles = getattr(current_app.view_functions[request.endpoint], "required_roles", None)
    if roles is not None and not (caller().has(*roles) if roles else caller()):
        raise Forbidden
