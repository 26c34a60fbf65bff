"""What answers tell the browser it may do."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.config import Settings
from market.web import headers

LOCAL = Settings.from_environment({"SECRET_KEY": "x", "DATABASE_URL": "postgresql://nowhere/none"})


def directives(policy: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_only_our_own_scripts_and_styles_run(client: FlaskClient) -> None:
    policy = directives(client.get("/gallery/list").headers["Content-Security-Policy"])

    assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)


def test_a_form_may_lead_to_stripe_and_to_the_configured_sandbox() -> None:
    with_sandbox = replace(LOCAL, stripe_api_base="http://127.0.0.1:8420/v1")

    assert directives(headers.content_security_policy(LOCAL))["form-action"] == "'self' https://checkout.stripe.com"
    assert directives(headers.content_security_policy(with_sandbox))["form-action"].endswith(" http://127.0.0.1:8420")


@pytest.mark.parametrize("path", ["/gallery/list", "/nowhere", "/gallery/refused"])
def test_pages_and_errors_carry_the_same_protection(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(("address", "told"), [("http://127.0.0.1:8000", False), ("https://pasok.example", True)])
def test_https_is_made_lasting_only_where_the_site_is_on_https(address: str, told: bool) -> None:
    app = Flask(__name__)
    headers.init_app(app, replace(LOCAL, base_url=address))

    assert ("Strict-Transport-Security" in app.test_client().get("/").headers) is told
