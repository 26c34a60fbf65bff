"""A catalogue to measure with: the same goods in every run, as many and as varied as those of a real marketplace.

Thousands share their common words and dozens their sizes. A tenth come in variants, half have a picture.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import select

from bench.words import COLOURS, FAMILIES, FIRMS, GRADES, KINDS, SENTENCES, Kind
from catalog.categories.models import Category
from catalog.products.certificates import CertificateKind
from catalog.products.states import CertificateState, ProductState
from market import clock
from market.copying import as_json, copy_rows, draw_ids
from market.db import atomic, session
from market.organisations.districts import DISTRICTS
from market.organisations.models import Cooperative, Seller
from market.organisations.states import SellerState

SELLERS = 600
BATCH = 10_000
SEED = 20

_PRODUCT = (
    *("id", "seller_id", "category_id", "slug", "name", "description", "specification", "attributes", "options"),
    *("unit_code", "lead_time_days", "state", "created_at", "updated_at", "published_at"),
)
_OFFER = (
    *("id", "product_id", "seller_id", "sku", "options", "position", "active", "unit_price", "min_order"),
    *("order_multiple", "on_hand", "reserved", "made_to_order"),
)
_FOOD = {"nasi-box", "snack-box", "roti", "camilan", "minuman", "beras-telur", "sayur-buah", "bumbu-dapur"}

Rows = Iterable[Sequence[Any]]


class Firm(NamedTuple):
    """A seller, as its goods need it."""

    id: int
    name: str


class Good(NamedTuple):
    """One product before it is written."""

    id: int
    number: int
    kind: Kind
    firm: Firm
    name: str
    description: str
    details: list[list[str]]
    variants: tuple[str, ...]
    price: int
    chance: float
    """Between nought and one: what else of it is settled by."""


def fill(products: int) -> None:
    """Put that many published products of six hundred sellers into an empty database."""
    chance = random.Random(SEED)
    with atomic():
        firms = _make_sellers(chance)
        categories = {slug: key for slug, key in session.execute(select(Category.slug, Category.id)).tuples()}
    for start in range(0, products, BATCH):
        with atomic():
            ids = draw_ids("products", min(BATCH, products - start))
            _write([*_goods(start, ids, firms, chance)], categories)


def _make_sellers(chance: random.Random) -> list[Firm]:
    cooperative = Cooperative(name="Koperasi Ukur", slug="koperasi-ukur")
    sellers = [
        Seller(
            name=f"{chance.choice(FIRMS)} {chance.choice(FAMILIES)} {chance.choice(FAMILIES)} {number}",
            slug=f"umkm-ukur-{number}",
            cooperative=cooperative,
            state=SellerState.APPROVED,
            district_code=chance.choice(DISTRICTS).code,
        )
        for number in range(SELLERS)
    ]
    session.add_all(sellers)
    session.flush()
    return [Firm(seller.id, seller.name) for seller in sellers]


def _goods(start: int, ids: Iterable[int], firms: Sequence[Firm], chance: random.Random) -> Iterator[Good]:
    """A few firms sell much and many little, and so it is with kinds."""
    by_firm = list(accumulate(1 / (place + 10) for place in range(len(firms))))
    by_kind = list(accumulate(1 / (place % 20 + 5) for place in range(len(KINDS))))
    for number, product_id in enumerate(ids, start):
        (firm,), (kind,) = chance.choices(firms, cum_weights=by_firm), chance.choices(KINDS, cum_weights=by_kind)
        sort, size = chance.choice(kind.sorts.split()), chance.choice(kind.sizes)
        colour, grade = chance.choice(COLOURS), chance.choice(GRADES)
        name = " ".join(filter(None, (kind.name, sort, size, chance.choice((colour, grade, "")))))
        yield Good(
            id=product_id,
            number=number,
            kind=kind,
            firm=firm,
            name=name,
            description=" ".join(chance.sample(SENTENCES, 4)).format(
                name=name, firm=firm.name, colour=colour, grade=grade
            ),
            details=[["Warna", colour], ["Mutu", grade], ["Ukuran", size or "satu ukuran"]],
            variants=tuple(chance.sample(COLOURS, 3)) if chance.random() < 0.1 else (),
            price=max(chance.randrange(kind.lowest, kind.highest) // 50 * 50, 50),
            chance=chance.random(),
        )


def _write(goods: list[Good], categories: dict[str, int]) -> None:
    now = clock.now()
    copy_rows("products", _PRODUCT, (_product_row(good, categories[good.kind.category], now) for good in goods))
    variants = [(good, position) for good in goods for position in range(max(len(good.variants), 1))]
    offers = [(offer_id, *each) for offer_id, each in zip(draw_ids("offers", len(variants)), variants, strict=True)]
    copy_rows("offers", _OFFER, (_offer_row(*offer) for offer in offers))
    copy_rows("price_tiers", ("offer_id", "min_quantity", "unit_price"), _tiers(offers))
    copy_rows("certificates", ("product_id", "kind", "number", "state"), _certificates(goods))
    copy_rows("pictures", ("product_id", "file_key", "medium_key", "small_key", "position"), _pictures(goods))


def _product_row(good: Good, category_id: int, now: Any) -> tuple[Any, ...]:
    return (
        good.id,
        good.firm.id,
        category_id,
        f"ukur-{good.number}",
        good.name,
        good.description,
        as_json(good.details),
        "{}",
        as_json(["Warna"] if good.variants else []),
        good.kind.unit,
        int(good.chance * 22),
        ProductState.PUBLISHED.value,
        now,
        now,
        now,
    )


def _offer_row(offer_id: int, good: Good, position: int) -> tuple[Any, ...]:
    minimum = (1, 10, 12, 50, 100)[int(good.chance * 5)]
    return (
        offer_id,
        good.id,
        good.firm.id,
        f"UK-{good.number:06d}" + (f"-{position}" if good.variants else ""),
        as_json([good.variants[position]] if good.variants else []),
        position,
        True,
        good.price + position * 50,
        minimum,
        1,
        0 if good.chance < 0.1 else int(good.chance * 20_000),
        0,
        False,
    )


def _tiers(offers: Iterable[tuple[int, Good, int]]) -> Rows:
    for offer_id, good, _position in offers:
        if good.price >= 1000 and good.chance > 0.5:
            yield offer_id, 500, good.price * 19 // 20
            yield offer_id, 2000, good.price * 9 // 10


def _certificates(goods: Iterable[Good]) -> Rows:
    for good in goods:
        kinds = (CertificateKind.HALAL, CertificateKind.PIRT) if good.kind.category in _FOOD else (CertificateKind.SNI,)
        if good.chance % 0.1 < 0.04:
            for kind in kinds:
                yield good.id, kind.value, f"{kind.label} {good.number:08d}", CertificateState.VERIFIED.value


def _pictures(goods: Iterable[Good]) -> Rows:
    for good in goods:
        if good.number % 2:
            yield good.id, *(f"ukur/{good.number}-{size}.webp" for size in ("large", "medium", "small")), 0
