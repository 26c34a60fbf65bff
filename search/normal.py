"""One way of writing sizes, amounts and codes, for what sellers wrote and for what buyers type.

"20 × 20 × 15 cm" and "20x20x15", "A4 80 gsm" and "a4 80gsm", "0,5 mm" and "0.5mm", "M8 x 40" and "M8x40" are the same
to whoever buys them, and after `normal()` they are the same words. The documents of both engines and every question
pass through it, so that neither engine needs to know of spaces, commas and units. A word holds letters and digits only,
for these are what both engines keep together: 0,5 mm is written 0p5mm, 1/2 inci 1f2inch.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_UNITS: dict[str, tuple[str, ...]] = {
    "mm": ("milimeter", "millimeter"),
    "cm": ("centimeter", "sentimeter", "senti"),
    "m": ("meter", "metre", "mtr"),
    "mm2": ("mm persegi",),
    "cm2": ("cm persegi",),
    "m2": ("meter persegi", "m persegi", "sqm"),
    "m3": ("meter kubik", "m kubik", "kubik"),
    "inch": ("inci", "inchi", "inches", '"', "''"),
    "yard": ("yards", "yd", "yds"),
    "mikron": ("micron", "mikrometer", "mic", "μm"),
    "ml": ("mililiter", "milliliter", "cc"),
    "l": ("liter", "litre", "ltr", "lt"),
    "g": ("gram", "gr", "grm"),
    "kg": ("kilogram", "kilo", "kgs"),
    "ton": (),
    "oz": (),
    "gsm": ("gram/m2", "gr/m2", "g/m2"),
    "pct": ("persen", "percent", "%"),
    "v": ("volt",),
    "w": ("watt",),
    "pk": ("hp",),
    "gb": ("giga",),
    "bar": (),
    "kkal": ("kcal", "kalori"),
    "ply": ("lapis",),
    "s": (),
    "d": ("denier",),
}
"""Units that belong to the number before them, and how else they are written."""

_EQUAL: dict[str, tuple[str, Decimal]] = {
    "cm": ("mm", Decimal(10)),
    "mm": ("cm", Decimal("0.1")),
    "l": ("ml", Decimal(1000)),
    "ml": ("l", Decimal("0.001")),
    "kg": ("g", Decimal(1000)),
    "g": ("kg", Decimal("0.001")),
    "gsm": ("g", Decimal(1)),
}
"""What another would write instead: drawings measure in mm, and paper of 80 gsm is sold as paper of 80 gram."""

_MEANT = {spelling: unit for unit, others in _UNITS.items() for spelling in (unit, *others)}

_CODES = r"sus|ss|ispm|iso|din|jis|en|dn|pn|ral|md|ir|kn|cr"
"""Letters that are one code with the number after them: SUS 304, ISPM 15, DN 50."""

_COUNTED = (
    r"pcs|buah|biji|unit|set|pasang|lusin|kodi|gros|lembar|rim|buku|pak|boks|dus|karung|ikat|rol|roll|botol|porsi"
    r"|orang|rit"
)
"""Units that stay words of their own."""

_ANY_UNIT = "|".join(re.escape(unit) for unit in sorted(_MEANT, key=len, reverse=True))
_UNIT = rf"(?:{_ANY_UNIT})(?![^\W\d_])(?!\d)"
_UNIT_IN_SIZE = rf"(?:{_ANY_UNIT})(?=\s*x\s*\d|(?![^\W\d_])(?!\d))"
_NUMBER = (
    r"(?:\d{1,2}[\s-]\d/\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3})+(?![\d.])(?:,\d+)?"
    r"|\d++(?:[.,/]\d++(?![.,/]?\d)|[pf]\d++(?:f\d++)?)?)"
)

_PLAIN_WORDS = rf"(?P<plain> (?: (?!per\s|(?:{_CODES}|[afkmn])\s\d)[^\W\d_]++(?![\w-]) \W*+ )+ )"
"""Words of letters with what stands between them, up to the one that a number, a hyphen or "per" may belong to: most of
what people write, and nothing in it can be part of a size, an amount or a code."""

_AROUND_NUMBERS = rf"""
    (?P<each> per\s+(?=(?:{_ANY_UNIT}|{_COUNTED})(?![^\W_])) )
  | (?P<size> (?:m\s?(?=\d))? {_NUMBER}\s*(?:{_UNIT_IN_SIZE})? (?:\s*x\s*{_NUMBER}\s*(?:{_UNIT_IN_SIZE})?)+
        (?![^\W_]) )
  | (?P<amount> {_NUMBER}\s*{_UNIT} )
  | (?P<range> {_NUMBER}\s?[-–]\s?{_NUMBER}\s*{_UNIT} )
  | (?P<code> (?:{_CODES})[\s-]?\d+ (?![^\W_]|[.,/]\d)
        | (?:[mfkn]|a(?=[\s-]?[0-6]))[\s-]?\d{{1,2}} (?![^\W_]|[.,/]\d|\s*{_UNIT}) )
  | (?P<counted> {_NUMBER}(?=[^\W\d_]{{3}}) (?!\d*[^\W\d_]+\d) )
  | (?P<number> {_NUMBER}(?![^\W_]) )
  | (?P<joined> [^\W\d_]{{3,}}+(?={_NUMBER}\s*(?:x\s*{_NUMBER}|{_UNIT})) )
  | (?P<word> [^\W_]++(?:-[^\W_]++(?![.,]\d))* )
