"""How tests visit pages and call the API."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from market.accounts.actor import Actor
from market.accounts.models import User
from market.accounts.operations import create_token
from market.db import session

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class PageClient(FlaskClient):
    """A browser without scripts. Each request has an application context of its own, as in production."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request; what the test loaded before is read afresh afterwards."""
        kwargs.setdefault("buffered", True)  # read to the end, so that no file stays open
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        session.expire_all()
        return response

    def log_in(self, actor: Actor) -> "PageClient":
        """Be this person, acting for their organisation."""
        user = session.get_one(User, actor.user_id)
        with self.session_transaction() as cookie:
            cookie["_user_id"] = f"{user.id}.{user.session_version}"
            cookie["_fresh"] = True
            cookie["acting_for"] = actor.organisation_id
        return self

    def submit(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """POST a form with the token that protects it, as a page would."""
        token = kwargs.pop("csrf_token", None) or self.csrf_token()
        return self.post(url, data={**(data or {}), "csrf_token": token}, **kwargs)

    def csrf_token(self) -> str:
        """A token of this browser's session, read from the login page's or the front page's form."""
        for page in ("/account", "/login"):
            if found := _CSRF.search(self.get(page, follow_redirects=True).text):
                return found.group(1)
        raise AssertionError("no page showed a CSRF token")


class ApiClient:
    """A program with a person's token."""

    def __init__(self, app: Flask, actor: Actor | None):
        self.client = app.test_client()
        self.headers = {}
        if actor is not None:
            user = session.get_one(User, actor.user_id)
            token = create_token(user, name="test", organisation_id=actor.organisation_id)
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: Any) -> TestResponse:
        """GET /api/v1…"""
        return self.client.get(f"/api/v1{path}", headers=self.headers, query_string=query)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> TestResponse:
        """POST /api/v1…, with an Idempotency-Key when one is given."""
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(f"/api/v1{path}", json={} if body is None else body, headers=headers)

    def patch(self, path: str, body: Any) -> TestResponse:
        """PATCH /api/v1…"""
        return self.client.patch(f"/api/v1{path}", json=body, headers=self.headers)
