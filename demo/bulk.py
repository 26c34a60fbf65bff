"""Many varied products for load tests, written table by table in few statements instead of one by one.

They belong to the demo's sellers, each in the categories it sells in anyway, and are for sale at once. What people do
with a product (describing, deciding) did not happen to these, so the record of deeds says nothing of them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import func, select, text

from catalog.categories.models import Category
from catalog.products.certificates import CertificateKind
from catalog.products.models import Certificate, Offer, PriceTier, Product
from catalog.products.slugs import slug_of
from catalog.products.states import CertificateState, ProductState
from catalog.products.units import find_unit
from catalog.stock.models import MovementKind, StockMovement
from demo import content_rows, reading
from market import clock
from market.copying import copy_rows, draw_ids
from market.db import Model, atomic, session
from market.organisations.models import Seller
from market.progress import Progress
from search.findable import is_findable

MOST = 1_000_000
"""The most products that can be asked for."""

PREFIX = "LOAD-"
"""How the numbers (SKU) of these products begin."""

BATCH = 5_000

DAYS = 365
"""They came to the marketplace within so many days."""

SMALLEST_ORDERS = (1, 1, 1, 5, 10, 10, 20, 50, 100)
LEAD_TIMES = (1, 1, 2, 2, 3, 3, 5, 7, 10, 14, 21, 30)
CERTIFICATES = {
    "makanan": [(CertificateKind.HALAL, 0.55, "ID{:017d}"), (CertificateKind.PIRT, 0.35, "{:013d}-29")],
    "kemasan": [(CertificateKind.SNI, 0.12, "SNI {:04d}:2018")],
    "pakaian-kerja": [(CertificateKind.SNI, 0.3, "SNI {:04d}:2009")],
    "komponen": [(CertificateKind.TKDN, 0.25, "{:02d},50%"), (CertificateKind.ISO, 0.1, "ISO 9001-{:05d}")],
}
"""Which marks goods of a branch carry: how often, and how the numbers look."""


@dataclass(frozen=True)
class Niche:
    """A seller, and a category it sells in."""

    seller_id: int
    seller_name: str
    category_id: int
    branch: str
    words: reading.DemoWords
    attributes: tuple[str, ...]
    """What products written by hand say of what this category asks for, as JSON."""


Row = dict[str, Any]
"""A row's values by column, as PostgreSQL reads them."""


@dataclass
class Rows:
    """What is to be written of some products, by table."""

    of: dict[type[Model], list[Row]] = field(
        default_factory=lambda: {table: [] for table in (Product, Offer, PriceTier, Certificate, StockMovement)}
    )

    def write(self) -> None:
        """One COPY for each table: several times faster than INSERT."""
        for table, rows in self.of.items():
            if rows:
                copy_rows(table.__tablename__, list(rows[0]), (tuple(row.values()) for row in rows))


def count_bulk_products() -> int:
    """How many such products there are."""
    return session.scalar(select(func.count()).where(Offer.sku.startswith(PREFIX))) or 0


def make_bulk_products(number: int, progress: Progress) -> None:
    """Make so many products, all of them or none; needs the demo's sellers and products."""
    there = count_bulk_products()
    with atomic():
        maker = _Maker(_list_niches(), reading.read_sentences(), Random(there))
        for first, last in _in_parts(there + 1, there + number):
            maker.rows_of(range(first, last + 1)).write()
            progress(last + 1 - first)
    session.execute(text("ANALYZE"))  # else the first searches are planned for the small tables of before
    session.commit()


def _list_niches() -> list[Niche]:
    """Every seller with each category in which buyers find something of it."""
    words, attributes = reading.read_words(), _attributes()
    query = (
        select(Seller.id, Seller.name, Category.id, Category.path, Category.slug)
        .join(Product, Product.seller_id == Seller.id)
        .join(Category, Category.id == Product.category_id)
        .where(is_findable())
        .distinct()
        .order_by(Seller.id, Category.id)
    )
    return [
        Niche(seller_id, name, category_id, path.split("/")[0], words[slug], attributes.get(slug, ("{}",)))
        for seller_id, name, category_id, path, slug in session.execute(query).tuples()
    ]


def _attributes() -> dict[str, tuple[str, ...]]:
    """By category."""
    found: dict[str, list[str]] = {}
    for product in reading.read_products():
        found.setdefault(product.category, []).append(json.dumps(product.attributes))
    return {category: tuple(values) for category, values in found.items()}


def _in_parts(first: int, last: int) -> Iterator[tuple[int, int]]:
    for start in range(first, last + 1, BATCH):
        yield start, min(start + BATCH - 1, last)


