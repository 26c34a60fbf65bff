"""The values of attributes: read as people and programs write them, checked, and written for people.

A value is kept as a plain one, so that it can stand in a JSON column and in the search index: a number, a text, or
true and false. What cannot be read raises Invalid with a sentence at the field `attributes.KEY`.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from flask_babel import gettext as _

from catalog.categories import limits
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from market import formats
from market.db import storable
from market.errors import Invalid

Value = int | float | str | bool
Values = dict[str, Value]
"""Values by the keys of their attributes."""

YES = frozenset({"ya", "y", "iya", "yes", "true", "benar", "ada", "1", "v", "✓", "✔"})
NO = frozenset({"tidak", "tdk", "no", "n", "false", "salah", "bukan", "tanpa", "0", "✗"})

_NUMBER = re.compile(r"[-−]?\d[\d.,]*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+")
_SHOWN_TYPES: dict[AttributeKind, tuple[type, ...]] = {
    AttributeKind.NUMBER: (int, float),
    AttributeKind.CHOICE: (str,),
    AttributeKind.TEXT: (str,),
    AttributeKind.YES_NO: (bool,),
}


class Shown(NamedTuple):
    """A value with the name of what it is, as a page shows it: "Gramatur", "150 gsm"."""

    key: str
    label: str
    text: str


def field_of(key: str) -> str:
    """The field at which what is wrong with a value is said."""
    return f"attributes.{key}"


def read_value(attribute: CategoryAttribute, given: Any) -> Value | None:
    """The value that was typed, sent or imported; None where nothing was. Raises Invalid."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    try:
        return _READERS[attribute.kind](attribute, given)
    except ValueError as error:
        raise Invalid(str(error), field=field_of(attribute.key)) from error


def read_values(
    attributes: Iterable[CategoryAttribute], given: Mapping[str, Any], *, present: Mapping[str, Any] | None = None
) -> Values:
    """The values of a product in which `given` changes some of those `present`; a given nothing takes one away.

    Values that nobody asks for any more stay, and are on no page. Raises Invalid at the first that is wrong, or
    when something is given that nobody asks for.
    """
    asked = {attribute.key: attribute for attribute in attributes}
    values = dict(present or {})
    for key, text in given.items():
        if key not in asked:
            words = _("Kategori ini tidak mempunyai isian %(key)s.", key=key[: limits.LONGEST_NAME])
            raise Invalid(words, field="attributes")
        if isinstance(text, str) and text and values.get(key) == text:
            continue  # also a choice that is no longer offered may stay
        value = read_value(asked[key], text)
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    return values


def fitting(attributes: Iterable[CategoryAttribute], values: Mapping[str, Any]) -> Values:
    """Those values that these attributes ask for and that are of their kind, in the order of the attributes."""
    return {each.key: values[each.key] for each in attributes if each.key in values and _fits(each, values[each.key])}


def missing(attributes: Iterable[CategoryAttribute], values: Mapping[str, Any]) -> list[CategoryAttribute]:
    """Those that must be there before a product is submitted, and are not."""
    attributes = list(attributes)
    there = fitting(attributes, values)
    return [attribute for attribute in attributes if attribute.required and attribute.key not in there]


def shown(attributes: Iterable[CategoryAttribute], values: Mapping[str, Any]) -> list[Shown]:
    """The values as a page shows them, in the order of the attributes."""
    attributes = list(attributes)
    there = fitting(attributes, values)
    return [Shown(each.key, each.label, written(each, there[each.key])) for each in attributes if each.key in there]


def written(attribute: CategoryAttribute, value: Value) -> str:
    """One value for people: "150 gsm", "Ya"."""
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, str):
        return value
    return " ".join(filter(None, (formats.decimal(value), attribute.unit)))


