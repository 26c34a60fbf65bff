"""What one cell says, however Indonesians and Excel write it. Each function raises Invalid at its field."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from catalog.products import rules
from catalog.products.details import TierDetails
from catalog.products.units import find_unit
from market.errors import Invalid

NUMBER = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,0{1,2}|,-)?|([0-9]+)(?:,0{1,2}|,-|\.0{1,2})?")
"""1.500 or 1500, perhaps with a fraction that is nothing: 1.500,00 or 1.500,- or 1500.0"""

DECIMAL = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]{1,6}))?|([0-9]+)\.([0-9]{1,2})")
"""1.234,5 or 1234,5; a dot with one or two digits behind it can be no thousand: 2.5"""

CURRENCY = re.compile(r"^rp\.?\s*", re.IGNORECASE)
LONGEST_NUMBER = 30
SHOWN = 40
"""Letters of a cell that are repeated to the person."""

GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
"""A text that begins so is taken for a formula, so it is written with an apostrophe before it."""

_PART = re.compile(r"(?:\\[\\;:\n]|[^;\n])+")
_NAME = re.compile(r"((?:\\[\\;:\n]|[^:])*):(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\;:\n])")
_SPECIAL = re.compile(r"([\\;:\n])")


def guard(text: str) -> str:
    """A text as it is written into a file that Excel opens: never a formula."""
    if text.startswith(GUARDED[:-1]) or (text.startswith("'") and text[1:].startswith(GUARDED)):
        return f"'{text}"
    return text


def unguard(text: str) -> str:
    """The text that `guard` wrote."""
    return text[1:] if text.startswith("'") and text[1:].startswith(GUARDED) else text


def read_text(field: str, text: str) -> str:
    """A text within its longest length."""
    text = unguard(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    rules.require_text(field, text, rules.TEXTS[field])
    return text


def read_number(field: str, text: str) -> int:
    """A whole number as Indonesians and Excel write it. "15,000" could be fifteen: it is asked about, not guessed."""
    value = _whole(field, text)
    rules.require_number(field, value, *rules.NUMBERS[field])
    return value


def read_number_or_none(field: str, text: str) -> int | None:
    """As `read_number`; 0 says that there is none."""
    return None if _whole(field, text) == 0 else read_number(field, text)


def read_decimal(field: str, text: str) -> Decimal:
    """A number with a fraction, written the Indonesian way: 1.234,5."""
    match = DECIMAL.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if match is None:
        raise Invalid(_('tulis angka, misalnya 2,5 atau 1.200, bukan "%(text)s".', text=text[:SHOWN]), field=field)
    whole, fraction = (match[1], match[2]) if match[1] else (match[3], match[4])
    try:
        return Decimal(f"{whole.replace('.', '')}.{fraction or 0}").normalize()
    except InvalidOperation as error:
        raise Invalid(_("angka ini terlalu besar."), field=field) from error


def read_unit(field: str, text: str) -> str:
    """The code of a unit."""
    unit = find_unit(text)
    if unit is None:
        raise Invalid(_('"%(text)s" tidak dikenal.', text=text[:SHOWN]), field=field)
    return unit.code


def read_tiers(field: str, text: str) -> list[list[int]]:
    """Quantities and the price from each on: "10:2000; 50:1900"."""
    tiers = []
    for part in _PART.findall(text):
        quantity, colon, price = part.partition(":")
        if not colon:
            raise Invalid(_('tulis "jumlah:harga", misalnya "10:2000; 50:1900".'), field=field)
        tiers.append(TierDetails(_whole(field, quantity.strip()), _whole(field, price.strip())))
    rules.check({"tiers": tiers})
    return [list(tier) for tier in sorted(tiers)]


def write_tiers(tiers: list[list[int]]) -> str:
    """The text that `read_tiers` reads."""
    return "; ".join(f"{quantity}:{price}" for quantity, price in tiers)


def read_specification(field: str, text: str) -> list[list[str]]:
    """What is measured: "Bahan: Kraft; Ukuran: 20 cm"."""
    pairs = _read_pairs(field, text)
    rules.check({"specification": [(name, value) for name, value in pairs]})
    return pairs


def read_options(field: str, text: str) -> list[list[str]]:
    """What makes a variant: "Ukuran: L; Warna: Putih"."""
    pairs = _read_pairs(field, text)
    rules.check_options([(name, value) for name, value in pairs])
    return pairs


def read_content(field: str, text: str) -> str:
    """How much one unit holds, as a plain decimal."""
    content = read_decimal(field, text)
    rules.check_content(content)
    return format(content, "f")


def read_content_unit(field: str, text: str) -> str | None:
    """The code of the unit that contents are counted in."""
    return rules.content_unit_of(text)


def write_pairs(pairs: list[list[str]]) -> str:
    """The text that `read_pairs` reads."""
    return "; ".join(f"{_SPECIAL.sub(_escape, name)}: {_SPECIAL.sub(_escape, value)}" for name, value in pairs)


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[1]}"


def _read_pairs(field: str, text: str) -> list[list[str]]:
    return list(_pairs(field, unguard(text)))


def _pairs(field: str, text: str) -> Iterator[list[str]]:
    for part in _PART.findall(text.replace("\r\n", "\n")):
        match = _NAME.fullmatch(part)
        if match is None:
            if not part.strip():
                continue
            raise Invalid(_('tulis "nama: isi", misalnya "Bahan: Kraft; Ukuran: 20 cm".'), field=field)
        yield [_ESCAPED.sub(r"\1", half).strip() for half in match.groups()]


def _whole(field: str, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
        return int(text)
    written = "".join(CURRENCY.sub("", text).split())
    match = NUMBER.fullmatch(written) if len(written) <= LONGEST_NUMBER else None
    if match is None:
        raise Invalid(_('tulis angka bulat, misalnya 15.000, bukan "%(text)s".', text=text[:SHOWN]), field=field)
    return int((match[1] or match[2]).replace(".", ""))
