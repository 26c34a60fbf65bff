"""One way of writing sizes, amounts and codes."""

import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.config import ROOT
from search import normal as reading
from search.evaluation.judged import read_judged
from search.normal import has_digit, is_whole, normal, read

NUMBERS = st.integers(1, 9999)
UNITS = st.sampled_from(["mm", "cm", "m", "kg", "g", "ml", "l", "gsm", "inch", "yard", "mikron", "oz", "ton"])
SPACES = st.sampled_from(["", " ", "  "])
TIMES = st.sampled_from(["x", "X", "×", "*"])
ODDITIES = st.text(alphabet="0123456789 .,/-–x×*mMcklgG%\"'’ØøaABsSdfpnNUu½²Éß", max_size=16)
TRADE = (
    "per kg Kardus kardus-kardus m 8 sus 304 iso SS x × * 20 cm mm2 - , . / meter persegi lapis 1/2 kk-p-20 dan 1.000,5"
    " % \" '' sayur-sayuran pack12 A 4 f4 ø d' x5 _ rim pcs per-kg s"
)
PARTS_OF_TEXTS = st.lists(st.sampled_from([*TRADE.split(), " ", "\n"]), max_size=14)


@pytest.mark.parametrize(
    ("ways", "written"),
    [
        (["20x20x15", "20 x 20 x 15", "20X20X15", "20 × 20 × 15 cm", "20cm x 20cm x 15cm", "20*20*15"], "20x20x15"),
        (["M8x40", "M8 x 40", "m8 × 40 mm", "M 8 x 40"], "m8x40"),
        (["A4 80gsm", "A4 80 gsm", "a4 80 GSM", "A4 80 gram/m2", "A 4 80 g/m²"], "a4 80gsm"),
        (["100 ml", "100ml", "100 ML", "100 mililiter", "100 cc"], "100ml"),
        (["1/2 inch", "1/2inch", "½ inci", '1/2"', "1/2''"], "1f2inch"),
        (["1 1/2 inci", "1-1/2 inch", '1 ½"'], "1f1f2inch"),
        (["0,5 mm", "0.5 mm", "0,5mm", "0.50 mm"], "0p5mm"),
        (["1.800 m", "1800 meter", "1800m"], "1800m"),
        (["48 mm x 90 yard", "48mm x 90yard", "48MMx90YARD"], "48mm 90yard"),
        (["1–2 PK", "1-2 pk", "1 - 2 HP"], "1pk 2pk"),
        (["70%", "70 %", "70 persen"], "70pct"),
        (["N95", "N 95", "n-95"], "n95"),
        (["K3", "K 3"], "k3"),
        (["SUS 304", "SUS304", "sus-304"], "sus304"),
        (["Ø60 x 400 mm", "60x400"], "60x400"),
        (["KK-P-201515", "kk-p-201515"], "kkp201515"),
        (["3 ply", "3ply", "3 lapis"], "3ply"),
        (["12 pcs", "12pcs"], "12 pcs"),
        (["lakban 48mm", "lakban48mm", "LAKBAN 48 MM"], "lakban 48mm"),
        (["kardus-kardus", "Kardus"], "kardus"),
        (["sayur-sayuran", "sayur"], "sayur"),
        (["harga per kg", "harga kg"], "harga kg"),
        (["Jum'at", "jumat"], "jumat"),
        (["café", "cafe"], "cafe"),
    ],
)
def test_what_is_written_in_several_ways_is_the_same(ways, written):
    assert {normal(way) for way in ways} == {written}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20x20x15", "20x20x12"),
        ("M8", "M10"),
        ("0,5 mm", "5 mm"),
        ("1.800 m", "1,8 m"),
        ("1/2 inci", "12 inci"),
        ("pengemasan", "emas"),
        ("percetakan", "cetak"),
        ("80 gsm", "80 g"),
        ("A4", "A5"),
    ],
)
def test_what_is_different_stays_different(one, other):
    assert normal(one) != normal(other)