def typed(attribute: CategoryAttribute, value: Value) -> str:
    """One value as it stands in a form's field or in a spreadsheet's cell, where the unit stands beside it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return value if isinstance(value, str) else formats.decimal(value)


def read_number(text: str) -> Decimal:
    """The number in "1.234,5", "40,5", "40.5" or "1,234.50"; a dot before three figures parts thousands.

    Raises ValueError, with no sentence of its own.
    """
    cleaned = text.replace("−", "-").replace(" ", "").replace("\u00a0", "")
    sign, digits = (-1, cleaned[1:]) if cleaned.startswith("-") else (1, cleaned)
    if not digits.isascii():
        raise ValueError
    if _ENGLISH.fullmatch(digits):
        digits = digits.replace(",", "")
    elif "," in digits or _THOUSANDS.fullmatch(digits):
        whole, comma, rest = digits.partition(",")
        if "." in whole and not _THOUSANDS.fullmatch(whole):
            raise ValueError
        digits = whole.replace(".", "") + comma.replace(",", ".") + rest
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        raise ValueError
    try:
        return sign * Decimal(digits)
    except InvalidOperation as error:
        raise ValueError from error


def _read_number(attribute: CategoryAttribute, given: Any) -> Value:
    if isinstance(given, bool):
        raise ValueError(_number_words(attribute))
    try:
        number = Decimal(str(given)) if isinstance(given, int | float | Decimal) else _written_number(attribute, given)
    except (InvalidOperation, ValueError, AttributeError) as error:
        raise ValueError(_number_words(attribute)) from error
    if not number.is_finite() or abs(number) > limits.HIGHEST_NUMBER:
        raise ValueError(_("Angka ini terlalu besar."))
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > limits.MOST_DECIMALS:
        raise ValueError(_("Paling banyak %(most)s angka di belakang koma.", most=limits.MOST_DECIMALS))
    return int(number) if number == number.to_integral_value() else float(number)


def _written_number(attribute: CategoryAttribute, text: str) -> Decimal:
    """The number in a text that may end in the attribute's unit, and in no other."""
    found = _NUMBER.match(text.strip()[:60])
    if found is None:
        raise ValueError
    behind = text.strip()[found.end() :].strip().casefold().rstrip(".")
    if behind not in ("", (attribute.unit or "").casefold().rstrip(".")):
        raise ValueError
    return read_number(found.group())


def _number_words(attribute: CategoryAttribute) -> str:
    if attribute.unit:
        return _("Tulis angkanya dalam %(unit)s, misalnya 12,5.", unit=attribute.unit)
    return _("Tulis angka, misalnya 12,5.")


def _read_choice(attribute: CategoryAttribute, given: Any) -> Value:
    wanted = _plain(given) if isinstance(given, str) else None
    for offered in attribute.choices:
        if _plain(offered) == wanted:
            return offered
    few = ", ".join(attribute.choices[:8]) + (" …" if len(attribute.choices) > 8 else "")
    raise ValueError(_("Pilih salah satu: %(choices)s.", choices=few))


def _read_text(_attribute: CategoryAttribute, given: Any) -> Value:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise ValueError(_("Tulis teks biasa."))
    text = " ".join(str(given).split()) if storable(str(given)) else None
    if text is None:
        raise ValueError(_("Ada huruf yang tidak dapat disimpan."))
    if len(text) > limits.LONGEST_TEXT:
        raise ValueError(_("Paling banyak %(longest)s huruf.", longest=limits.LONGEST_TEXT))
    return text


def _read_yes_no(_attribute: CategoryAttribute, given: Any) -> Value:
    if isinstance(given, bool):
        return given
    word = _plain(str(given)) if isinstance(given, str | int) else ""
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(_("Tulis ya atau tidak."))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _fits(attribute: CategoryAttribute, value: Any) -> bool:
    kinds = _SHOWN_TYPES[attribute.kind]
    return isinstance(value, kinds) and (isinstance(value, bool) is (attribute.kind is AttributeKind.YES_NO))


_READERS = {
    AttributeKind.NUMBER: _read_number,
    AttributeKind.CHOICE: _read_choice,
    AttributeKind.TEXT: _read_text,
    AttributeKind.YES_NO: _read_yes_no,
}
