"""Errors of rules, shown at the field of the form they concern."""

from flask import flash
from flask_wtf import FlaskForm

from market.errors import DomainError


def show_error(form: FlaskForm, error: DomainError, *, otherwise: str | None = None) -> None:
    """Put the sentence of `error` at its field; at the field `otherwise`, or as a message, when it names none."""
    name = error.field if error.field in form else otherwise
    if name is None:
        flash(str(error), "danger")
    else:
        form[name].errors = [*form[name].errors, str(error)]