def word_by_word(text):
    """The text as it is read when every word is looked at alone."""
    alone = re.compile(reading._AROUND_NUMBERS, re.VERBOSE)
    with mock.patch.object(reading, "_SCAN", alone):
        return reading._read_afresh(text)


@given(st.one_of(st.text(max_size=40), ODDITIES, PARTS_OF_TEXTS.map(" ".join), PARTS_OF_TEXTS.map("".join)))
def test_plain_words_read_at_once_are_read_as_one_by_one(text):
    assert reading._read_afresh(text) == word_by_word(text)


def test_the_texts_of_the_trade_are_read_at_once_as_one_by_one():
    texts = {judged.q for judged in read_judged()}
    texts |= {line for file in (ROOT / "demo").rglob("*.toml") for line in file.read_text("utf-8").splitlines()}
    assert len(texts) > 2000
    assert [text for text in sorted(texts) if reading._read_afresh(text) != word_by_word(text)] == []


def test_affixes_are_left_alone():
    assert normal("pengemasan gantungan kacanya") == "pengemasan gantungan kacanya"


@given(st.one_of(ODDITIES, st.text(max_size=24)))
def test_what_is_written_so_already_is_left_as_it_is(text):
    assert normal(normal(text)) == normal(text)


@given(st.lists(NUMBERS, min_size=2, max_size=3), st.sampled_from(["", "mm", "cm"]), SPACES, SPACES, TIMES)
def test_spaces_signs_and_units_do_not_change_a_size(numbers, unit, before, after, times):
    written = f"{before}{times}{after}".join(f"{number}" for number in numbers)
    assert normal(f"{written}{before}{unit}") == "x".join(str(number) for number in numbers)
    assert normal(f"{written}{before}{unit}") == normal(f"{before}{times}{after}".join(f"{n}{unit}" for n in numbers))


@given(NUMBERS, st.integers(0, 99), UNITS, SPACES, st.sampled_from([",", "."]))
def test_spaces_and_the_decimal_sign_do_not_change_an_amount(whole, decimals, unit, space, sign):
    written = normal(f"{whole}{sign}{decimals:02d}{space}{unit}")
    assert written == normal(f"{whole},{decimals:02d} {unit.upper()}")
    assert " " not in written


@given(st.integers(1, 64), st.integers(1, 400), SPACES, TIMES)
def test_spaces_do_not_change_a_thread(thread, length, space, times):
    assert normal(f"M{space}{thread}{space}{times}{space}{length}{space}mm") == f"m{thread}x{length}"


def test_a_size_answers_to_its_parts_and_to_what_drawings_call_it():
    assert {"20x20", "20", "15", "15cm", "200x200x150"} <= set(read("20 x 20 x 15 cm").pieces)
    assert {"m8", "40"} <= set(read("M8 x 40").pieces)
    assert {"48x90", "48", "90"} <= set(read("48 mm x 90 yard").pieces)
    assert {"500g"} <= set(read("0,5 kg").pieces)
    assert {"80g", "80"} <= set(read("80 gsm").pieces)
    assert {"kk", "201515"} <= set(read("KK-P-201515").pieces)


def test_amounts_are_whole_words_and_sizes_may_go_on():
    assert all(is_whole(normal(text)) for text in ("4", "0,5", "48 mm", "1/2 inci", "M8", "A4", "70%"))
    assert not any(is_whole(normal(text)) for text in ("20x20", "KK-P-2015", "kardus", "SUS304"))


def test_sizes_amounts_and_codes_have_digits_and_words_have_none():
    assert all(has_digit(word) for word in ("20x20x15", "m8", "0p5mm", "k3"))
    assert not has_digit("kardus")


@pytest.mark.parametrize("text", ["", "   ", "—", "🙂", "&&&", "\x00"])
def test_what_has_no_word_is_nothing(text):
    assert normal(text) == ""


def test_a_word_without_end_is_cut():
    assert len(normal("a" * 5000)) == 64
