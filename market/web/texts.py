"""Texts that no table can keep are refused at the door, whatever page they are meant for."""

from itertools import chain

from flask import Flask, abort, request


def init_app(app: Flask) -> None:
    """Answer 400 to an address, query or form with a NUL in it: PostgreSQL knows no such text, and no person types one.

    JSON is left to the schemas, which name the field that is wrong.
    """

    def refuse_nul() -> None:
        values = chain([request.path], *request.args.listvalues())
        if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
            values = chain(values, *request.form.listvalues())
        if any("\x00" in value for value in values):
            abort(400)

    app.before_request(refuse_nul)
