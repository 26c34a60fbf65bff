"""How the index searches: what counts as a match, what ranks first, and the words that mean the same.

`flask search setup` brings a running Meilisearch in step with this file. Indonesian factories mix Indonesian, English
and shop-floor words for one thing, so the synonyms are the part worth adding to.
"""

from collections.abc import Mapping
from typing import Any

SAME_WORDS: tuple[tuple[str, ...], ...] = (
    # packaging
    ("kardus", "karton", "carton"),
    ("lakban", "selotip", "isolasi", "tape"),
    ("plastik", "plastic"),
    ("kantong plastik", "kresek", "polybag"),
    ("tali", "strapping", "rope"),
    ("karung", "sak", "sack"),
    ("kemasan", "packaging", "packing"),
    ("bubble wrap", "plastik gelembung"),
    # workwear
    ("apd", "ppe", "k3", "alat pelindung diri"),
    ("sarung tangan", "handscoon", "glove", "gloves"),
    ("wearpack", "coverall", "baju bengkel", "katelpak"),
    ("seragam", "uniform"),
    ("kaos", "kaus", "t shirt", "tshirt"),
    ("sepatu safety", "sepatu keselamatan", "safety shoes"),
    ("helm", "helmet"),
    ("rompi", "vest"),
    ("celemek", "apron"),
    ("masker", "mask"),
    ("jas hujan", "raincoat", "mantel hujan"),
    # food
    ("katering", "catering", "jasa boga"),
    ("nasi box", "nasi kotak", "nasi dus"),
    ("snack box", "kue kotak", "snack dus"),
    ("camilan", "cemilan", "snack", "makanan ringan"),
    ("telur", "telor"),
    # cleaning
    ("tisu", "tissue"),
    ("majun", "kain lap", "rag"),
    ("sabun cuci tangan", "hand soap", "handsoap"),
    ("pel", "mop"),
    ("tempat sampah", "tong sampah", "trash bin"),
    ("kantong sampah", "trash bag", "plastik sampah"),
    ("jerigen", "jeriken", "jirigen", "jerrycan"),
    # stationery and printing
    ("atk", "alat tulis kantor", "stationery"),
    ("pulpen", "bolpoin", "ballpoint", "pena"),
    ("stiker", "sticker"),
    ("spanduk", "banner"),
    ("percetakan", "cetak", "printing"),
    ("kartu nama", "business card"),
    # parts, wood
    ("baut", "bolt"),
    ("mur", "nut"),
    ("sekrup", "skrup", "screw"),
    ("palet", "pallet"),
    ("peti kayu", "krat kayu", "wooden crate"),
    ("troli", "trolley"),
    ("rak", "rack"),
    # gifts and services
    ("suvenir", "souvenir", "cenderamata", "merchandise"),
    ("boneka", "doll", "plush"),
    ("hampers", "parsel", "parcel"),
    ("totebag", "tote bag", "tas kain"),
    ("laundry", "binatu", "penatu"),
    ("pelatihan", "training"),
    # units
    ("lusin", "dozen"),
    ("lembar", "helai", "sheet"),
)
"""Words and phrases that mean the same to a buyer, all in small letters."""

ALSO_MEANT: dict[str, tuple[str, ...]] = {
    "box": ("kardus", "karton"),
    "boks": ("kardus", "karton", "box"),
    "dus": ("kardus", "karton"),
    "pack": ("kemasan",),
}
"""Words that may mean these others, while the others do not mean them: who looks for kardus wants no snack box, and
nothing that is sold by the dus."""

STOP_WORDS = ("dan", "atau", "yang", "untuk", "dengan", "di", "ke", "dari", "the", "and", "for", "of")
"""Words that say nothing about goods."""


def synonyms() -> dict[str, list[str]]:
    """For each word or phrase, the others that are found as well."""
    found: dict[str, list[str]] = {word: list(others) for word, others in ALSO_MEANT.items()}
    for group in SAME_WORDS:
        for word in group:
            others = found.setdefault(word, [])
            others += [other for other in group if other != word and other not in others]
    return found


INDEX_SETTINGS: dict[str, Any] = {
    "searchableAttributes": [
        "words.name",
        "words.name_codes",
        "words.numbers",
        "words.category",
        "words.choices",
        "words.unit",
        "words.seller",
        "words.branch",
        "words.certificates",
        "words.place",
        "words.codes",
        "words.about",
    ],
    # "sort" stands first: who asks for the lowest price gets the lowest price. It does nothing unless asked for.
    "rankingRules": [
        "sort",
        "words",
        "typo",
        "proximity",
        "attribute",
        "exactness",
        "in_stock:desc",
        "published_at:desc",
        "id:desc",
    ],
    "filterableAttributes": [
        "id",
        "category_path",
        "item.seller.id",
        "item.seller.slug",
        "district_code",
        "item.certifications",
        "item.price",
        "item.lead_time_days",
        "item.category",
        "in_stock",
        "spec",
    ],
    "sortableAttributes": ["id", "item.price", "item.lead_time_days", "published_at"],
    "typoTolerance": {
        "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
        "disableOnAttributes": ["words.name_codes", "words.numbers", "words.codes"],
        "disableOnNumbers": True,
    },
    "synonyms": synonyms(),
    "stopWords": list(STOP_WORDS),
    "pagination": {"maxTotalHits": 1_000_000},
    "faceting": {"maxValuesPerFacet": 500},
    "searchCutoffMs": 300,
}
"""The settings of the index, as Meilisearch takes them."""


_ORDERLESS = {
    "filterableAttributes",
    "sortableAttributes",
    "stopWords",
    "disableOnAttributes",
    "disableOnWords",
}


def are_in_step(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether an index has the settings that are wanted; what nobody asked for may be as it likes."""
    return all(_same(name, value, found.get(name)) for name, value in wanted.items())


def _same(name: str, wanted: Any, found: Any) -> bool:
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return are_in_step(wanted, found)
    if name in _ORDERLESS and isinstance(found, list):
        return sorted(wanted) == sorted(found)
    return bool(wanted == found)
