"""Valid rows by default; a test states only what matters to it."""

from datetime import date
from itertools import count
from typing import Any

from catalog.categories.models import Category
from catalog.margins.models import MarginRule
from catalog.products.models import Offer, PriceTier, Product
from catalog.products.states import ProductState
from catalog.stock.models import MovementKind, StockMovement
from market.accounts import queries
from market.accounts.actor import Actor
from market.accounts.models import Membership, User
from market.accounts.passwords import hash_password
from market.accounts.roles import Role
from market.db import Model, session
from market.organisations.kinds import Kind
from market.organisations.models import BuyerCompany, Cooperative, Organisation, Seller, ShipTo
from market.organisations.states import SellerState

_numbers = count(1)

PASSWORD = "rahasia-sekali"
_PASSWORD_HASH: list[str] = []


def _save(row: Model) -> Any:
    session.add(row)
    session.flush()
    return row


def make_user(**given: Any) -> User:
    """A person whose password is PASSWORD."""
    if not _PASSWORD_HASH:
        _PASSWORD_HASH.append(hash_password(PASSWORD))
    n = next(_numbers)
    return _save(
        User(**{"email": f"orang{n}@contoh.test", "name": f"Orang {n}", "password_hash": _PASSWORD_HASH[0], **given})
    )


def make_cooperative(**given: Any) -> Cooperative:
    """An agent cooperative that is not PKP, with a margin of 5 %."""
    n = next(_numbers)
    margin = given.pop("margin", 500)
    cooperative: Cooperative = _save(
        Cooperative(
            **{
                "name": f"Koperasi {n}",
                "slug": f"koperasi-{n}",
                "district_code": "32.16.07",
                "bank_code": "014",
                "bank_account": f"{n:010d}",
                "bank_holder": f"Koperasi {n}",
                **given,
            }
        )
    )
    if margin is not None:
        make_margin_rule(cooperative=cooperative, rate=margin)
    return cooperative


def make_margin_rule(*, cooperative: Cooperative, **given: Any) -> MarginRule:
    """A rule that holds since 2020."""
    return _save(MarginRule(**{"cooperative_id": cooperative.id, "rate": 500, "valid_from": date(2020, 1, 1), **given}))


def make_seller(*, cooperative: Cooperative | None = None, **given: Any) -> Seller:
    """An approved seller that is not PKP."""
    n = next(_numbers)
    return _save(
        Seller(
            **{
                "name": f"UMKM {n}",
                "slug": f"umkm-{n}",
                "cooperative": cooperative or make_cooperative(),
                "state": SellerState.APPROVED,
                "district_code": "32.16.07",
                "nib": f"{n:013d}",
                "npwp": f"{n:016d}",
                "bank_code": "008",
                "bank_account": f"{n:010d}",
                "bank_holder": f"Pemilik {n}",
                **given,
            }
        )
    )


def make_buyer(**given: Any) -> BuyerCompany:
    """A factory whose orders need no approval, with one place of delivery."""
    n = next(_numbers)
    buyer: BuyerCompany = _save(
        BuyerCompany(
            **{"name": f"PT Pabrik {n}", "slug": f"pt-pabrik-{n}", "npwp": f"{n:016d}", "address": "Cikarang", **given}
        )
    )
    _save(ShipTo(buyer_id=buyer.id, name="Gudang 1", address="Jl. Industri 1, Cikarang"))
    return buyer


def make_platform(**given: Any) -> Organisation:
    """The organisation that runs Pasok."""
    n = next(_numbers)
    return _save(Organisation(**{"kind": Kind.PLATFORM, "name": f"Pasok {n}", "slug": f"pasok-{n}", **given}))


def make_actor(organisation: Organisation, *roles: Role, **given: Any) -> Actor:
    """A person who acts for `organisation` in `roles`."""
    user = make_user(**given)
    for role in roles:
        user.memberships.append(Membership(organisation=organisation, role=role))
    session.flush()
    return queries.actor_for(user, organisation.id)


def make_category(**given: Any) -> Category:
    """A category at the root of the tree, or below `parent`."""
    n = next(_numbers)
    slug = given.get("slug", f"kategori-{n}")
    parent = given.get("parent")
    path = f"{parent.path}/{slug}" if parent else slug
    return _save(Category(**{"slug": slug, "path": path, "name": f"Kategori {n}", "name_en": f"Category {n}", **given}))


def make_product(*, seller: Seller | None = None, **given: Any) -> Product:
    """A published product of 1,000 pieces at Rp 10.000; `tiers` is a list of (min_quantity, unit_price)."""
    n = next(_numbers)
    seller = seller or make_seller()
    offer = {
        "sku": f"SKU-{n}",
        "unit_price": 10_000,
        "on_hand": 1000,
        "min_order": 1,
        "order_multiple": 1,
    }
    offer |= {key: given.pop(key) for key in [*offer, "reserved"] if key in given}
    tiers = given.pop("tiers", [])
    product: Product = Product(
        **{
            "seller": seller,
            "category": given.pop("category", None) or make_category(),
            "slug": f"produk-{n}",
            "name": f"Produk {n}",
            "description": "Barang yang baik.",
            "unit_code": "H87",
            "state": ProductState.PUBLISHED,
            **given,
        }
    )
    product.offers = [Offer(seller_id=seller.id, **offer)]
    product.offer.tiers = [PriceTier(min_quantity=quantity, unit_price=price) for quantity, price in tiers]
    _save(product)
    if product.offer.on_hand:
        _save(
            StockMovement(
                offer_id=product.offer.id,
                kind=MovementKind.ADJUSTMENT,
                on_hand_change=product.offer.on_hand,
                reserved_change=product.offer.reserved or 0,
            )
        )
    return product


def make_variants(options: tuple[str, ...], *values: tuple[str, ...], **given: Any) -> Product:
    """A product in several variants: `make_variants(("Ukuran",), ("S",), ("M",))`; else as `make_product` makes it."""
    product = make_product(options=list(options), **given)
    first = product.offer
    first.options = list(values[0])
    alike = {name: getattr(first, name) for name in ("unit_price", "on_hand", "min_order", "order_multiple")}
    for position, each in enumerate(values[1:], 1):
        sku = f"{first.sku}-{position}"
        offer = Offer(seller_id=product.seller_id, sku=sku, options=list(each), position=position, **alike)
        offer.tiers = [PriceTier(min_quantity=tier.min_quantity, unit_price=tier.unit_price) for tier in first.tiers]
        product.offers.append(offer)
        session.flush()
        if offer.on_hand:
            _save(StockMovement(offer_id=offer.id, kind=MovementKind.ADJUSTMENT, on_hand_change=offer.on_hand))
    session.flush()
    return product
