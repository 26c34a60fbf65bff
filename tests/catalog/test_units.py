"""Units are understood however a seller writes them, and carry the codes of UN/ECE and Coretax."""

import csv
from pathlib import Path

import pytest

from catalog.products.units import OTHER_CORETAX_UNIT, UNITS, find_unit, unit

DATA = Path(__file__).parents[3] / "shared" / "data"
beside_reference_data = pytest.mark.skipif(not DATA.exists(), reason="no reference data beside this checkout")

MEANT_DIFFERENTLY = {"unit"}
"""The trade list takes "unit" for a piece; Coretax tells the two apart, and so do we."""


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("pcs", "H87"),
        ("Biji", "H87"),
        ("bh.", "H87"),
        ("Unit", "C62"),
        ("LSN", "DZN"),
        ("kodi", "SCO"),
        ("gros", "GRO"),
        ("  rim ", "RM"),
        ("per dus", "XCT"),
        ("Karton", "XCT"),
        ("kardus", "XBX"),
        ("/sak", "XSA"),
        ("Kg", "KGM"),
        ("gr", "GRM"),
        ("L", "LTR"),
        ("m", "MTR"),
        ("m2", "MTK"),
        ("M²", "MTK"),
        ("m³", "MTQ"),
        ("roll", "XRO"),
        ("lbr", "LEF"),
        ("Jerry  Can", "XJC"),
        ("orang / hari", "E49"),
        ("orang/bulan", "3C"),
        ("keg", "ACT"),
        ("ls", "LS"),
        ("H87", "H87"),
        ("dozen", "DZN"),
    ],
)
def test_a_unit_is_understood_as_a_seller_writes_it(written: str, code: str) -> None:
    found = find_unit(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["", " ", ".", "per", "dusin", "12", "pcs kg"])
def test_an_unknown_unit_is_not_guessed(written: str) -> None:
    assert find_unit(written) is None


def test_no_spelling_means_two_units() -> None:
    for each in UNITS:
        for spelling in (each.code, each.name, each.short, each.english, *each.spellings):
            assert find_unit(spelling) == each, spelling


def test_every_unit_is_had_by_its_code() -> None:
    assert [unit(each.code) for each in UNITS] == list(UNITS)


@beside_reference_data
def test_codes_of_recommendation_20_are_current() -> None:
    current = {row["CommonCode"] for row in rows("units_rec20.csv") if not row["Status"]}
    assert {each.code for each in UNITS if not each.code.startswith("X")} <= current


@beside_reference_data
def test_coretax_codes_exist_and_are_only_other_where_there_is_no_closer_one() -> None:
    official = {row["code"]: row["name"].casefold() for row in rows("coretax/djp_uom_codes.csv")}
    for each in UNITS:
        assert each.coretax in official, each
        if each.coretax == OTHER_CORETAX_UNIT:
            assert not {each.name, each.english} & set(official.values()), each


@beside_reference_data
def test_the_trade_units_of_the_reference_list_are_understood() -> None:
    for row in rows("satuan_niaga_to_rec20.csv"):
        for spelling in {row["satuan"], *row["varian"].split("|")} - MEANT_DIFFERENTLY:
            found = find_unit(spelling)
            assert found is not None, spelling
            assert (found.code, found.coretax) == (row["rec20_or_rec21"], row["djp_um"]), spelling
