"""The kecamatan (sub-districts) where sellers and factories are: Kabupaten and Kota Bekasi.

Codes and names are those of the Ministry of Home Affairs (Kepmendagri 300.2.2-2430/2025). The coordinates are the
middle of each kecamatan to within two kilometres or so: good enough to say who is near, never to find a gate.
"""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS = 6371.0
"""Kilometres."""

KABUPATEN = "Kabupaten Bekasi"
KOTA = "Kota Bekasi"


class District(NamedTuple):
    """One kecamatan, with its code such as 32.16.06 and its middle in decimal degrees (WGS 84)."""

    code: str
    name: str
    regency: str
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        """The name as an address has it: "Tambun Selatan, Kabupaten Bekasi"."""
        return f"{self.name}, {self.regency}"


DISTRICTS: tuple[District, ...] = (
    District("32.16.01", "Tarumajaya", KABUPATEN, -6.103, 106.992),
    District("32.16.02", "Babelan", KABUPATEN, -6.140, 107.032),
    District("32.16.03", "Sukawangi", KABUPATEN, -6.130, 107.095),
    District("32.16.04", "Tambelang", KABUPATEN, -6.187, 107.122),
    District("32.16.05", "Tambun Utara", KABUPATEN, -6.196, 107.066),
    District("32.16.06", "Tambun Selatan", KABUPATEN, -6.257, 107.058),
    District("32.16.07", "Cibitung", KABUPATEN, -6.242, 107.100),
    District("32.16.08", "Cikarang Barat", KABUPATEN, -6.273, 107.125),
    District("32.16.09", "Cikarang Utara", KABUPATEN, -6.268, 107.163),
    District("32.16.10", "Karang Bahagia", KABUPATEN, -6.232, 107.180),
    District("32.16.11", "Cikarang Timur", KABUPATEN, -6.287, 107.212),
    District("32.16.12", "Kedung Waringin", KABUPATEN, -6.258, 107.262),
    District("32.16.13", "Pebayuran", KABUPATEN, -6.195, 107.265),
    District("32.16.14", "Sukakarya", KABUPATEN, -6.132, 107.172),
    District("32.16.15", "Sukatani", KABUPATEN, -6.175, 107.180),
    District("32.16.16", "Cabangbungin", KABUPATEN, -6.088, 107.168),
    District("32.16.17", "Muaragembong", KABUPATEN, -5.992, 107.062),
    District("32.16.18", "Setu", KABUPATEN, -6.345, 107.045),
    District("32.16.19", "Cikarang Selatan", KABUPATEN, -6.335, 107.138),
    District("32.16.20", "Cikarang Pusat", KABUPATEN, -6.357, 107.176),
    District("32.16.21", "Serang Baru", KABUPATEN, -6.393, 107.118),
    District("32.16.22", "Cibarusah", KABUPATEN, -6.440, 107.092),
    District("32.16.23", "Bojongmangu", KABUPATEN, -6.443, 107.168),
    District("32.75.01", "Bekasi Timur", KOTA, -6.248, 107.020),
    District("32.75.02", "Bekasi Barat", KOTA, -6.236, 106.966),
    District("32.75.03", "Bekasi Utara", KOTA, -6.205, 106.999),
    District("32.75.04", "Bekasi Selatan", KOTA, -6.256, 106.980),
    District("32.75.05", "Rawalumbu", KOTA, -6.284, 107.000),
    District("32.75.06", "Medansatria", KOTA, -6.212, 106.974),
    District("32.75.07", "Bantargebang", KOTA, -6.327, 106.992),
    District("32.75.08", "Pondokgede", KOTA, -6.284, 106.916),
    District("32.75.09", "Jatiasih", KOTA, -6.304, 106.957),
    District("32.75.10", "Jatisampurna", KOTA, -6.374, 106.926),
    District("32.75.11", "Mustikajaya", KOTA, -6.305, 107.028),
    District("32.75.12", "Pondokmelati", KOTA, -6.314, 106.931),
)

_BY_CODE = {district.code: district for district in DISTRICTS}


def find_district(code: str) -> District | None:
    """The district with this code, or None where the code is unknown."""
    return _BY_CODE.get(code)


def district_name(code: str | None) -> str | None:
    """The name of the district with this code; None where it is unknown."""
    district = find_district(code) if code else None
    return district.name if district else None


def kilometres_between(one: District, other: District) -> float:
    """How far apart the middles of two districts are, as the crow flies (haversine)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    along = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_RADIUS * asin(sqrt(sin(north / 2) ** 2 + along * sin(east / 2) ** 2))


def districts_by_distance(centre: District) -> dict[str, float]:
    """How many kilometres every district is from this one, by its code, the nearest first."""
    distances = {each.code: kilometres_between(centre, each) for each in DISTRICTS}
    return dict(sorted(distances.items(), key=lambda entry: (entry[1], entry[0])))