@dataclass
class _Maker:
    """Makes products up; the same chance makes the same ones."""

    niches: list[Niche]
    sentences: reading.DemoSentences
    chance: Random
    now: datetime = field(default_factory=clock.now)

    def rows_of(self, numbers: range) -> Rows:
        """All that is to be written of the products with these running numbers."""
        rows = Rows()
        product_ids, offer_ids = draw_ids("products", len(numbers)), draw_ids("offers", len(numbers))
        for number, product_id, offer_id in zip(numbers, product_ids, offer_ids, strict=True):
            self._add(rows, self.chance.choice(self.niches), number, product_id, offer_id)
        return rows

    def _add(self, rows: Rows, niche: Niche, number: int, product_id: int, offer_id: int) -> None:
        at = self.now - timedelta(minutes=self.chance.randrange(60, DAYS * 24 * 60))
        rows.of[Product].append(self._product(niche, product_id, at))
        offer = self._offer(niche, number, offer_id, product_id)
        rows.of[Offer].append(offer)
        rows.of[PriceTier] += self._tiers(offer)
        rows.of[Certificate] += self._certificates(niche, product_id)
        if offer["on_hand"]:
            rows.of[StockMovement].append(
                {
                    "offer_id": offer_id,
                    "kind": MovementKind.ADJUSTMENT.value,
                    "on_hand_change": offer["on_hand"],
                    "reserved_change": 0,
                    "at": at,
                }
            )

    def _product(self, niche: Niche, product_id: int, at: datetime) -> Row:
        words, chance = niche.words, self.chance
        thing, kind, size = chance.choice(words.things), chance.choice(words.kinds), chance.choice(words.sizes)
        name = ", ".join([f"{thing} {kind} {size}", *self._marks(words)])
        sentences = (self.sentences.openings, self.sentences.middles, self.sentences.endings)
        description = " ".join(chance.choice(choices) for choices in sentences)
        return {
            "id": product_id,
            "seller_id": niche.seller_id,
            "category_id": niche.category_id,
            "slug": slug_of(name, product_id),
            "name": name,
            "description": description.format(thing=thing, kind=kind, size=size, seller=niche.seller_name),
            "attributes": chance.choice(niche.attributes),
            "options": "[]",
            "specification": json.dumps([["Jenis", kind], ["Ukuran", size]]),
            "unit_code": _unit_code(words.unit),
            "lead_time_days": chance.choice(LEAD_TIMES),
            "state": ProductState.PUBLISHED.value,
            "created_at": at,
            "updated_at": at,
            "published_at": at,
        }

    def _marks(self, words: reading.DemoWords) -> Iterator[str]:
        """What tells a product from its neighbours: a mark, a series, both or neither."""
        if self.chance.random() < 0.75:
            yield self.chance.choice(words.marks)
        if self.chance.random() < 0.6:
            yield f"seri {self.chance.choice('ABCDEFGHJKLMNPRSTW')}{self.chance.randint(10, 99)}"

    def _offer(self, niche: Niche, number: int, offer_id: int, product_id: int) -> Row:
        least = self.chance.choice(SMALLEST_ORDERS)
        return {
            "id": offer_id,
            "product_id": product_id,
            "seller_id": niche.seller_id,
            "sku": f"{PREFIX}{number:07d}",
            "unit_price": self._price(*niche.words.price),
            "min_order": least,
            "order_multiple": self.chance.choice((1, least)),
            "options": "[]",
            "position": 0,
            "active": True,
            "made_to_order": False,
            "on_hand": 0 if self.chance.random() < 0.06 else least * self.chance.randint(5, 400),
            "reserved": 0,
        }

    def _price(self, lowest: int, highest: int) -> int:
        """A price with as many low ones as high ones by size, rounded as sellers round."""
        price = int(lowest * (highest / lowest) ** self.chance.random())
        step = 50 if price < 10_000 else 500 if price < 200_000 else 5_000
        return max(price // step * step, step)

    def _tiers(self, offer: Row) -> list[Row]:
        """Up to two lower prices from larger quantities on."""
        steps = [(10, 0.96), (50, 0.92)][: self.chance.randrange(3)]
        tiers, before = [], offer["unit_price"]
        for times, share in steps:
            price = int(offer["unit_price"] * share)
            if 0 < price < before:
                tiers.append({"offer_id": offer["id"], "min_quantity": offer["min_order"] * times, "unit_price": price})
                before = price
        return tiers

    def _certificates(self, niche: Niche, product_id: int) -> list[Row]:
        return [
            {
                "product_id": product_id,
                "kind": kind.value,
                "number": form.format(self.chance.randint(41, 98)),
                "state": CertificateState.VERIFIED.value,
            }
            for kind, share, form in CERTIFICATES.get(niche.branch, ())
            if self.chance.random() < share
        ]


@cache
def _unit_code(written: str) -> str:
    unit = find_unit(written)
    if unit is None:
        raise content_rows.UnreadableContent(f"words.toml: nobody knows the unit {written}")
    return unit.code
