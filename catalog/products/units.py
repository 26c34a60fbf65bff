"""The units in which goods are sold, their codes, and the many ways sellers write them.

Codes are those of UN/ECE Recommendation 20, or of Recommendation 21 with an X in front where the unit is a kind of
package. The Coretax code is what the tax office's e-Faktur import asks for; it knows few units, and everything else
is UM.0033 (Lainnya).
"""

from typing import NamedTuple

OTHER_CORETAX_UNIT = "UM.0033"

USUAL_UNIT = "H87"
"""The piece, where nothing else is said."""


class Unit(NamedTuple):
    """One unit: `short` is how a price tag shows it ("Rp 2.200 / pcs"), `spellings` are also understood on import."""

    code: str
    name: str
    short: str
    english: str
    coretax: str = OTHER_CORETAX_UNIT
    spellings: tuple[str, ...] = ()


UNITS: tuple[Unit, ...] = (
    Unit("H87", "buah", "pcs", "piece", "UM.0021", ("pc", "pce", "bh", "bj", "biji", "butir", "batang", "ea", "each")),
    Unit("C62", "unit", "unit", "unit", "UM.0018", ("unt", "units")),
    Unit("SET", "set", "set", "set", "UM.0019", ("stel", "setel", "st")),
    Unit("PR", "pasang", "pasang", "pair", spellings=("psg", "pasg", "pairs")),
    Unit("DZN", "lusin", "lusin", "dozen", "UM.0017", ("lsn", "dz", "doz")),
    Unit("SCO", "kodi", "kodi", "score", spellings=("kd",)),
    Unit("GRO", "gros", "gros", "gross", spellings=("grs",)),
    Unit("LEF", "lembar", "lembar", "sheet", "UM.0020", ("lbr", "helai", "leaf")),
    Unit("RM", "rim", "rim", "ream", spellings=("rm",)),
    Unit("D63", "buku", "buku", "book", spellings=("bk",)),
    Unit("XPK", "pak", "pak", "pack", spellings=("pck", "bungkus", "bks", "package", "kemasan")),
    Unit("XBX", "boks", "boks", "box", "UM.0022", ("kotak", "ktk", "kardus")),
    Unit("XCT", "dus", "dus", "carton", "UM.0037", ("dos", "doos", "karton", "ctn", "krt", "koli")),
    Unit("XSA", "karung", "karung", "sack", spellings=("sak", "zak", "krg")),
    Unit("XBL", "bal", "bal", "bale", spellings=("ball",)),
    Unit("XBE", "ikat", "ikat", "bundle", spellings=("bundel", "bendel", "bdl")),
    Unit("XRO", "rol", "roll", "roll", "UM.0039", ("gulung", "gulungan", "rll")),
    Unit("XBO", "botol", "botol", "bottle", spellings=("btl",)),
    Unit("XJC", "jerigen", "jerigen", "jerrycan", spellings=("jrg", "jeriken", "jirigen", "jerry can", "jerrican")),
    Unit("XCO", "galon", "galon", "carboy", spellings=("gln", "galonan")),
    Unit("XPL", "ember", "ember", "pail", spellings=("pel",)),
    Unit("XCA", "kaleng", "kaleng", "can", spellings=("klg",)),
    Unit("XJR", "toples", "toples", "jar", spellings=("tpls", "stoples")),
    Unit("XDR", "drum", "drum", "drum", "UM.0036", ("drm",)),
    Unit("XPU", "tray", "tray", "tray", spellings=("nampan",)),
    Unit("PTN", "porsi", "porsi", "portion", spellings=("pax", "box nasi", "nasi box")),
    Unit("GRM", "gram", "g", "gram", "UM.0004", ("gr", "grm")),
    Unit("KGM", "kilogram", "kg", "kilogram", "UM.0003", ("kilo", "kgs")),
    Unit("TNE", "ton", "ton", "tonne", "UM.0001", ("tonase", "tn")),
    Unit("MLT", "mililiter", "ml", "millilitre", spellings=("cc",)),
    Unit("LTR", "liter", "liter", "litre", "UM.0007", ("l", "ltr", "lt")),
    Unit("CMT", "sentimeter", "cm", "centimetre", "UM.0015", ("senti",)),
    Unit("MTR", "meter", "m", "metre", "UM.0013", ("mtr", "mt")),
    Unit("YRD", "yard", "yard", "yard", "UM.0016", ("yd", "yds")),
    Unit("MTK", "meter persegi", "m²", "square metre", "UM.0012", ("m2", "meter2", "sqm")),
    Unit("MTQ", "meter kubik", "m³", "cubic metre", "UM.0034", ("m3", "meter3", "kubik", "cbm")),
    Unit("HUR", "jam", "jam", "hour", "UM.0027", ("hours",)),
    Unit("DAY", "hari", "hari", "day", "UM.0026", ("hr", "days")),
    Unit("WEE", "minggu", "minggu", "week", "UM.0025", ("mgg", "pekan")),
    Unit("MON", "bulan", "bulan", "month", "UM.0024", ("bln",)),
    Unit("IE", "orang", "orang", "person", spellings=("org", "peserta")),
    Unit("ACT", "kegiatan", "kegiatan", "activity", "UM.0030", ("keg", "giat", "acara")),
    Unit("E49", "hari orang", "orang/hari", "person-day", "UM.0026", ("hok", "man day", "manday")),
    Unit("3C", "bulan orang", "orang/bulan", "person-month", "UM.0024", ("man month", "manmonth")),
    Unit("LS", "paket", "paket", "lump sum", spellings=("pkt", "lumpsum", "borongan")),
    Unit("E54", "rit", "rit", "trip", spellings=("ritase", "kali jalan")),
)
"""Every unit on offer, in the order of a choice list: pieces, packages, weights and measures, time and services."""

CONTENT_UNITS = ("H87", "LEF", "PR", "SET", "XPK", "XRO", "GRM", "KGM", "MLT", "LTR", "CMT", "MTR", "MTK", "PTN", "HUR")
"""What the content of a unit can be counted in: a carton of 24 pieces, a sack of 25 kg, a roll of 50 m."""

IMPLIED_CONTENTS = {"DZN": (12, "H87"), "SCO": (20, "H87"), "GRO": (144, "H87"), "RM": (500, "LEF")}
"""Units whose name says how much they hold, unless the seller says otherwise."""

_BY_CODE = {each.code: each for each in UNITS}


def unit(code: str) -> Unit:
    """The unit with this code; raises KeyError for a code that is not in UNITS."""
    return _BY_CODE[code]


def _plain(text: str) -> str:
    """The text as it is compared: small letters, single spaces, no superscripts, "Per" or full stop around it."""
    words = text.casefold().translate({ord("²"): "2", ord("³"): "3"}).split()
    return " ".join(words).removeprefix("per ").replace(" /", "/").replace("/ ", "/").strip(" ./")


_BY_SPELLING = {
    _plain(spelling): each
    for each in UNITS
    for spelling in (each.code, each.name, each.short, each.english, *each.spellings)
}


def find_unit(text: str) -> Unit | None:
    """The unit that a seller means by "Lsn", "per dus", "m2" or a Rec 20 code; None where nobody could tell."""
    return _BY_SPELLING.get(_plain(text))
