"""The fields of what one sold unit holds: 24 pieces in a carton, 25 kg in a sack."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.widgets import TextInput

from catalog.categories.attributes import read_number
from catalog.products import rules
from catalog.products.choices import content_unit_choices
from market import formats
from market.errors import Invalid


class AmountField(Field):
    """How much of something, in decimals with comma or dot; `data` is None when nothing was typed."""

    widget = TextInput()
    data: Decimal | None

    def _value(self) -> str:
        """What stands in the input: what was typed, or else the amount."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else formats.decimal(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError, which WTForms shows at the field."""
        written = valuelist[0].strip() if valuelist else ""
        self.data = None
        if written:
            self.data = _read(written)


class SaysContent(FlaskForm):
    """A form in which a seller may say what one unit holds."""

    content = AmountField(_l("Isi satu satuan"))
    content_unit = SelectField(_l("Satuan isi"), choices=content_unit_choices, default="")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether all is right, and both or neither are there."""
        sound = super().validate(extra_validators)
        if self.content is None:  # each variant says its own
            return sound
        if self.content_unit.data and self.content.data is None and not self.content.errors:
            self.content.errors = [_("Isi juga jumlahnya, atau kosongkan satuan isinya.")]
            return False
        return sound


def _read(written: str) -> Decimal:
    try:
        amount = read_number(written) if len(written) <= 30 else None
    except ValueError:
        amount = None
    if amount is None:
        raise ValueError(_("Tulis angka, misalnya 24 atau 2,5."))
    try:
        rules.check_content(amount)
    except Invalid as error:
        raise ValueError(str(error)) from error
    return amount
