"""Numbers as Indonesians type them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from market import formats
from market.web.fields import PercentField, RupiahField, WholeNumberField, read_percent, read_whole_number


@pytest.fixture(autouse=True)
def request_in_indonesian(gallery: Flask) -> Iterator[None]:
    with gallery.test_request_context():
        yield


class Line(Form):
    quantity = WholeNumberField(validators=[InputRequired("Isi jumlahnya.")], lowest=1, highest=8_000_000)
    price = RupiahField(validators=[Optional()])
    margin = PercentField(validators=[Optional()], highest=5_000)


def filled(**typed: str) -> Line:
    form = Line(MultiDict(typed))
    form.validate()
    return form


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1500", 1500),
        ("1.500", 1500),
        (" 1.234.567 ", 1_234_567),
        ("Rp 2.200", 2200),
        ("rp. 2200", 2200),
        ("007", 7),
        ("0", 0),
    ],
)
def test_dots_spaces_and_rp_are_understood(typed: str, value: int) -> None:
    assert read_whole_number(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        "1.5",
        "1,5",
        "15.00",
        "1,500",
        "1.2345",
        "abc",
        "",
        "1e3",
        "--1",
        "1.000.00",
        "٣",
        "²",
        "1" * 500,
        "0x10",
        "1_000",
        "NaN",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="angka bulat"):
        read_whole_number(typed)


@given(st.integers(0, 10**12))
def test_every_number_written_by_us_is_read_back_by_us(value: int) -> None:
    assert read_whole_number(formats.number(value)) == value
    assert read_whole_number(formats.rupiah(value)) == value


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reading(typed: str) -> None:
    try:
        value = read_whole_number(typed)
    except ValueError as refused:
        assert str(refused)
    else:
        assert 0 <= value <= 10**12


def test_the_sentence_names_the_bound_that_was_passed() -> None:
    assert filled(quantity="0")["quantity"].errors == ["Paling sedikit 1."]
    assert filled(quantity="-5")["quantity"].errors == ["Paling sedikit 1."]
    assert filled(quantity="8.000.001")["quantity"].errors == ["Paling banyak 8.000.000."]


def test_what_was_typed_stays_in_the_field_when_it_is_refused() -> None:
    form = filled(quantity="1,5")

    assert form.quantity.data is None
    assert 'value="1,5"' in form.quantity()


def test_a_known_value_is_shown_with_its_dots() -> None:
    assert 'value="1.234.567"' in Line(data={"price": 1_234_567}).price()


def test_an_empty_field_is_asked_for_where_it_must_be_filled() -> None:
    assert filled(quantity="")["quantity"].errors == ["Isi jumlahnya."]
    assert filled(quantity="5", price="").price.data is None


@pytest.mark.parametrize(
    ("typed", "rate"), [("2,5", 250), ("2.5", 250), ("5", 500), ("0,05", 5), ("12,34%", 1234), ("100", 10_000)]
)
def test_per_cent_is_kept_as_basis_points(typed: str, rate: int) -> None:
    assert read_percent(typed) == rate


@pytest.mark.parametrize("typed", ["2,555", "abc", "-1", "1.000,5", "", "٣"])
def test_a_rate_finer_than_a_basis_point_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="dua angka di belakang koma"):
        read_percent(typed)


def test_a_rate_outside_its_bounds_is_refused_with_the_bounds() -> None:
    assert filled(quantity="1", margin="60").margin.errors == ["Isi antara 0% dan 50%."]


def test_a_known_rate_is_shown_without_its_sign() -> None:
    assert 'value="2,5"' in Line(data={"margin": 250}).margin()
