"""The lower prices of larger quantities, as they are filled in."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField
from wtforms.validators import Optional

from catalog.products import limits
from catalog.products.details import TierDetails
from catalog.products.forms.rows import Row, Rows
from catalog.products.models import Offer
from market.web.fields import RupiahField, WholeNumberField


class TierRow(Row):
    """A lower price from a quantity on; both or nothing."""

    min_quantity = WholeNumberField(_l("Mulai"), [Optional()], lowest=2, highest=limits.MAX_QUANTITY)
    unit_price = RupiahField(_l("Harga satuan"), [Optional()], lowest=1, highest=limits.MAX_PRICE)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether both are there, or neither."""
        sound = super().validate(extra_validators)
        for field, other in ((self.min_quantity, self.unit_price), (self.unit_price, self.min_quantity)):
            if sound and field.data is None and other.data is not None:
                field.errors = [_("Isi juga bagian ini, atau kosongkan barisnya.")]
                return False
        return sound


def tier_rows() -> Rows:
    """As many rows as an offer may have tiers."""
    return Rows(FormField(TierRow), _l("Harga grosir"), min_entries=limits.MOST_TIERS, max_entries=limits.MOST_TIERS)


def filled_tiers(rows: Rows) -> list[TierDetails]:
    """The rows that can be read, in the order in which they stand."""
    filled = [(row.form.min_quantity.data, row.form.unit_price.data) for row in rows]
    return [TierDetails(quantity, price) for quantity, price in filled if quantity and price]


def tier_values(offer: Offer) -> list[dict[str, int]]:
    """What stands in the rows of an offer that is there."""
    return [{"min_quantity": tier.min_quantity, "unit_price": tier.unit_price} for tier in offer.tiers]
