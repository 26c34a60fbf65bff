"""How words stand for each other: what means the same, what may be meant, and what says nothing about goods.

Factories mix Indonesian, English and the shop floor's own words for one thing. Nobody's affixes are cut off by rule,
because "pengemasan" would become "emas" and "percetakan" a mould: the few families of words that goods need are written
out like everything else. All words go through `search.normal`, so "T-shirt" and "t shirt" are one.
"""

from search import vocabulary as words
from search.normal import normal

SAME_WORDS: tuple[tuple[str, ...], ...] = (
    *(*words.PACKAGING, *words.WORKWEAR, *words.FOOD, *words.CLEANING, *words.OFFICE, *words.PARTS, *words.WOOD),
    *(*words.GIFTS, *words.SERVICES, *words.UNITS, *words.QUALITIES, *words.FAMILIES),
)
"""Words and phrases that mean the same to a buyer."""

ALSO_MEANT: dict[str, tuple[str, ...]] = {
    "box": ("kardus", "karton", "boks", "kotak"),
    "boxes": ("kardus", "karton", "box"),
    "boks": ("kardus", "karton", "box", "kotak"),
    "kotak": ("box", "boks", "kardus"),
    "dus": ("kardus", "karton", "box"),
    "doos": ("kardus", "karton", "dus"),
    "isolasi": ("lakban",),
    "plastik": ("pp", "hdpe", "ldpe"),
    "adhesive": ("lakban", "lem"),
    "rope": ("tali",),
    "strap": ("tali strapping",),
    "brown": ("cokelat",),
    "chocolate": ("cokelat",),
    "truk": ("engkel", "colt diesel"),
    "truck": ("engkel", "colt diesel"),
    "konsumsi": ("katering", "nasi box", "snack box"),
    "lunch": ("nasi box", "makan siang"),
    "meal": ("nasi box", "makan"),
    "rice": ("beras", "nasi"),
    "water": ("air mineral", "air minum"),
    "katering": ("nasi box", "prasmanan", "snack box"),
    "catering": ("nasi box", "prasmanan", "snack box"),
    "paking": ("gasket",),
    "fumigasi": ("ispm 15", "pengendalian hama"),
    "imbus": ("baut l",),
    "jersey": ("kaos olahraga",),
    "bottle": ("botol", "tumbler"),
    "gift": ("suvenir", "hampers"),
    "gifts": ("suvenir", "hampers"),
    "termos": ("tumbler",),
    "lap": ("majun", "kain lap"),
    "cleaning": ("kebersihan", "pembersih"),
    "logistik": ("angkutan",),
    "ekspedisi": ("angkutan",),
    "outsourcing": ("tenaga kebersihan",),
}
"""Words that may mean these others, while the others do not mean them: who looks for kardus wants no snack box, and
nothing that is sold by the dus."""

STOP_WORDS = (
    *("dan", "atau", "yang", "untuk", "utk", "dengan", "dgn", "di", "ke", "dari"),
    *("the", "and", "for", "of", "with", "in", "from"),
)
"""Words that say nothing about goods."""

ASKING_WORDS = (
    *("jual", "beli", "cari", "mencari", "butuh", "harga", "murah", "termurah", "grosir", "eceran", "supplier"),
    *("pemasok", "distributor", "agen", "vendor", "pengadaan", "belanja", "pembelian", "buy", "price", "cheap"),
)
"""Words that only say that one is asking: "jual kardus murah" asks for kardus."""


def synonyms() -> dict[str, list[str]]:
    """For each word or phrase, in its normal form, the others that are found as well."""
    found: dict[str, list[str]] = {}
    groups = [[word, *others] for word, others in ALSO_MEANT.items()]
    for group, each_means_all in [(group, False) for group in groups] + [(list(group), True) for group in SAME_WORDS]:
        normals = [normal(word) for word in group]
        for word in normals if each_means_all else normals[:1]:
            others = found.setdefault(word, [])
            others += [other for other in normals if other != word and other not in others]
    return found