"""
_SCAN = re.compile(rf"(?=[^\W_]) (?: {_PLAIN_WORDS} | {_AROUND_NUMBERS} )", re.VERBOSE)
_LETTERS = re.compile(r"[^\W\d_]+")
_MEASURED = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{_ANY_UNIT})?")
_LETTERS_OR_DIGITS = re.compile(r"\d+(?:p\d+)?|[^\W\d_]+")
# What is looked for stands first: that is found faster than what stands before it.
_BETWEEN_LETTERS = re.compile(r"['’`](?<=[^\W\d_].)(?=[^\W\d_])")
_SIGNS = {"/": "\u2044", '"': "”″", "*": "×✕"}
_TIMES = re.compile(r"(?<=[\w\"'%])(\s*)\*(\s*)(?=ø?\d)")
_DIAMETER = re.compile(r"ø(?<![^\W\d_].)(?![^\W\d_])|⌀")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_THREAD_OR_PAPER = re.compile(r"[a-fkmn]\d{1,2}")
_LONGEST_WORD = 64
_LONGEST_NAME = 80

_AMOUNT = re.compile(rf"\d+(?:p\d+|f\d+)?(?:{_ANY_UNIT})?")


class Reading(NamedTuple):
    """What a text says, once read."""

    words: str
    """The text in small letters without signs, with every size, amount and code written in its one way."""
    letters: str
    """Its words without digits."""
    codes: tuple[str, ...]
    """Its other words: sizes, amounts and codes."""
    pieces: tuple[str, ...]
    """What those answer to besides: 20x20x15 cm to 20x20, 15 and 15cm, M8 x 40 to m8."""


class _Word(NamedTuple):
    """A word as both engines keep it, and what else it answers to: 20x20x15 also to 20, 15 and 20cm."""

    form: str
    also: tuple[str, ...] = ()


def read(text: str) -> Reading:
    """Read a text once, although several things are asked of it; names come again with many products."""
    return _read_name(text) if len(text) <= _LONGEST_NAME else _read_long(text)


def normal(text: str) -> str:
    """The normal words of a text, with a blank between them."""
    return read(text).words


def has_digit(word: str) -> bool:
    """Whether a word is a size, an amount or a code: it is never taken for one that is spelt nearly so."""
    return not word.isalpha() and any(map(str.isdigit, word))


def is_whole(word: str) -> bool:
    """Whether a word of `normal()` is an amount, a thread or a paper size, which is not the beginning of another."""
    return bool(_AMOUNT.fullmatch(word) or _THREAD_OR_PAPER.fullmatch(word))


def _read_afresh(text: str) -> Reading:
    plain = _plain(text)
    written, pieces = _scan(plain)
    more: list[str] = []
    while written != plain:  # what a sign kept apart may now be one: "A/4" is "a 4" and so "a4"
        plain = written
        written, more = _scan(plain)
    letters: list[str] = []
    codes: list[str] = []
    for word in written.split():
        (codes if has_digit(word) else letters).append(word)
    return Reading(written, " ".join(letters), tuple(codes), tuple(dict.fromkeys(pieces + more)))


_read_name = lru_cache(maxsize=20_000)(_read_afresh)
_read_long = lru_cache(maxsize=64)(_read_afresh)


def _scan(written: str) -> tuple[str, list[str]]:
    """The words of a text, and what they answer to besides."""
    words: list[str] = []
    also: list[str] = []
    for found in _SCAN.finditer(written):
        if found.lastgroup == "plain":
            words += _LETTERS.findall(found[0])
        else:
            stretch = _read_stretch(found.lastgroup or "word", found[0])
            words += stretch.words
            also += stretch.pieces
    return " ".join([word[:_LONGEST_WORD] for word in words]), also


class _Stretch(NamedTuple):
    """What one match of `_SCAN` says."""

    words: list[str]
    pieces: list[str]


@lru_cache(maxsize=5000)
def _read_stretch(kind: str, stretch: str) -> _Stretch:
    """Read one size, amount, code or word; what a name says is mostly said again in its description."""
    words = list(_READ[kind](stretch))
    return _Stretch([word.form for word in words], [piece[:_LONGEST_WORD] for word in words for piece in word.also])


def _plain(text: str) -> str:
    """Small letters without accents, and with one sign for each thing that has several."""
    text = text.casefold() if text.isascii() else _in_small_letters(text)
    text = _BETWEEN_LETTERS.sub("", text)
    if "*" in text:
        text = _TIMES.sub(r"\1x\2", text)
    return _DIAMETER.sub(" ", text).replace("ø", "o")


def _in_small_letters(text: str) -> str:
    for _time in range(2):  # a capital may hide an accent, and what is folded may have been composed
        text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join([letter for letter in text if not unicodedata.combining(letter)])
    for sign, others in _SIGNS.items():
        for other in others:
            text = text.replace(other, sign)
    return text


def _number(written: str) -> str:
    """A number without points for thousands, with p for the decimal comma and f for a fraction's stroke."""
    if "/" in written:
        return re.sub(r"[\s/-]", "f", written)
    whole, comma, decimals = written.partition(",")
    if _THOUSANDS.fullmatch(whole):
        whole = whole.replace(".", "")
    elif not comma:
        whole, _point, decimals = whole.partition(".")
    if "p" in whole:
        whole, _point, decimals = whole.partition("p")
    decimals = decimals.rstrip("0")
    return f"{whole}p{decimals}" if decimals else whole


