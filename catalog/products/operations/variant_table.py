"""Write a table of variants into a product's offers. What was once a variant stays, for its orders' sake.

The product and its offers must be locked, or new.
"""

from collections.abc import Sequence
from typing import Any, cast

from flask_babel import gettext as _

from catalog.prices.operations import settle
from catalog.prices.rules import changes_price
from catalog.products import limits, queries
from catalog.products.details import ProductDetails, TierDetails, VariantDetails
from catalog.products.errors import SkuTaken, StockChangedMeanwhile
from catalog.products.models import Offer, Product
from catalog.products.operations.one_offer import write_offer
from catalog.products.variants import at_row, check_table, make_sku, read_options, read_values, same
from catalog.stock import operations as stock
from market.accounts.actor import Actor
from market.db import session
from market.errors import Invalid

_NOT_OF_THE_OFFER = ("id", "values", "sku", "stock", "stock_seen", "picture", "active")
COMMON = ("price", "tiers", "floor_price", "min_order", "order_multiple", "content")
"""What can be said once for all rows, and what a new one has from the first."""


def write_table(product: Product, details: ProductDetails) -> None:
    """Make the details' `options` and `variants` those of the product.

    Each row is the variant with its id, or the one with its values, or a new one; the first row of what had no
    variants before is what there was. What is in no row is no longer sold. What the details say of price and
    quantities beside the table holds for every row that says nothing of it.

    Raises Invalid at `options`, `variants` or a field of a row, or PriceNeedsConfirmation.
    """
    options = read_options(details.get("options", product.options))
    rows = [_with_common(row, details) for row in _rows(product, options, details)]
    check_table(options, rows)
    offers = _match(product, rows)
    left_out = [offer for offer in product.offers if offer not in offers]
    if len(offers) + len(left_out) > limits.MOST_VARIANTS_EVER:
        words = _("Paling banyak %(most)s varian, juga yang tidak dijual lagi.", most=limits.MOST_VARIANTS_EVER)
        raise Invalid(words, field="variants")
    skus = _skus(product, rows, offers, base=details.get("sku"))
    _require_free_skus(product, rows, offers, skus)
    settle(
        offer
        for offer, row in zip(offers, rows, strict=True)
        if offer.id is not None and changes_price(offer, cast(ProductDetails, row))
    )
    _make_room(offers, rows)
    product.options = options
    product.offers = [*offers, *left_out]
    for number, (offer, row, sku) in enumerate(zip(offers, rows, skus, strict=True)):
        offer.position, offer.sku = number, sku
        with at_row(number):
            _write_row(product, offer, row, first=offers[0])
    for position, offer in enumerate(left_out, len(offers)):
        offer.active, offer.position = False, position


def count_table(product: Product, rows: Sequence[VariantDetails], *, by: Actor) -> None:
    """Set the stock that a table says, after it was written; raises StockChangedMeanwhile or Invalid at the row."""
    counts = []
    for number, (offer, row) in enumerate(zip(product.offers, rows, strict=False)):
        if (wanted := row.get("stock")) is None:
            continue
        with at_row(number):
            seen = row.get("stock_seen")
            if seen is not None and seen != offer.on_hand:
                raise StockChangedMeanwhile(seen=seen, present=offer.on_hand)
            stock.require_covered(offer, wanted)
        counts.append((offer, wanted))
    stock.adjust_all(counts, by=by)


def table_of(product: Product) -> list[VariantDetails]:
    """The rows that would leave the product as it is."""
    return [{"id": offer.id, "values": offer.options, "active": offer.active} for offer in product.offers]


def _rows(product: Product, options: list[str], details: ProductDetails) -> list[VariantDetails]:
    """The rows given. Without any: those there are, or only the first where there is nothing left to differ in."""
    if "variants" in details:
        rows = list(details["variants"])
    else:
        rows = table_of(product)[:1] if not options else table_of(product)
    if not options and len(rows) != 1:
        raise Invalid(
            _("Tanpa pembeda hanya ada satu macam barang. Tulis dulu pembedanya, misalnya Ukuran."), field="options"
        )
    return rows if options else [{**rows[0], "values": (), "active": True}]


def _with_common(row: VariantDetails, details: ProductDetails) -> VariantDetails:
    common = {field: details[field] for field in COMMON if field in details}  # type: ignore[literal-required]
    said = {**common, **row, "price_confirmed": details.get("price_confirmed", False)}
    if not (row.get("sku") or "").strip():
        said.pop("sku", None)
    return cast(VariantDetails, said)


