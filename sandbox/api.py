"""The part of Stripe's API that the sandbox answers, under /v1: the list is `ROUTES`."""

import base64
import binascii
import hmac
import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from sandbox.account import Account, new_id
from sandbox.checkout import create_session, expire_session
from sandbox.customers import create_customer
from sandbox.errors import ApiError, NotAuthenticated
from sandbox.expansion import present
from sandbox.form import decode_form
from sandbox.idempotency import answer_once
from sandbox.lists import Operation, listing, read_account, read_balance, retrieve
from sandbox.objects import API_VERSION
from sandbox.parameters import Parameters
from sandbox.refunds import create_refund
from sandbox.store import StripeObject

api = Blueprint("api", __name__, url_prefix="/v1")

ROUTES: list[tuple[str, str, Operation]] = [
    ("GET", "/account", read_account),
    ("GET", "/balance", read_balance),
    ("GET", "/balance_transactions", listing("balance_transaction", "source", "type")),
    ("GET", "/balance_transactions/<id>", retrieve("balance_transaction")),
    ("GET", "/charges", listing("charge", "customer", "payment_intent")),
    ("GET", "/charges/<charge>", retrieve("charge", "charge")),
    ("POST", "/checkout/sessions", create_session),
    ("GET", "/checkout/sessions", listing("checkout.session", "customer", "payment_intent", "status")),
    ("GET", "/checkout/sessions/<session>", retrieve("checkout.session", "session")),
    ("POST", "/checkout/sessions/<session>/expire", expire_session),
    ("POST", "/customers", create_customer),
    ("GET", "/customers", listing("customer", "email")),
    ("GET", "/customers/<customer>", retrieve("customer", "customer")),
    ("GET", "/events", listing("event", "type")),
    ("GET", "/events/<id>", retrieve("event")),
    ("GET", "/payment_intents", listing("payment_intent", "customer")),
    ("GET", "/payment_intents/<intent>", retrieve("payment_intent", "intent")),
    ("GET", "/payment_methods/<payment_method>", retrieve("payment_method", "payment_method")),
    ("POST", "/refunds", create_refund),
    ("GET", "/refunds", listing("refund", "charge", "payment_intent")),
    ("GET", "/refunds/<refund>", retrieve("refund", "refund")),
]  # fmt: skip


def the_account() -> Account:
    """The account this server plays."""
    account: Account = current_app.extensions["account"]
    return account


def require_key() -> None:
    """Refuses whoever does not hold the account's API key, as a Bearer token or as Basic user name."""
    given = _given_key()
    if given is None:
        raise NotAuthenticated(
            "You did not provide an API key. You need to provide your API key in the Authorization header,"
            " using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
        )
    if not hmac.compare_digest(given.encode(), the_account().settings.api_key.encode()):
        raise NotAuthenticated(f"Invalid API Key provided: {given[:8]}****")


def show_refusal(error: ApiError) -> tuple[Response, int]:
    """Stripe's error envelope."""
    return jsonify(error.body()), error.status


def show_unknown_address(error: HTTPException) -> tuple[Response, int]:
    """An address or method that is not in `ROUTES`."""
    known = ApiError(
        f"Unrecognized request URL ({request.method}: {request.path}). This sandbox plays only a part of the API.",
        status=error.code or 500,
    )
    return show_refusal(known)


def _given_key() -> str | None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip() or None
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(credentials, validate=True).decode().partition(":")[0] or None
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def _view(operation: Operation) -> Callable[..., Response]:
    """Runs an operation in one transaction; a POST with an Idempotency-Key at most once."""

    def answer(**ids: str) -> Response:
        require_key()
        account = the_account()
        form = decode_form((request.form if request.method == "POST" else request.args).items(multi=True))
        with account.store.transaction():
            body, repeated = _carry_out(account, operation, form, ids)
        response = jsonify(body)
        if repeated:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    return answer


def _carry_out(
    account: Account, operation: Operation, form: dict[str, Any], ids: dict[str, str]
) -> tuple[StripeObject, bool]:
    def run() -> StripeObject:
        given = Parameters(form)
        expand = given.texts("expand")
        answer = operation(account, given, **ids)
        if answer["object"] == "list":
            answer |= {"data": [present(account.store, item) for item in answer["data"]]}
        return present(account.store, answer, expand)

    key = request.headers.get("Idempotency-Key")
    if request.method != "POST" or not key:
        return run(), False
    fingerprint = f"{request.path} {json.dumps(form, sort_keys=True)}"
    return answer_once(account, key, fingerprint, run)


@api.after_request
def _add_stripe_headers(response: Response) -> Response:
    response.headers["Request-Id"] = new_id("req", 14)
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", API_VERSION)
    if key := request.headers.get("Idempotency-Key"):
        response.headers["Idempotency-Key"] = key
    return response


for _method, _rule, _operation in ROUTES:
    api.add_url_rule(_rule, f"{_method} {_rule}", _view(_operation), methods=[_method])


def register_errors(app: Flask) -> None:
    """Answers refusals and unknown addresses the way Stripe does, everywhere on this server."""
    app.register_error_handler(ApiError, show_refusal)
    app.register_error_handler(404, show_unknown_address)
    app.register_error_handler(405, show_unknown_address)
