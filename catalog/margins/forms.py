"""The form of a margin."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from catalog.products.choices import category_choices
from market.web.fields import PercentField

EVERYTHING, CATEGORY, SELLER = "everything", "category", "seller"


class MarginForm(FlaskForm):
    """How much, of what, and from when on."""

    of = RadioField(
        _l("Berlaku untuk"),
        choices=lambda: [
            SelectChoice(EVERYTHING, _("Semua produk")),
            SelectChoice(CATEGORY, _("Satu kategori dan semua di bawahnya")),
            SelectChoice(SELLER, _("Satu penjual")),
        ],
        default=EVERYTHING,
    )
    category = SelectField(_l("Kategori"), choices=category_choices, default="")
    seller = SelectField(_l("Penjual"), default="")
    rate = PercentField(_l("Marjin"), [InputRequired(_l("Isi marjinnya; 0 bila tanpa marjin."))])
    valid_from = DateField(_l("Mulai"), [InputRequired(_l("Pilih hari pertama."))])
    valid_until = DateField(_l("Sampai"), [Optional()])

    def validate_category(self, field: SelectField) -> None:
        """A margin of a category names one."""
        if self.of.data == CATEGORY and not field.data:
            raise ValidationError(_("Pilih kategori."))

    def validate_seller(self, field: SelectField) -> None:
        """A margin of a seller names one."""
        if self.of.data == SELLER and not field.data:
            raise ValidationError(_("Pilih penjual."))

    @property
    def chosen_category(self) -> str | None:
        """The category's slug, when the margin is of a category."""
        return self.category.data if self.of.data == CATEGORY else None

    @property
    def chosen_seller(self) -> int | None:
        """The seller's id, when the margin is of a seller."""
        return int(self.seller.data) if self.of.data == SELLER else None
