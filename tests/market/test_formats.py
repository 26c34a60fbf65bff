"""Money, numbers, days and words as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market import clock, formats

NOON = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
HARD_SPACE = "\u00a0"


def plain(text: str) -> str:
    return text.replace(HARD_SPACE, " ")


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "Rp 0"),
        (999, "Rp 999"),
        (1_234_567, "Rp 1.234.567"),
        (67_250_410_500, "Rp 67.250.410.500"),
        (-15_000, "−Rp 15.000"),
        (None, "–"),
    ],
)
def test_rupiah_has_dots_and_no_decimals(amount: int | None, written: str) -> None:
    assert plain(formats.rupiah(amount)) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (24, "24"),
        (1234.5, "1.234,5"),
        (Decimal("2.500"), "2,5"),
        (Decimal("1E+3"), "1.000"),
        (-18.5, "−18,5"),
        (0, "0"),
        (None, "–"),
    ],
)
def test_decimals_have_a_comma_and_no_idle_zeros(value: Decimal | float | None, written: str) -> None:
    assert formats.decimal(value) == written


def test_an_amount_is_never_broken_over_two_lines() -> None:
    assert " " not in formats.rupiah(1_000_000) + formats.rupiah_compact(1_500_000)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (950, "Rp 950"),
        (1_500, "Rp 1,5 rb"),
        (1_500_000, "Rp 1,5 jt"),
        (2_000_000, "Rp 2 jt"),
        (2_500_000_000, "Rp 2,5 M"),
        (1_200_000_000_000, "Rp 1,2 T"),
        (148_500_000, "Rp 148 jt"),
        (-1_500_000, "−Rp 1,5 jt"),
        (None, "–"),
    ],
)
def test_compact_rupiah_is_cut_to_what_can_be_read_at_a_glance(amount: int | None, written: str) -> None:
    assert plain(formats.rupiah_compact(amount)) == written


@pytest.mark.parametrize(
    ("amount", "written"), [(1_500, "Rp 1,5 k"), (1_500_000, "Rp 1,5 mn"), (2_500_000_000, "Rp 2,5 bn")]
)
def test_in_english_nobody_takes_a_thousand_million_for_a_million(amount: int, written: str) -> None:
    assert plain(formats.rupiah_compact(amount, "en")) == written


def test_a_compact_amount_never_promises_more_than_there_is() -> None:
    assert plain(formats.rupiah_compact(1_999_999)) == "Rp 1,9 jt"


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        (500, "5%"),
        (250, "2,5%"),
        (205, "2,05%"),
        (1_100, "11%"),
        (0, "0%"),
        (10_000, "100%"),
        (-250, "−2,5%"),
        (None, "–"),
    ],
)
def test_a_rate_in_basis_points_is_written_as_per_cent(rate: int | None, written: str) -> None:
    assert formats.percent_bp(rate) == written


def test_a_day_is_written_out() -> None:
    assert formats.date_id(date(2026, 11, 21)) == "21 November 2026"
    assert formats.date_id(date(2026, 8, 1)) == "1 Agustus 2026"
    assert formats.date_id(date(2026, 8, 1), "en") == "1 August 2026"


def test_a_moment_is_written_in_jakarta_time() -> None:
    assert formats.datetime_id(NOON) == "21 Nov 2026 14.00 WIB"
    assert formats.time_id(NOON) == "14.00"


def test_a_moment_late_in_the_evening_in_utc_is_the_next_day_in_jakarta() -> None:
    evening = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)

    assert formats.date_id(evening) == "22 November 2026"
    assert formats.iso(evening) == "2026-11-22T01:30:00+07:00"


@pytest.mark.parametrize(
    ("away", "written"),
    [
        (timedelta(seconds=-20), "baru saja"),
        (timedelta(minutes=-5), "5 menit lalu"),
        (timedelta(hours=-3), "3 jam lalu"),
        (timedelta(days=-2), "2 hari lalu"),
        (timedelta(days=2), "dalam 2 hari"),
        (timedelta(days=-31), "21 Okt 2026"),
    ],
)
def test_a_moment_is_told_from_now(away: timedelta, written: str) -> None:
    with clock.at(NOON):
        assert formats.relative_time(NOON + away) == written


def test_a_moment_is_told_in_english_where_english_was_chosen() -> None:
    with clock.at(NOON):
        assert formats.relative_time(NOON - timedelta(hours=3), "en") == "3 hours ago"
        assert formats.relative_time(NOON, "en") == "just now"


def test_what_is_not_known_is_a_dash() -> None:
    written = {formats.number(None), formats.date_id(None), formats.datetime_id(None), formats.relative_time(None)}

    assert written == {formats.NOTHING}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (15, "lima belas"),
        (100, "seratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_001_000, "satu juta seribu"),
        (2_015_500, "dua juta lima belas ribu lima ratus"),
        (1_000_001_000, "satu miliar seribu"),
        (2_000_000_000_000, "dua triliun"),
    ],
)
def test_terbilang_writes_an_amount_in_words(amount: int, words: str) -> None:
    assert formats.terbilang(amount) == words


@given(st.integers(0, 10**21 - 1))
def test_terbilang_can_be_read_back(amount: int) -> None:
    assert read_back(formats.terbilang(amount)) == amount


@pytest.mark.parametrize("amount", [-1, 10**21])
def test_terbilang_refuses_what_it_has_no_words_for(amount: int) -> None:
    with pytest.raises(ValueError, match="cannot write"):
        formats.terbilang(amount)


@pytest.mark.parametrize(
    ("name", "letters"), [("Siti Aminah", "SA"), ("Siti Nur Aminah", "SA"), ("Budi", "B"), ("", ""), ("  - x", "X")]
)
def test_a_person_is_known_by_two_letters(name: str, letters: str) -> None:
    assert formats.initials(name) == letters


def read_back(words: str) -> int:
    """Indonesian number words to the number, written independently of `terbilang`."""
    units = {word: value for value, word in enumerate(formats.WORDS)}
    sizes = {
        "ribu": 10**3,
        "juta": 10**6,
        "miliar": 10**9,
        "triliun": 10**12,
        "kuadriliun": 10**15,
        "kuintiliun": 10**18,
    }
    total = group = digit = 0
    for word in words.replace("seratus", "satu ratus").replace("seribu", "satu ribu").split():
        if word in units:
            digit = units[word]
        elif word == "belas":
            digit += 10
        elif word in ("puluh", "ratus"):
            group, digit = group + digit * (10 if word == "puluh" else 100), 0
        else:
            total, group, digit = total + (group + digit) * sizes[word], 0, 0
    return total + group + digit
