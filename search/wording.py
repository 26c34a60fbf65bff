"""The words that a product is found by, in their one way of writing (`search.normal`), from the telling to the rest.

Both engines search the same words in the same order. Sizes, amounts and codes stand apart from letters, because letters
may be misspelt and they may not: who asks for 20x20x15 wants no 20x20x12.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypedDict

from catalog.products.comparison import content_of
from catalog.products.models import Product
from catalog.products.units import unit
from market import clock
from market.organisations.districts import find_district
from search.normal import has_digit, normal, read
from search.request import spec_text
from search.synonyms import synonyms

_HEAD = 2

_PHRASES = [phrase for phrase in synonyms() if " " in phrase and has_digit(phrase)]
"""Phrases that mean something as a whole, and would be torn apart where letters and digits stand apart."""


class ProductWords(TypedDict):
    """What is searched of one product; each is a text of normal words."""

    head: str
    """The first two words of its name, which say what kind of thing it is: "sarung tangan", "kardus polos"."""
    name: str
    name_codes: str
    """Sizes, amounts and codes in the name, and what they are parts of."""
    numbers: str
    """The seller's numbers of it and of its variants."""
    category: str
    choices: str
    """What its variants and its typed attributes are called."""
    unit: str
    seller: str
    branch: str
    """The categories above its own."""
    certificates: str
    place: str
    cooperative: str
    codes: str
    """All other sizes, amounts and codes."""
    about: str
    """Specification and description."""


def words_of_product(product: Product) -> ProductWords:
    """The product's words; read with `catalog.products.queries.shown()` or as a snapshot."""
    *branch, category = product.category.lineage
    choices, certificates, about, amounts = _choices(product), _certificates(product), _about(product), _unit(product)
    name = _letters([product.name])
    return {
        "head": " ".join(name.split()[:_HEAD]),
        "name": name,
        "name_codes": _codes([product.name]),
        "numbers": _numbers(product),
        "category": _often_said(category.name, category.name_en),
        "choices": _letters(choices),
        "unit": _often_said(*amounts),
        "seller": _often_said(product.seller.name),
        "branch": _often_said(*[name for each in branch for name in (each.name, each.name_en)]),
        "certificates": _letters(certificates),
        "place": _often_said(*_place(product)),
        "cooperative": _often_said(product.seller.cooperative.name),
        "codes": _codes([*choices, *amounts, *certificates, *about, product.seller.name]),
        "about": _letters(about),
    }


def _letters(texts: Iterable[str]) -> str:
    return " ".join([letters for text in texts if (letters := read(text).letters)])


@lru_cache(maxsize=5000)
def _often_said(*texts: str) -> str:
    """The letters of texts that come with many products."""
    return _letters(texts)


def _codes(texts: Iterable[str]) -> str:
    """Each word with a digit once, then the parts that are not there yet, and phrases such as "12 pcs"."""
    readings = [reading for text in texts if (reading := read(text)).codes]
    whole = [word for reading in readings for word in reading.codes]
    parts = [piece for reading in readings for piece in reading.pieces if has_digit(piece)]
    spoken = "".join([f" {reading.words} |" for reading in readings])
    phrases = [phrase for phrase in _PHRASES if f" {phrase} " in spoken]
    return " ".join([*dict.fromkeys([*whole, *parts]), *phrases])


def _numbers(product: Product) -> str:
    return " ".join(dict.fromkeys(normal(offer.sku) for offer in product.variants or product.offers))


def _choices(product: Product) -> list[str]:
    values = sorted({value for offer in product.variants for value in offer.options})
    return values + [spec_text(value) for value in product.attributes.values() if not isinstance(value, bool)]


def _unit(product: Product) -> list[str]:
    """The unit it is sold by, and what one holds: "lusin", "12 pcs"."""
    contents = {content.written for offer in product.variants if (content := content_of(offer))}
    sold_by = unit(product.unit_code)
    return [*dict.fromkeys((sold_by.short, sold_by.name)), *sorted(contents)]


def _certificates(product: Product) -> list[str]:
    """The marks it carries today, with their numbers."""
    today = clock.today()
    return [
        word
        for each in product.certificates
        if each.counts(today)
        for word in (each.kind, each.kind.label, each.number)
    ]


def _place(product: Product) -> list[str]:
    code = product.seller.district_code
    district = find_district(code) if code else None
    return [district.name, district.regency] if district else []


def _about(product: Product) -> list[str]:
    return [word for row in product.specification for word in row] + [product.description]
