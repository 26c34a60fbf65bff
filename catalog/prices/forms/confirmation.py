"""The part of a form that asks about a price that looks like a slip.

A form takes it in as a base (`class MyForm(AsksAboutPrice, FlaskForm)`), gives `**form.price_details()` to the
operation, and the view shows its errors with `show_price_error`. The template puts `price_tick(form)` of
`catalog/prices/_tick.html` under the price: nothing, until there is something to ask. Where a form has many prices,
as that of variants, one tick is for all of them.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import Optional

from catalog.prices.errors import PriceNeedsConfirmation
from catalog.products.limits import MAX_PRICE
from market.errors import DomainError
from market.web.fields import RupiahField
from market.web.forms import show_error


class AsksAboutPrice:
    """The tick with which a seller says that a strange price is meant."""

    price_confirmed = BooleanField(_l("Ya, harga ini benar"))
    asked_about_price = False
    """Whether the page has just asked."""

    @property
    def shows_price_tick(self) -> bool:
        """Whether the tick is there: once asked, it stays until the form is saved."""
        return self.asked_about_price or bool(self.price_confirmed.data)


class KnowsFloor(AsksAboutPrice):
    """The seller's own lowest price, which nobody else sees, with the tick."""

    floor_price = RupiahField(_l("Harga terendah Anda"), [Optional()], lowest=1, highest=MAX_PRICE)

    def price_details(self) -> dict[str, Any]:
        """What was filled in, as the details of a product have it."""
        return {"floor_price": self.floor_price.data, "price_confirmed": bool(self.price_confirmed.data)}


def show_price_error(form: FlaskForm, error: DomainError, *, otherwise: str | None = None) -> None:
    """As `show_error`; a question about a price also brings the tick that answers it."""
    if isinstance(error, PriceNeedsConfirmation) and isinstance(form, AsksAboutPrice):
        form.asked_about_price = True
    show_error(form, error, otherwise=otherwise)
