"""Who may go where: every route has a row in the matrix, and the application keeps to it."""

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter

from market.accounts.actor import Actor
from market.accounts.roles import Role
from tests.access_matrix import ANYBODY, API, EVERYBODY, PAGES
from tests.clients import ApiClient, PageClient
from tests.factories import make_actor, make_buyer, make_cooperative, make_platform, make_seller

PARTS_AWAY = frozenset({"health.readyz", "payments.stripe_webhook"})  # beside these tests run no worker and no Stripe


def everybody() -> dict[Role, Actor]:
    """One person for each role, in an organisation of the right kind."""
    seller, buyer, cooperative = make_seller(), make_buyer(), make_cooperative()
    homes = {
        Role.SELLER: seller,
        Role.BUYER: buyer,
        Role.APPROVER: buyer,
        Role.RECEIVING: buyer,
        Role.FINANCE: buyer,
        Role.ADMIN: cooperative,
        Role.TREASURER: cooperative,
        Role.PLATFORM: make_platform(),
    }
    return {role: make_actor(home, role) for role, home in homes.items()}


def routes(app: Flask) -> dict[str, list[tuple[str, str]]]:
    """Every endpoint with its methods and an address at which nothing is."""
    found: dict[str, list[tuple[str, str]]] = {}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {}
        for name, converter in rule._converters.items():
            if isinstance(converter, AnyConverter):
                values[name] = sorted(converter.items)[0]
            elif isinstance(converter, IntegerConverter):
                values[name] = 999_999_999
            else:
                values[name] = "tidak-ada"
        url = adapter.build(rule.endpoint, values, method=next(iter(rule.methods - {"OPTIONS", "HEAD"})))
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            found.setdefault(rule.endpoint, []).append((method, url))
    return found


def test_every_route_has_a_row_and_every_row_a_route(app):
    known = set(routes(app))
    listed = set(PAGES) | set(API)
    assert known - listed == set(), "new routes need a row in tests/access_matrix.py"
    assert listed - known == set(), "rows without a route"


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_pages_open_to_those_in_the_matrix_and_to_nobody_else(app, role):
    client: PageClient = app.test_client()
    token = client.csrf_token()
    if role:
        client.log_in(everybody()[role])
    for endpoint, calls in routes(app).items():
        if endpoint not in PAGES:
            continue
        allowed = PAGES[endpoint]
        for method, url in calls:
            answer = client.open(url, method=method, data={"csrf_token": token} if method == "POST" else None)
            where = f"{role} {method} {endpoint}: {answer.status_code}"
            assert answer.status_code < 500 or endpoint in PARTS_AWAY, where
            if allowed is ANYBODY or (role and (allowed is EVERYBODY or role in allowed)):
                assert answer.status_code not in (401, 403), where
                assert "/login" not in (answer.location or "") or endpoint == "accounts.logout", where
            elif role is None:
                assert answer.status_code == 302 and "/login" in answer.location, where
            else:
                assert answer.status_code == 403, where
        if endpoint == "accounts.logout" and role:
            client.log_in(everybody()[role])


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_calls_open_to_those_in_the_matrix_and_to_nobody_else(app, role):
    program = ApiClient(app, everybody()[role] if role else None)
    for endpoint, calls in routes(app).items():
        if endpoint not in API:
            continue
        allowed = API[endpoint]
        for method, url in calls:
            answer = program.client.open(url, method=method, headers=program.headers, json={})
            where = f"{role} {method} {endpoint}: {answer.status_code}"
            assert answer.status_code < 500, where
            if allowed is ANYBODY or (role and (allowed is EVERYBODY or role in allowed)):
                assert answer.status_code not in (401, 403), where
            elif role is None:
                assert answer.status_code in (401, 422), where
            else:
                assert answer.status_code in (403, 422), where
