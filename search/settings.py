"""How the index searches: what counts as a match, what ranks first, and the words that mean the same.

`flask search setup` brings a running Meilisearch in step with this file. Indonesian factories mix Indonesian, English
and shop-floor words for one thing, so the synonyms are the part worth adding to.
"""

from collections.abc import Mapping
from typing import Any

from search.normal import normal
from search.synonyms import STOP_WORDS, synonyms

MISTAKABLE = (
    *("bambu", "bumbu", "bekas", "beras", "benang", "bening", "bubuk", "bubut", "gelap", "gelas", "karat", "karet"),
    *("katun", "katup", "kecap", "kedap", "kelas", "kemas", "keling", "kering", "kontak", "kotak", "laser", "layer"),
    *("lebar", "lembar", "lebaran", "lembaran", "leher", "level", "marker", "masker", "model", "modul", "order"),
    *("ordner", "oring", "orange", "packing", "paking", "paint", "print", "paket", "palet", "panah", "panas", "panda"),
    *("pandan", "pangan", "panel", "panen", "pants", "parts", "pasang", "pisang", "pengelasan", "pengemasan"),
    *("peralatan", "perawatan", "polos", "poros", "rendah", "renyah", "sacks", "snacks", "sampah", "sampai", "sedang"),
    *("selang", "sehat", "sekat", "serat", "sikat", "surat", "shaft", "shift", "shirt", "tahan", "taman", "tepung"),
    *("terung", "tulis", "tumis", "ukiran", "ukuran"),
)
"""Words that are one letter from another one: whoever types them means them, and has not misspelt the other."""

INDEX_SETTINGS: dict[str, Any] = {
    "searchableAttributes": [
        "words.head",
        "words.numbers",
        "words.category",
        "words.branch",
        "words.name",
        "words.name_codes",
        "words.choices",
        "words.unit",
        "words.seller",
        "words.certificates",
        "words.place",
        "words.cooperative",
        "words.codes",
        "words.about",
    ],
    # "sort" stands first: who asks for the lowest price gets the lowest price. It does nothing unless asked for.
    # Words near each other count more than their spelling, for Meilisearch takes a phrase that means the same, such as
    # "plastic bag", for one that is misspelt.
    "rankingRules": [
        "sort",
        "words",
        "proximity",
        "typo",
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
        "smallest_order",
        "largest_order",
        "made_within",
        "spec",
        "published_at",
    ],
    "sortableAttributes": ["id", "item.price", "item.lead_time_days", "published_at"],
    "typoTolerance": {
        "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
        "disableOnAttributes": ["words.name_codes", "words.numbers", "words.codes"],
        "disableOnWords": sorted(MISTAKABLE),
        "disableOnNumbers": True,
    },
    "synonyms": synonyms(),
    "stopWords": [normal(word) for word in STOP_WORDS],
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
