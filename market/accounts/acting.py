"""Who acts in this request: from the login session on pages, from the bearer token in the API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, flash, g, make_response, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, login_user
from flask_login import current_user as flask_user
from werkzeug.local import LocalProxy

from market.accounts import queries
from market.accounts.actor import Actor
from market.accounts.models import User
from market.accounts.roles import FACTORY, Role
from market.errors import Forbidden
from market.organisations.models import Organisation

View = TypeVar("View", bound=Callable[..., Any])

ORGANISATION_KEY = "acting_for"


@dataclass(frozen=True)
class Visitor:
    """Whoever looks at a page, as templates see them."""

    actor: Actor | None = None
    organisation: Organisation | None = None
    organisations: list[Organisation] = field(default_factory=list)

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is logged in."""
        return self.actor is not None

    @property
    def name(self) -> str:
        """The person's name; empty for a visitor."""
        return self.actor.name if self.actor else ""

    @property
    def email(self) -> str:
        """The person's address; empty for a visitor."""
        return self.actor.email if self.actor else ""

    @property
    def organisation_id(self) -> int | None:
        """The organisation acted for; None for a visitor."""
        return self.actor.organisation_id if self.actor else None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held in the organisation acted for."""
        return self.actor.roles if self.actor else frozenset()

    def has(self, *roles: Role) -> bool:
        """Whether one of `roles` is held in the organisation acted for."""
        return self.actor is not None and self.actor.has(*roles)


class LoggedIn(UserMixin):
    """What Flask-Login keeps of a person: their id and the version of their password."""

    def __init__(self, user: User):
        self.user = user

    def get_id(self) -> str:
        """The text in the session cookie; a changed password makes it worthless."""
        return f"{self.user.id}.{self.user.session_version}"


def init_app(app: Flask) -> None:
    """Let Flask-Login load people, and templates know who is acting."""
    manager = LoginManager(app)
    manager.login_view = "accounts.login"
    manager.user_loader(_load)
    app.jinja_env.globals["current_actor"] = visitor
    app.jinja_env.globals.update(Role=Role, FACTORY=FACTORY)


def _load(text: str) -> LoggedIn | None:
    user_id, _dot, version = text.partition(".")
    user = queries.find_user_with_memberships(int(user_id)) if user_id.isdigit() else None
    if user is None or not user.active or str(user.session_version) != version:
        return None
    return LoggedIn(user)


def start(user: User, *, remember: bool = False, acting_for: int | None = None) -> None:
    """Log a person in on this browser, acting for the organisation named, else for their first."""
    session[ORGANISATION_KEY] = acting_for
    login_user(LoggedIn(user), remember=remember)


def current_user() -> User:
    """The person logged in; answers 401 when there is none."""
    if not flask_user.is_authenticated:
        abort(401)
    return flask_user.user


def find_visitor() -> Visitor:
    """Who looks at this page, read once a request."""
    if "visitor" not in g:
        if flask_user.is_authenticated:
            user = flask_user.user
            actor = queries.actor_for(user, session.get(ORGANISATION_KEY))
            organisations = queries.organisations_of(user)
            acting_for = next((o for o in organisations if o.id == actor.organisation_id), None)
            g.visitor = Visitor(actor=actor, organisation=acting_for, organisations=organisations)
        else:
            g.visitor = Visitor()
    return g.visitor


visitor: Visitor = LocalProxy(find_visitor)  # type: ignore[assignment]


def current_actor() -> Actor:
    """Who is acting on this page; raises Forbidden when nobody is logged in."""
    actor = find_visitor().actor
    if actor is None:
        raise Forbidden
    return actor


def requires(*roles: Role) -> Callable[[View], View]:
    """Open a page only to people who act in one of `roles`, or to everybody logged in when none is named."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            actor = find_visitor().actor
            if actor is None:
                return _to_login()
            if roles and not actor.has(*roles):
                raise Forbidden
            return view(*args, **kwargs)

        guarded.required_roles = roles  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def _to_login() -> Any:
    flash(_("Silakan masuk untuk melanjutkan."), "info")
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    response = redirect(url_for("accounts.login", next=target))
    if request.headers.get("HX-Request"):
        response = _whole_page(response.location)
    return response


def _whole_page(location: str) -> Any:
    """Tell htmx to load a whole page instead of a part of one."""
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = location
    return answer
