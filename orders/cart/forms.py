"""The form that turns a cart into an order."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from market.organisations.kinds import Terms
from market.organisations.models import BuyerCompany, ShipTo
from market.web.fields import WholeNumberField
from orders.purchasing.rules import MAX_TOTAL


class CheckoutForm(FlaskForm):
    """Where to, on which terms, and under which number of the buyer's own."""

    ship_to = SelectField(_l("Kirim ke"), [Optional()], coerce=int)
    terms = RadioField(_l("Cara bayar"), choices=lambda: [SelectChoice(each.value, each.label) for each in Terms])
    buyer_reference = StringField(_l("Nomor referensi Anda"), [Length(max=100)])
    note = TextAreaField(_l("Catatan"), [Length(max=1000)])
    seen_total = WholeNumberField(validators=[InputRequired()], highest=MAX_TOTAL)
    """What the page showed; the page writes it anew each time."""

    @classmethod
    def for_buyer(cls, buyer: BuyerCompany, ship_tos: list[ShipTo]) -> "CheckoutForm":
        """The form with the buyer's places of delivery and usual terms, and what was typed if it was sent."""
        form = cls(request.form if "seen_total" in request.form else None, terms=buyer.terms)
        form.ship_to.choices = [(place.id, place.name) for place in ship_tos]
        return form

    def wanted(self) -> dict[str, Any]:
        """What was chosen, as the order takes it."""
        return {
            "seen_total": self.seen_total.data,
            "ship_to_id": self.ship_to.data,
            "terms": Terms(self.terms.data),
            "buyer_reference": (self.buyer_reference.data or "").strip() or None,
            "note": (self.note.data or "").strip() or None,
        }
