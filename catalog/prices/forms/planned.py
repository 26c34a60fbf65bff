"""The form of a planned list price, and of the change from which on a cooperative wants sellers to look twice."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from catalog.prices import limits
from catalog.prices.forms.confirmation import AsksAboutPrice
from catalog.products.details import TierDetails
from catalog.products.forms.tiers import filled_tiers, tier_rows
from catalog.products.limits import MAX_PRICE
from catalog.products.models import Product
from market.web.fields import PercentField, RupiahField


class PlannedPriceForm(AsksAboutPrice, FlaskForm):
    """From which day on, of which variant, and what."""

    variant = SelectField(_l("Varian"), coerce=int)
    starts_on = DateField(_l("Mulai berlaku"), [InputRequired(_l("Pilih hari pertama."))])
    price = RupiahField(
        _l("Harga yang dibayar pembeli"), [InputRequired(_l("Isi harganya."))], lowest=1, highest=MAX_PRICE
    )
    tiers = tier_rows()

    @classmethod
    def for_product(cls, product: Product, **data: Any) -> "PlannedPriceForm":
        """The form with the product's variants to choose from."""
        form = cls(data={"variant": product.offer.id, **data})
        form.variant.choices = [SelectChoice(offer.id, offer.label or product.name) for offer in product.variants]
        return form

    def filled_tiers(self) -> list[TierDetails]:
        """The rows that can be read, in the order in which they stand."""
        return filled_tiers(self.tiers)


class PriceCheckForm(FlaskForm):
    """How far a price may move before its seller is asked."""

    rate = PercentField(
        _l("Bertanya bila harga berubah lebih dari"),
        [InputRequired(_l("Isi persennya."))],
        highest=limits.HIGHEST_JUMP_RATE,
    )
