"""A catalogue to measure with: the same products in every run, in as many kinds as a real one has."""

import random

from sqlalchemy import select

from catalog.categories.models import Category
from catalog.products.models import Offer, PriceTier, Product
from catalog.products.states import ProductState
from market import clock
from market.db import atomic, session
from market.organisations.districts import DISTRICTS
from market.organisations.models import Cooperative, Seller
from market.organisations.states import SellerState

KINDS = ("Kardus", "Sarung tangan", "Wearpack", "Palet", "Lakban", "Tisu", "Baut", "Nasi box", "Stiker", "Rompi")
SORTS = ("polos", "cetak", "tebal", "karet", "kayu", "putih", "ekspor", "ringan", "besar", "kecil")
SELLERS = 40
BATCH = 500


def fill(products: int) -> None:
    """Put that many published products of forty sellers into an empty database."""
    chance = random.Random(20)
    with atomic():
        sellers = [seller.id for seller in _make_sellers()]
        categories = session.scalars(select(Category.id).order_by(Category.id)).all()
    for start in range(0, products, BATCH):
        with atomic():
            for number in range(start, min(start + BATCH, products)):
                session.add(_make_product(number, chance, chance.choice(sellers), chance.choice(categories)))
        session.expunge_all()


def _make_sellers() -> list[Seller]:
    cooperative = Cooperative(name="Koperasi Ukur", slug="koperasi-ukur")
    sellers = [
        Seller(
            name=f"UMKM Ukur {number}",
            slug=f"umkm-ukur-{number}",
            cooperative=cooperative,
            state=SellerState.APPROVED,
            district_code=DISTRICTS[number % len(DISTRICTS)].code,
        )
        for number in range(SELLERS)
    ]
    session.add_all(sellers)
    session.flush()
    return sellers


def _make_product(number: int, chance: random.Random, seller_id: int, category_id: int) -> Product:
    name = f"{chance.choice(KINDS)} {chance.choice(SORTS)} {chance.choice(SORTS)} {number}"
    price = chance.randrange(500, 500_000, 50)
    product = Product(
        seller_id=seller_id,
        category_id=category_id,
        slug=f"ukur-{number}",
        name=name,
        description=f"{name} untuk pabrik, dikirim dari Bekasi dalam kemasan rapi. " * 3,
        unit_code="H87",
        lead_time_days=chance.randrange(30),
        state=ProductState.PUBLISHED,
        published_at=clock.now(),
    )
    offer = Offer(seller_id=seller_id, sku=f"UK-{number}", unit_price=price, on_hand=chance.choice((0, 500, 9000)))
    offer.tiers = [PriceTier(min_quantity=1000, unit_price=max(price * 9 // 10, 1))]
    product.offers = [offer]
    return product
