"""Puts the sandbox's three faces together: the API, the payment page, the hooks for tests."""

from flask import Flask

from sandbox.account import Account
from sandbox.api import api, register_errors
from sandbox.control import control
from sandbox.page import page


def create_app(account: Account) -> Flask:
    """A WSGI application that plays this account."""
    app = Flask(__name__)
    app.extensions["account"] = account
    for face in (api, control, page):
        app.register_blueprint(face)
    register_errors(app)
    return app