def _match(product: Product, rows: Sequence[VariantDetails]) -> list[Offer]:
    """The offer of each row, new ones included."""
    left = list(product.offers)
    found: dict[int, Offer] = {}
    for number, row in enumerate(rows):
        if (offer_id := row.get("id")) is None:
            continue
        offer = next((each for each in left if each.id == offer_id), None)
        if offer is None:
            with at_row(number):
                raise Invalid(_("Varian ini tidak ada di produk ini, atau tertulis dua kali."), field="id")
        left.remove(offer)
        found[number] = offer
    by_values = {same(offer.options): offer for offer in left}
    for number, row in enumerate(rows):
        values = same(read_values(row))
        if number not in found:
            if values not in by_values and number == 0 and not product.options:
                values = ()  # what there was of a product without variants becomes the first of them
            found[number] = by_values.pop(values) if values in by_values else _new_offer(product)
        elif values in by_values:
            with at_row(number):
                words = _(
                    "Varian %(name)s sudah pernah ada. Pakai kembali yang itu.", name=" / ".join(read_values(row))
                )
                raise Invalid(words, field="options")
    return [found[number] for number in range(len(rows))]


def _new_offer(product: Product) -> Offer:
    return Offer(seller_id=product.seller.id, on_hand=0, reserved=0, options=[], made_to_order=product.made_to_order)


def _require_free_skus(
    product: Product, rows: Sequence[VariantDetails], offers: Sequence[Offer], skus: Sequence[str]
) -> None:
    """A number that a row says must not be that of another row, of a variant that is left out, or of other goods."""
    said = {number: sku for number, sku in enumerate(skus) if "sku" in rows[number]}
    taken = {sku for number, sku in enumerate(skus) if number not in said}
    left_out = {offer.sku: offer for offer in product.offers if offer not in offers}
    elsewhere = queries.find_skus_in_use(product.seller.id, said.values(), besides=product.id)
    for number, sku in said.items():
        with at_row(number):
            if sku in taken:
                raise SkuTaken(_("Kode barang %(sku)s dipakai dua kali di sini.", sku=sku), field="sku")
            if sku in left_out:
                words = {"sku": sku, "name": left_out[sku].label}
                raise SkuTaken(_("Kode %(sku)s milik varian %(name)s yang tidak dijual lagi.", **words), field="sku")
            if sku in elsewhere:
                raise SkuTaken(field="sku")
        taken.add(sku)


def _skus(product: Product, rows: Sequence[VariantDetails], offers: Sequence[Offer], *, base: str | None) -> list[str]:
    """Each row's number: the one it says, or the one it has, or one that is made up."""
    skus = [row.get("sku", "").strip() or offer.sku or "" for row, offer in zip(rows, offers, strict=True)]
    if all(skus):
        return skus
    base = (base or "").strip() or skus[0] or f"P-{product.id}"
    taken = {*skus, *(offer.sku for offer in product.offers), *queries.find_skus_beginning(product.seller.id, base)}
    for number, row in enumerate(rows):
        if not skus[number]:
            skus[number] = make_sku(base, read_values(row), taken)
            taken.add(skus[number])
    return skus


def _make_room(offers: Sequence[Offer], rows: Sequence[VariantDetails]) -> None:
    """What takes the place of another would collide with it on the way: let go of the places first."""
    changing = [
        (offer, row)
        for offer, row in zip(offers, rows, strict=True)
        if offer.id is not None
        and (list(offer.options) != list(read_values(row)) or row.get("sku", offer.sku).strip() != offer.sku)
    ]
    if not changing or len(offers) == 1:
        return
    for offer, row in changing:
        offer.options = [f"\x1f{offer.id}"]
        if "sku" in row:
            offer.sku = f"\x1f{offer.id}"
    session.flush()


def _write_row(product: Product, offer: Offer, row: VariantDetails, *, first: Offer) -> None:
    said = {field: value for field, value in row.items() if field not in _NOT_OF_THE_OFFER}
    if offer.unit_price is None:
        said = {**_like(first, row), **said} if offer is not first else said
        if "price" not in said:
            raise Invalid(_("Isi harganya."), field="price")
    offer.options, offer.active = list(read_values(row)), row.get("active", True)
    if "picture" in row:
        offer.picture = _picture(product, row["picture"])
    write_offer(offer, cast(ProductDetails, said), settled=True)


def _like(first: Offer, row: VariantDetails) -> dict[str, Any]:
    """What a new variant has from the first; its wholesale prices only where it costs the same."""
    same_price = row.get("price", first.unit_price) == first.unit_price
    return {
        "price": first.unit_price,
        "tiers": [TierDetails(tier.min_quantity, tier.unit_price) for tier in first.tiers] if same_price else [],
        "min_order": first.min_order,
        "order_multiple": first.order_multiple,
        "content": first.content,
    }


def _picture(product: Product, key: str | None) -> Any:
    if key is None:
        return None
    for picture in product.pictures:
        if picture.file_key == key:
            return picture
    raise Invalid(_("Gambar ini tidak ada lagi di produk ini."), field="picture")
