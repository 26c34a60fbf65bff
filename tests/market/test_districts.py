"""The districts agree with the ministry's list and stand where Bekasi is."""

import csv
from pathlib import Path

import pytest

from market.organisations.districts import DISTRICTS, KABUPATEN, KOTA, find_district

REGIONS = Path(__file__).parents[3] / "shared" / "data" / "regions_bekasi.csv"


def test_there_are_23_districts_in_the_regency_and_12_in_the_city() -> None:
    regencies = [district.regency for district in DISTRICTS]
    assert (regencies.count(KABUPATEN), regencies.count(KOTA)) == (23, 12)


def test_a_district_is_found_by_its_code() -> None:
    district = find_district("32.16.06")
    assert district is not None
    assert district.label == "Tambun Selatan, Kabupaten Bekasi"


@pytest.mark.parametrize("code", ["", "32.16", "32.16.6", "32.16.24", "31.71.01"])
def test_an_unknown_code_finds_nothing(code: str) -> None:
    assert find_district(code) is None


def test_every_district_lies_within_bekasi() -> None:
    for district in DISTRICTS:
        assert -6.55 < district.latitude < -5.90, district
        assert 106.87 < district.longitude < 107.35, district


def test_no_two_districts_share_a_code_or_a_place() -> None:
    assert len({district.code for district in DISTRICTS}) == len(DISTRICTS)
    assert len({(district.latitude, district.longitude) for district in DISTRICTS}) == len(DISTRICTS)


@pytest.mark.skipif(not REGIONS.exists(), reason="the ministry's list of regions does not lie beside this checkout")
def test_codes_and_names_are_the_ministrys() -> None:
    with REGIONS.open(newline="", encoding="utf-8") as file:
        official = {
            (row["kode"], row["nama"], row["kabkota"]) for row in csv.DictReader(file) if row["level"] == "kecamatan"
        }
    assert {(district.code, district.name, district.regency) for district in DISTRICTS} == official
