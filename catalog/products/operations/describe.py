"""Describe a product, and change what is said of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from catalog import signals
from catalog.categories.tree import OTHER
from catalog.products import images, rules
from catalog.products.details import CertificateDetails, ProductDetails, TierDetails
from catalog.products.errors import ChangedMeanwhile, SkuTaken
from catalog.products.models import Certificate, Offer, PriceTier, Product
from catalog.products.operations.pictures import attach
from catalog.products.queries import draw_product_ids, lock_product
from catalog.products.slugs import slug_of
from catalog.products.states import ProductState
from catalog.products.units import USUAL_UNIT
from catalog.stock import operations as stock
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid
from market.organisations.queries import get_seller

APPROVED_FIELDS = frozenset({"name", "description", "specification", "category", "unit", "certificates"})
"""What the cooperative approved: a published product whose words change goes back to it."""


def create_product(details: ProductDetails, *, by: Actor, pictures: Iterable[bytes] = ()) -> Product:
    """Make a draft; name and price must be given. Raises Invalid at the field that is wrong, or SkuTaken."""
    seller_id = by.require(Role.SELLER)
    for field in ("name", "price"):
        if field not in details:
            raise Invalid(_("Bagian ini harus diisi."), field=field)
    rules.check(details)
    prepared = [images.prepare(content) for content in pictures]
    with atomic(), _sku_explained():
        product_id = draw_product_ids(1)[0]
        product = Product(id=product_id, seller=get_seller(seller_id), slug=slug_of(details["name"], product_id))
        product.offers = [Offer(seller_id=seller_id, on_hand=0, reserved=0)]
        _write(product, {"category": OTHER, "unit": USUAL_UNIT, "sku": f"P-{product_id}", **details})
        session.add(product)
        attach(product, prepared)
        session.flush()
        audit.record(product, "product_created", by=by)
        if details.get("stock"):
            stock.adjust(product.offer, details["stock"], by=by)
        signals.products_changed.send(None, product_ids=[product.id])
    return product


def update_product(product_id: int, details: ProductDetails, *, by: Actor, seen_at: datetime | None = None) -> Product:
    """Change what is given. A published product whose words change goes back to the cooperative.

    Price, tiers, minimum, stock and lead time hold at once. `seen_at` is the `updated_at` that the person had before
    their eyes. Raises NotFound, ChangedMeanwhile, SkuTaken, or Invalid at the field that is wrong.
    """
    seller_id = by.require(Role.SELLER)
    rules.check(details)
    with atomic(), _sku_explained():
        product = lock_product(product_id, seller_id=seller_id)
        if seen_at is not None and product.updated_at != seen_at:
            raise ChangedMeanwhile
        changes = _write(product, details)
        if changes:
            _note_changes(product, changes, by=by)
        if "stock" in details:
            stock.adjust(product.offer, details["stock"], by=by)
        session.flush()
    return product


def _note_changes(product: Product, changes: dict[str, Any], *, by: Actor) -> None:
    product.updated_at = clock.now()
    audit.record(product, "product_changed", by=by, changes=changes)
    if product.state in (ProductState.SUBMITTED, ProductState.PUBLISHED):
        rules.require_complete(name=product.name, description=product.description)
    if product.state is ProductState.PUBLISHED and APPROVED_FIELDS & changes.keys():
        product.move_to(ProductState.SUBMITTED, by=by)
    signals.products_changed.send(None, product_ids=[product.id])


def _write(product: Product, details: ProductDetails) -> dict[str, Any]:
    """Write what is given and differs; returns each changed field with what it was and what it is."""
    before = _plain_values(product)
    if "category" in details:
        product.category = rules.category_of(details["category"])
    if "unit" in details:
        product.unit_code = rules.unit_code_of(details["unit"])
    for field in ("name", "description", "lead_time_days"):
        if field in details:
            value: Any = details[field]
            setattr(product, field, value.strip() if isinstance(value, str) else value)
    if "specification" in details:
        product.specification = [[name.strip(), value.strip()] for name, value in details["specification"]]
    if "certificates" in details:
        _write_certificates(product, details["certificates"])
    _write_offer(product.offer, details)
    after = _plain_values(product)
    return {field: [before[field], after[field]] for field in after if after[field] != before[field]}


def _write_offer(offer: Offer, details: ProductDetails) -> None:
    if "sku" in details:
        offer.sku = details["sku"].strip()
    if "price" in details:
        offer.unit_price = details["price"]
    if "min_order" in details:
        offer.min_order = details["min_order"]
    if "order_multiple" in details:
        offer.order_multiple = details["order_multiple"]
    if "tiers" in details:
        write_tiers(offer, details["tiers"])
    rules.check_tiers(offer.unit_price, [TierDetails(tier.min_quantity, tier.unit_price) for tier in offer.tiers])


def write_tiers(offer: Offer, tiers: Iterable[TierDetails]) -> None:
    """Make these the offer's tiers. A row that stays is changed in place, for a new one beside it would collide."""
    wanted = sorted(tiers)
    if len({tier.min_quantity for tier in wanted}) < len(wanted):
        rules.check_tiers(offer.unit_price, wanted)
    present = {tier.min_quantity: tier for tier in offer.tiers}
    kept = []
    for quantity, price in wanted:
        tier = present.get(quantity) or PriceTier(min_quantity=quantity)
        tier.unit_price = price
        kept.append(tier)
    offer.tiers = kept


def _write_certificates(product: Product, certificates: Iterable[CertificateDetails]) -> None:
    present = {certificate.kind: certificate for certificate in product.certificates}
    kept = []
    for kind, number, expires_on in certificates:
        certificate = present.get(kind) or Certificate(kind=kind, number="")
        if number is not None:
            certificate.number, certificate.expires_on = number.strip(), expires_on
        kept.append(certificate)
    product.certificates = kept


def _plain_values(product: Product) -> dict[str, Any]:
    """What is said of the product, as plain values that can be compared and kept in the record of deeds."""
    offer = product.offer
    return {
        "name": product.name,
        "description": product.description,
        "specification": product.specification,
        "category": product.category.slug if product.category else None,
        "unit": product.unit_code,
        "certificates": sorted(
            [str(c.kind), c.number, c.expires_on.isoformat() if c.expires_on else None] for c in product.certificates
        ),
        "sku": offer.sku,
        "price": offer.unit_price,
        "tiers": [[tier.min_quantity, tier.unit_price] for tier in offer.tiers],
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "lead_time_days": product.lead_time_days,
    }


@contextmanager
def _sku_explained() -> Iterator[None]:
    """Only the database can say for certain that a number is taken: two people may ask at the same time."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if "uq_offers_seller_id_sku" in str(error.orig):
            raise SkuTaken(field="sku") from error
        raise
