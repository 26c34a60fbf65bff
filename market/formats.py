"""How money, numbers, days and moments are written for people.

Money and numbers follow the Indonesian rules in every language (dot for thousands, comma for decimals), for a
figure must look the same on the screen, the invoice and the bank's slip. Words follow the language asked for: those
for days, and those for millions, since the Indonesian "M" is a thousand million.
Nothing here knows about requests, so documents and mail use the same functions.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_timedelta

from market import clock
from market.clock import JAKARTA
from market.money import BasisPoints, Rupiah

Localised = Callable[..., str]
"""A format that takes a value and a language."""

NOTHING = "–"
"""What stands where there is no value."""

COMPACT_UNITS = ((10**12, "T"), (10**9, "M"), (10**6, "jt"), (10**3, "rb"))
ENGLISH_COMPACT_UNITS = ((10**12, "tn"), (10**9, "bn"), (10**6, "mn"), (10**3, "k"))
WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
GROUP_WORDS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun")


def number(value: int | None) -> str:
    """1234567 → "1.234.567"."""
    if value is None:
        return NOTHING
    sign = "−" if value < 0 else ""
    return sign + f"{abs(value):,}".replace(",", ".")


def decimal(value: Decimal | float | None) -> str:
    """1234.5 → "1.234,5", without zeros at the end."""
    if value is None:
        return NOTHING
    whole, _dot, rest = f"{abs(Decimal(str(value))):f}".partition(".")
    decimals = rest.rstrip("0")
    return ("−" if value < 0 else "") + number(int(whole)) + (f",{decimals}" if decimals else "")


def rupiah(amount: Rupiah | None) -> str:
    """1234567 → "Rp 1.234.567", with a space that does not break."""
    if amount is None:
        return NOTHING
    sign = "−" if amount < 0 else ""
    return f"{sign}Rp\u00a0{number(abs(amount))}"


def rupiah_compact(amount: Rupiah | None, locale: str = "id") -> str:
    """1500000 → "Rp 1,5 jt"; one decimal at most, cut and not rounded up, so that it never promises more."""
    if amount is None:
        return NOTHING
    sign = "−" if amount < 0 else ""
    for size, unit in COMPACT_UNITS if locale.startswith("id") else ENGLISH_COMPACT_UNITS:
        if abs(amount) >= size:
            whole, tenth = divmod(abs(amount) * 10 // size, 10)
            decimals = f",{tenth}" if tenth and whole < 100 else ""
            return f"{sign}Rp\u00a0{number(whole)}{decimals}\u00a0{unit}"
    return rupiah(amount)


def percent_bp(rate: BasisPoints | None) -> str:
    """500 → "5%", 250 → "2,5%"."""
    if rate is None:
        return NOTHING
    whole, hundredths = divmod(abs(rate), 100)
    decimals = f",{hundredths:02d}".rstrip("0") if hundredths else ""
    return f"{'−' if rate < 0 else ''}{number(whole)}{decimals}%"


def date_id(day: date | None, locale: str = "id") -> str:
    """21 November 2026. A moment is first brought to WIB."""
    return NOTHING if day is None else format_date(_day_of(day), "d MMMM y", locale=locale)


def date_short(day: date | None, locale: str = "id") -> str:
    """21 Nov 2026."""
    return NOTHING if day is None else format_date(_day_of(day), "d MMM y", locale=locale)


def time_id(moment: datetime | None) -> str:
    """14.00, in WIB."""
    return NOTHING if moment is None else f"{moment.astimezone(JAKARTA):%H.%M}"


def datetime_id(moment: datetime | None, locale: str = "id") -> str:
    """21 Nov 2026 14.00 WIB."""
    return NOTHING if moment is None else f"{date_short(moment, locale)} {time_id(moment)} WIB"


def relative_time(moment: datetime | None, locale: str = "id") -> str:
    """ "3 jam lalu" or "dalam 2 hari"; further away than 30 days, the day itself."""
    if moment is None:
        return NOTHING
    away = moment - clock.now()
    if abs(away) > timedelta(days=30):
        return date_short(moment, locale)
    if abs(away) < timedelta(minutes=1):
        return "baru saja" if locale.startswith("id") else "just now"
    words = format_timedelta(abs(away), threshold=1.5, locale=locale)
    if locale.startswith("id"):
        return f"dalam {words}" if away > timedelta() else f"{words} lalu"
    return f"in {words}" if away > timedelta() else f"{words} ago"


def iso(moment: date | None) -> str:
    """The machine-readable form for a `<time>` element: RFC 3339 in WIB, or the bare day."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return moment.astimezone(JAKARTA).isoformat(timespec="seconds")
    return moment.isoformat()


def terbilang(amount: int) -> str:
    """The number in Indonesian words: 1001000 → "satu juta seribu". Raises ValueError below zero or from 10**21."""
    if amount < 0 or amount >= 1000 ** len(GROUP_WORDS):
        raise ValueError(f"cannot write {amount} in words")
    if amount == 0:
        return WORDS[0]
    groups = []
    for group_word in GROUP_WORDS:
        amount, group = divmod(amount, 1000)
        if group:
            groups.append(_group_in_words(group, group_word))
    return " ".join(reversed(groups))


def initials(name: str) -> str:
    """Two letters that stand for a person: "Siti Aminah" → "SA"."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


LOCALISED: tuple[Localised, ...] = (rupiah_compact, date_id, date_short, datetime_id, relative_time)
"""The formats that have words in them, and so depend on the language."""

UNIVERSAL: tuple[Callable[..., Any], ...] = (
    number,
    decimal,
    rupiah,
    percent_bp,
    time_id,
    iso,
    terbilang,
    initials,
)
"""The formats that look the same in every language."""


def _day_of(day: date) -> date:
    return day.astimezone(JAKARTA).date() if isinstance(day, datetime) else day


def _group_in_words(group: int, group_word: str) -> str:
    if group == 1 and group_word == "ribu":
        return "seribu"
    return f"{_below_thousand(group)} {group_word}".rstrip()


def _below_thousand(value: int) -> str:
    if value < 12:
        return WORDS[value]
    if value < 20:
        return f"{WORDS[value - 10]} belas"
    if value < 100:
        return _joined(f"{WORDS[value // 10]} puluh", value % 10)
    hundreds = "seratus" if value < 200 else f"{WORDS[value // 100]} ratus"
    return _joined(hundreds, value % 100)


def _joined(head: str, rest: int) -> str:
    return f"{head} {_below_thousand(rest)}" if rest else head
