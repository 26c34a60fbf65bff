"""The fields of what a category asks for: there are other ones for each category."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import Length, ValidationError

from catalog.categories.attributes import field_of, read_value, typed
from catalog.categories.kinds import AttributeKind
from catalog.categories.limits import LONGEST_TEXT
from catalog.categories.models import CategoryAttribute
from market.errors import Invalid


class Readable:
    """A validator that wants what was typed to be a value of the attribute."""

    def __init__(self, attribute: CategoryAttribute):
        self.attribute = attribute

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Raises ValidationError with the sentence of the rule."""
        try:
            read_value(self.attribute, field.data)
        except Invalid as error:
            raise ValidationError(str(error)) from error


class AsksForAttributes(FlaskForm):
    """A form that asks for what the chosen category wants to know, once it is told by `ask`."""

    def __init__(self, *args: Any, **kwargs: Any):
        self.asked: list[CategoryAttribute] = []
        super().__init__(*args, **kwargs)

    def ask(self, attributes: Iterable[CategoryAttribute], present: Mapping[str, Any]) -> None:
        """Add a field for each, filled with what is present or was typed."""
        self.asked = list(attributes)
        sent = request.form if self.is_submitted() else None
        for attribute in self.asked:
            name, value = field_of(attribute.key), present.get(attribute.key)
            BaseForm.__setitem__(self, name, _field(attribute, value))  # Form has no fields but those of its class
            self[name].process(sent, "" if value is None else typed(attribute, value))

    @property
    def attribute_fields(self) -> list[tuple[CategoryAttribute, Field]]:
        """What is asked for, each with its field."""
        return [(attribute, self[field_of(attribute.key)]) for attribute in self.asked]

    def attributes(self) -> dict[str, str | None]:
        """What was filled in, as it was typed."""
        return {attribute.key: field.data or None for attribute, field in self.attribute_fields}


def _field(attribute: CategoryAttribute, value: Any) -> Any:
    if attribute.kind is AttributeKind.CHOICE:
        return SelectField(attribute.label, choices=_choices(attribute, value))
    if attribute.kind is AttributeKind.YES_NO:
        answers = [SelectChoice("", "–"), SelectChoice("ya", _("Ya")), SelectChoice("tidak", _("Tidak"))]
        return SelectField(attribute.label, choices=answers)
    return StringField(attribute.label, [Length(max=LONGEST_TEXT), Readable(attribute)])


def _choices(attribute: CategoryAttribute, value: Any) -> list[SelectChoice]:
    """Nothing, and what is offered; what was chosen when it was still offered can stay."""
    former = [value] if isinstance(value, str) and value not in attribute.choices else []
    return [SelectChoice("", "–"), *(SelectChoice(text, text) for text in [*attribute.choices, *former])]
