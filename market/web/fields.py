"""Form fields for whole numbers, rupiah and per cent, read as Indonesians write them.

"1.234.567" and "1234567" are the same number. "1.5" and "1,5" are refused and never read as fifteen or as one and a
half thousand: with quantities and money, a guess is worse than a question.
"""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import TextInput

from market import formats

TRILLION = 10**12
WHOLE = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)")
CURRENCY = re.compile(r"^Rp\.?\s*", re.IGNORECASE)
PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")
LONGEST = 30


def read_whole_number(text: str, *, lowest: int = 0, highest: int = TRILLION) -> int:
    """The number a person typed. Raises ValueError with a sentence fit to show."""
    cleaned = CURRENCY.sub("", text.strip()).replace(" ", "").replace("\u00a0", "")
    if len(cleaned) > LONGEST or not cleaned.isascii() or not WHOLE.fullmatch(cleaned):
        raise ValueError(_("Tulis angka bulat, misalnya 1.500."))
    value = int(cleaned.replace(".", ""))
    if value < lowest:
        raise ValueError(_("Paling sedikit %(lowest)s.", lowest=formats.number(lowest)))
    if value > highest:
        raise ValueError(_("Paling banyak %(highest)s.", highest=formats.number(highest)))
    return value


def read_percent(text: str, *, lowest: int = 0, highest: int = 10_000) -> int:
    """A rate in basis points from what a person typed: "2,5" is 250. Raises ValueError with a sentence fit to show."""
    match = PERCENT.fullmatch(text.strip()) if text.isascii() else None
    if match is None:
        raise ValueError(_("Tulis persen dengan paling banyak dua angka di belakang koma, misalnya 2,5."))
    rate = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if not lowest <= rate <= highest:
        lowest_words, highest_words = formats.percent_bp(lowest), formats.percent_bp(highest)
        raise ValueError(_("Isi antara %(lowest)s dan %(highest)s.", lowest=lowest_words, highest=highest_words))
    return rate


class WholeNumberField(Field):
    """A whole number between `lowest` and `highest`; `data` is an int or None when nothing was typed."""

    widget = TextInput()
    data: int | None

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Any] | None = None,
        *,
        lowest: int = 0,
        highest: int = TRILLION,
        **options: Any,
    ):
        super().__init__(label, validators, **options)
        self.lowest = lowest
        self.highest = highest

    def _value(self) -> str:
        """What stands in the input: what was typed, or else the value with its dots."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError, which WTForms shows at the field."""
        typed = valuelist[0] if valuelist else ""
        self.data = None
        if typed.strip():
            self.data = self.read(typed)

    def read(self, typed: str) -> int:
        """The value of what was typed."""
        return read_whole_number(typed, lowest=self.lowest, highest=self.highest)

    def written(self, value: int) -> str:
        """The value as a person would type it."""
        return formats.number(value).replace("−", "-")


class RupiahField(WholeNumberField):
    """An amount in whole rupiah; "Rp" before it is allowed."""


class PercentField(WholeNumberField):
    """A rate in per cent, held as basis points: "2,5" is 250."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] | None = None, *, highest: int = 10_000, **options: Any
    ):
        super().__init__(label, validators, highest=highest, **options)

    def read(self, typed: str) -> int:
        """The rate in basis points."""
        return read_percent(typed, lowest=self.lowest, highest=self.highest)

    def written(self, value: int) -> str:
        """Without the sign, which stands beside the field."""
        return formats.percent_bp(value).rstrip("%")
