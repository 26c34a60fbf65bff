"""Form fields and validators for what organisations are known by."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from market.errors import Invalid
from market.organisations.districts import DISTRICTS
from market.organisations.identifiers import read_kbli
from market.organisations.kinds import BANKS

LONGEST_KBLI = 1000


class ReadAs:
    """A validator that reads what was typed and keeps it cleaned in `field.data`, such as the 16 digits of an NPWP."""

    def __init__(self, read: Callable[[str], str]):
        self.read = read

    def __call__(self, _form: Any, field: Field) -> None:
        """Raises ValidationError with the sentence of the rule."""
        try:
            field.data = self.read(field.data or "")
        except Invalid as error:
            raise ValidationError(str(error)) from error


class KbliField(StringField):
    """KBLI codes as people list them: "14111, 14120"; `data` is the list of codes."""

    data: list[str] | None

    def _value(self) -> str:
        """What stands in the input: what was typed, or else the codes."""
        return str(self.raw_data[0]) if self.raw_data else ", ".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError, which WTForms shows at the field."""
        try:
            self.data = read_kbli(valuelist[0][:LONGEST_KBLI]) if valuelist else []
        except Invalid as error:
            self.data = []
            raise ValueError(str(error)) from error


def district_field(label: Any, *, optional: bool = False) -> SelectField:
    """A choice of kecamatan, grouped by kabupaten or kota."""
    nothing = [SelectChoice("", _l("Pilih kecamatan"))] if not optional else [SelectChoice("", "–")]
    choices = [SelectChoice(d.code, d.name, optgroup=d.regency) for d in DISTRICTS]
    return SelectField(label, [] if optional else [Chosen(_l("Pilih kecamatan."))], choices=[*nothing, *choices])


def bank_field(label: Any) -> SelectField:
    """A choice of bank."""
    choices = [SelectChoice("", _l("Pilih bank")), *(SelectChoice(code, name) for code, name in BANKS.items())]
    return SelectField(label, [Chosen(_l("Pilih bank."))], choices=choices)


class Chosen:
    """A validator that wants something chosen."""

    field_flags = {"required": True}

    def __init__(self, message: Any):
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        """Raises ValidationError when nothing was chosen."""
        if not field.data:
            raise ValidationError(str(self.message))
