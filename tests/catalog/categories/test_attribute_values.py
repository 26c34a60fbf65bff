"""Values of attributes: read as people and programs write them, and written for people."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.categories.attributes import fitting, missing, read_number, read_value, read_values, shown, typed
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from market.errors import Invalid

NUMBER, CHOICE, TEXT, YES_NO = AttributeKind


def asked(kind: AttributeKind, key: str = "isian", **more: Any) -> CategoryAttribute:
    return CategoryAttribute(
        **{"key": key, "name": key.capitalize(), "name_en": key, "kind": kind, "choices": [], "required": False, **more}
    )


GSM = asked(NUMBER, "gramatur", unit="gsm")
WALL = asked(CHOICE, "bahan", choices=["Single wall", "Double wall"], required=True)
COLOUR = asked(TEXT, "warna")
FOOD_GRADE = asked(YES_NO, "tara-pangan", required=True)
ALL = [GSM, WALL, COLOUR, FOOD_GRADE]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("150", 150),
        (" 150 gsm ", 150),
        ("150GSM", 150),
        ("1.500", 1500),
        ("1.500 gsm", 1500),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("40,5", 40.5),
        ("40.5", 40.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("-18", -18),
        ("−18,5", -18.5),
        (150, 150),
        (0, 0),
        (12.5, 12.5),
        (12.0, 12),
        (Decimal("2.50"), 2.5),
    ],
)
def test_a_number_is_read_as_people_write_it(written: Any, value: float) -> None:
    found = read_value(GSM, written)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "banyak",
        "150 g",
        "150 x 200",
        "1.5.0",
        "1,2,3",
        "12.34,5",
        ",5",
        "5,",
        "1.0005",
        "1e5",
        "٣",
        "gsm",
        True,
        [1],
        {},
        "1000000001",
        10**400,
        float("inf"),
        float("nan"),
        1e300,
        "9" * 400,
        "½",
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(written: Any) -> None:
    with pytest.raises(Invalid) as refused:
        read_value(GSM, written)
    assert refused.value.field == "attributes.gramatur"
    assert str(refused.value).endswith(".")


@given(st.decimals(min_value=-1_000_000, max_value=1_000_000, places=3))
def test_every_number_is_read_back_as_it_is_written(number: Decimal) -> None:
    value = read_value(GSM, number)
    assert value is not None
    assert read_value(GSM, typed(GSM, value)) == value


@given(st.text(max_size=20))
def test_no_text_upsets_the_reading_of_numbers(text: str) -> None:
    with suppress(ValueError):
        assert read_number(text).is_finite()


@pytest.mark.parametrize("written", ["Double wall", "double WALL", "  double   wall "])
def test_a_choice_is_found_however_it_is_capitalised(written: str) -> None:
    assert read_value(WALL, written) == "Double wall"


@pytest.mark.parametrize("written", ["triple wall", 5, True, ["Double wall"], "Double"])
def test_what_is_not_offered_is_refused_naming_what_is(written: Any) -> None:
    with pytest.raises(Invalid, match=r"Single wall, Double wall\.") as refused:
        read_value(WALL, written)
    assert refused.value.field == "attributes.bahan"


@pytest.mark.parametrize("written", ["ya", "Ya", " YES ", "y", "ada", "1", 1, True, "✓"])
def test_yes_has_many_spellings(written: Any) -> None:
    assert read_value(FOOD_GRADE, written) is True


@pytest.mark.parametrize("written", ["tidak", "Tdk", "no", "0", 0, False, "tanpa"])
def test_no_has_many_spellings(written: Any) -> None:
    assert read_value(FOOD_GRADE, written) is False


@pytest.mark.parametrize("written", ["mungkin", 2, 1.5, [], "yatidak"])
def test_what_is_neither_yes_nor_no_is_refused(written: Any) -> None:
    with pytest.raises(Invalid, match="ya atau tidak"):
        read_value(FOOD_GRADE, written)


def test_a_text_is_kept_on_one_line_and_not_too_long() -> None:
    assert read_value(COLOUR, " putih \n  susu ") == "putih susu"
    assert read_value(COLOUR, 5) == "5"
    for wrong in ("x" * 201, "a\x00b", "\ud800", ["putih"], True):
        with pytest.raises(Invalid):
            read_value(COLOUR, wrong)


@pytest.mark.parametrize("nothing", [None, "", "  "])
@pytest.mark.parametrize("attribute", ALL)
def test_nothing_is_no_value(attribute: CategoryAttribute, nothing: Any) -> None:
    assert read_value(attribute, nothing) is None


def test_given_values_change_some_and_take_some_away() -> None:
    present = {"gramatur": 150, "warna": "putih", "lama": "tetap"}
    assert read_values(ALL, {"gramatur": "", "bahan": "single wall"}, present=present) == {
        "warna": "putih",
        "lama": "tetap",
        "bahan": "Single wall",
    }
    assert present == {"gramatur": 150, "warna": "putih", "lama": "tetap"}


def test_what_nobody_asks_for_cannot_be_given() -> None:
    with pytest.raises(Invalid, match="tidak mempunyai isian berat"):
        read_values(ALL, {"berat": 5})


def test_what_is_missing_is_what_is_required_and_not_there() -> None:
    assert missing(ALL, {}) == [WALL, FOOD_GRADE]
    assert missing(ALL, {"bahan": "Single wall", "tara-pangan": False}) == []
    assert missing(ALL, {"bahan": 5, "tara-pangan": "ya"}) == [WALL, FOOD_GRADE]


def test_values_are_shown_in_the_order_of_the_questions() -> None:
    values = {"tara-pangan": True, "lama": "x", "warna": "putih", "gramatur": 1250.5, "bahan": "Triple wall"}
    assert [(each.label, each.text) for each in shown(ALL, values)] == [
        ("Gramatur", "1.250,5 gsm"),
        ("Bahan", "Triple wall"),
        ("Warna", "putih"),
        ("Tara-pangan", "Ya"),
    ]


def test_a_value_of_another_kind_is_not_shown() -> None:
    assert fitting(ALL, {"gramatur": True, "warna": 5, "tara-pangan": 1, "bahan": None}) == {}
