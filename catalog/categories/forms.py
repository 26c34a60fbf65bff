"""Forms of what a category asks for, and of the category itself."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from catalog.categories import limits
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import Category, CategoryAttribute
from catalog.categories.operations import AttributeDetails, CategoryDetails


class AttributeForm(FlaskForm):
    """What is asked for: its name, and what depends on its kind."""

    name = StringField(_l("Nama isian"), [InputRequired(_l("Isi namanya.")), Length(max=limits.LONGEST_NAME)])
    name_en = StringField(_l("Nama dalam bahasa Inggris"), [Length(max=limits.LONGEST_NAME)])
    unit = StringField(_l("Satuan"), [Length(max=limits.LONGEST_UNIT)])
    choices = TextAreaField(_l("Pilihan"), [Length(max=limits.MOST_CHOICES * (limits.LONGEST_CHOICE + 2))])
    required = BooleanField(_l("Wajib diisi"))
    facet = BooleanField(_l("Jadikan saringan pencarian"), default=True)

    def details(self) -> AttributeDetails:
        """What was filled in."""
        return AttributeDetails(
            name=self.name.data or "",
            name_en=self.name_en.data or "",
            unit=self.unit.data or None,
            choices=_lines(self.choices.data),
            required=self.required.data,
            facet=self.facet.data,
        )


class NewAttributeForm(AttributeForm):
    """Something new to ask for, of a kind that then stays."""

    kind = RadioField(
        _l("Jenis isian"),
        choices=lambda: [SelectChoice(kind.value, kind.label) for kind in AttributeKind],
        default=AttributeKind.NUMBER.value,
    )

    @property
    def chosen_kind(self) -> AttributeKind:
        """The kind that was chosen."""
        return AttributeKind(self.kind.data)

    def validate_choices(self, field: TextAreaField) -> None:
        """A choice needs something to choose from."""
        if self.kind.data == AttributeKind.CHOICE and len(_lines(field.data)) < 2:
            raise ValidationError(_("Tulis paling sedikit dua pilihan."))


class CategoryForm(FlaskForm):
    """What a category is called, and its codes."""

    name = StringField(_l("Nama kategori"), [InputRequired(_l("Isi namanya.")), Length(max=limits.LONGEST_NAME)])
    name_en = StringField(
        _l("Nama dalam bahasa Inggris"), [InputRequired(_l("Isi namanya.")), Length(max=limits.LONGEST_NAME)]
    )
    unspsc = StringField(_l("Kode UNSPSC"), [Length(max=20)])
    kbli = StringField(_l("Kode KBLI 2020"), [Length(max=250)])

    def details(self) -> CategoryDetails:
        """What was filled in."""
        return CategoryDetails(
            self.name.data or "", self.name_en.data or "", self.unspsc.data or None, self.kbli.data or ""
        )


def attribute_values(attribute: CategoryAttribute) -> dict[str, Any]:
    """What stands in the form of an attribute that is there."""
    return {
        "name": attribute.name,
        "name_en": "" if attribute.name_en == attribute.name else attribute.name_en,
        "unit": attribute.unit,
        "choices": "\n".join(attribute.choices),
        "required": attribute.required,
        "facet": attribute.facet,
    }


def category_values(category: Category) -> dict[str, Any]:
    """What stands in the form of a category."""
    return {
        "name": category.name,
        "name_en": category.name_en,
        "unspsc": category.unspsc,
        "kbli": ", ".join(category.kbli),
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