def _size(written: str) -> Iterator[_Word]:
    """20 x 20 x 15 cm is one word without its unit; 50 cm x 300 m are two amounts, for the units differ."""
    measured = [(_number(each["number"]), _MEANT.get(each["unit"] or "")) for each in _MEASURED.finditer(written)]
    numbers, units = [number for number, _unit in measured], [unit for _number, unit in measured]
    together = "x".join(numbers)
    if written.startswith("m"):
        yield _Word(f"m{together}", (f"m{numbers[0]}", *numbers[1:]))
    elif len({unit for unit in units if unit}) > 1:
        yield from (_Word(f"{number}{unit or ''}", (together, number)) for number, unit in measured)
    else:
        yield _Word(together, tuple(_parts_of_size(numbers, units[-1])))


def _parts_of_size(numbers: Sequence[str], unit: str | None) -> Iterator[str]:
    if len(numbers) > 2:
        yield "x".join(numbers[:2])
    yield from numbers
    if unit:
        yield from (f"{number}{unit}" for number in numbers)
    if unit in ("cm", "mm") and not any("f" in number for number in numbers):
        yield "x".join(_in_other_unit(number, unit)[0] for number in numbers)


def _in_other_unit(number: str, unit: str) -> tuple[str, str]:
    """The same in the unit that others write: 0p5l is 500ml."""
    other, factor = _EQUAL[unit]
    exact = Decimal(number.replace("p", ".")) * factor
    return _number(f"{exact:f}".replace(".", ",")), other


def _range(written: str) -> Iterator[_Word]:
    """1–2 pk: both ends have the unit."""
    low, high = _MEASURED.finditer(written)
    unit = _MEANT[high["unit"]]
    for number in (_number(low["number"]), _number(high["number"])):
        yield _Word(f"{number}{unit}", (number,))


def _amount(written: str) -> Iterator[_Word]:
    for measured in _MEASURED.finditer(written):
        number, unit = _number(measured["number"]), _MEANT[measured["unit"]]
        equal = ("".join(_in_other_unit(number, unit)),) if unit in _EQUAL and "f" not in number else ()
        yield _Word(f"{number}{unit}", (number, *equal))


def _code(written: str) -> Iterator[_Word]:
    letters, digits = re.findall(r"[^\W\d_]+|\d+", written)
    yield _Word(letters + digits, (letters, digits) if len(letters) > 1 else ())


def _plain_number(written: str) -> Iterator[_Word]:
    yield _Word(_number(written))


def _word(written: str) -> Iterator[_Word]:
    """One word; a hyphenated one is a code where it has digits, and is said once where it is said twice."""
    pieces = written.split("-")
    if len(pieces) > 1 and has_digit(written) and len(pieces[0]) > 1 and pieces[0].isalpha():
        yield _Word("".join(pieces), tuple(pieces))
        return
    if len(pieces) == 2 and pieces[1] in (pieces[0], f"{pieces[0]}an"):
        pieces = pieces[:1]
    for piece in pieces:
        split = tuple(_LETTERS_OR_DIGITS.findall(piece))
        yield _Word(piece, split if len(split) == 2 else ())


def _nothing(_written: str) -> Iterator[_Word]:
    """ "Per kg" says no more than "kg"."""
    return iter(())


_READ = {
    "each": _nothing,
    "size": _size,
    "range": _range,
    "amount": _amount,
    "code": _code,
    "counted": _plain_number,
    "number": _plain_number,
    "joined": _word,
    "word": _word,
}
