"""What the card of a product found says, all of it from the document."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from catalog.products.certificates import CertificateKind
from market import clock, formats
from search.documents import AgreedPrice, ProductDocument


def cards(
    hits: Sequence[ProductDocument], *, buyer_id: int | None = None, away: Mapping[str, float] | None = None
) -> list[dict[str, Any]]:
    """What the product card shows of each product found, to this buyer or to anybody.

    With `away`, the kilometres from a place to each district, it says how far the seller is.
    """
    return [_card(hit, buyer_id, away or {}) for hit in hits]


def _card(hit: ProductDocument, buyer_id: int | None, away: Mapping[str, float]) -> dict[str, Any]:
    item = hit["item"]
    return {
        "product_id": hit["id"],
        "name": item["name"],
        "url": url_for("products.show", slug=item["slug"]),
        "price": item["price"],
        "unit": item["unit_name"],
        "comparison": _comparison(item),
        "seller": item["seller"]["name"],
        "district": item["seller"]["district"],
        "distance": _distance(away.get(hit["district_code"] or "")),
        "from_price": len({variant["price"] for variant in item["variants"]}) > 1,
        "variants": len(item["variants"]) if len(item["variants"]) > 1 else None,
        "minimum": hit["smallest_order"],
        "wholesale": hit["lowest_price"] if hit["lowest_price"] < item["price"] else None,
        "contract": agreed_price(hit, buyer_id),
        "sizes": item["pictures"][0] if item["pictures"] else None,
        "category_icon": hit["category_icon"],
        "certificates": [CertificateKind(kind).label for kind in item["certifications"]],
        "availability": _availability(hit),
        "available": hit["in_stock"] and not _closed_until(hit),
    }


def _distance(kilometres: float | None) -> str | None:
    """About how far, for both places are only known by their district."""
    if kilometres is None:
        return None
    return f"±\u00a0{round(kilometres)}\u00a0km" if kilometres >= 1 else _("satu kecamatan")


def _closed_until(hit: ProductDocument) -> date | None:
    """The last day of the closure in which its seller is today."""
    seller = hit["item"]["seller"]
    if seller["closed_from"] and seller["closed_from"] <= clock.today().isoformat() <= seller["closed_until"]:
        return date.fromisoformat(seller["closed_until"])
    return None


def _comparison(item: dict[str, Any]) -> str | None:
    """What the price is for a piece or a kilo; None where it would only say the price again."""
    compared = item["comparison"]
    if compared is None or compared["unit"] == item["unit"]:
        return None
    return f"{formats.rupiah(compared['price'])} / {compared['unit_name']}"


def _availability(hit: ProductDocument) -> str:
    if closed_until := _closed_until(hit):
        return _("Tutup s.d. %(day)s", day=formats.date_short(closed_until, str(get_locale())))
    if hit["item"]["made_to_order"]:
        days = hit["item"]["ready_days"]
        if days is None:
            return _("Dibuat sesuai pesanan")
        return ngettext("Dibuat sesuai pesanan · siap %(num)s hari", "Dibuat sesuai pesanan · siap %(num)s hari", days)
    available, days = formats.number(hit["item"]["available"]), hit["item"]["lead_time_days"]
    if not hit["in_stock"]:
        return _("Stok habis") if hit["item"]["available"] == 0 else _("Stok tinggal %(number)s", number=available)
    if days == 0:
        return _("Stok %(number)s", number=available)
    return ngettext(
        "Stok %(number)s · siap %(num)s hari", "Stok %(number)s · siap %(num)s hari", days, number=available
    )


def agreed_price(hit: ProductDocument, buyer_id: int | None) -> AgreedPrice | None:
    """The lowest price that this buyer has agreed for today, and from how many on."""
    today = clock.today().isoformat()
    agreed = [
        each
        for each in hit["contracts"].get(str(buyer_id), ())
        if each["starts_on"] <= today and (each["ends_on"] is None or today <= each["ends_on"])
    ]
    return min(agreed, key=lambda each: (each["price"], each["quantity"]), default=None)
