"""The form of a contract."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, FormField, StringField
from wtforms.validators import InputRequired, Length, Optional

from catalog.prices import limits
from catalog.prices.errors import PriceNeedsConfirmation
from catalog.prices.forms.confirmation import AsksAboutPrice
from catalog.prices.operations import AgreedPrice
from catalog.products.forms.rows import Row, Rows
from catalog.products.limits import LONGEST_NAME, LONGEST_SKU, MAX_PRICE, MAX_QUANTITY
from catalog.products.models import Offer
from market.errors import DomainError, Invalid
from market.web.fields import RupiahField, WholeNumberField
from market.web.forms import show_error

SPARE_ROWS, MOST_ROWS = 3, 30
BETWEEN = " · "
"""What stands between number and name in the list that a browser offers."""


class AgreedRow(Row):
    """One price; an empty row is no row."""

    goods = StringField(_l("Barang"), [Length(max=LONGEST_SKU + LONGEST_NAME + 100)])
    unit_price = RupiahField(_l("Harga kontrak"), [Optional()], lowest=1, highest=MAX_PRICE)
    min_quantity = WholeNumberField(_l("Mulai jumlah"), [Optional()], lowest=1, highest=MAX_QUANTITY)

    @property
    def filled(self) -> bool:
        """Whether anything is said here."""
        return bool((self.goods.data or "").strip()) or self.unit_price.data is not None

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Goods have a price, and a price is for something."""
        sound = super().validate(extra_validators)
        if sound and self.filled:
            if not (self.goods.data or "").strip():
                self.goods.errors = [_("Pilih barangnya.")]
                return False
            if self.unit_price.data is None:
                self.unit_price.errors = [_("Isi harganya.")]
                return False
        return sound


class ContractForm(AsksAboutPrice, FlaskForm):
    """Number, days and prices; with whom stands in the page's address."""

    number = StringField(
        _l("Nomor kontrak"), [InputRequired(_l("Isi nomor kontraknya.")), Length(max=limits.LONGEST_NUMBER)]
    )
    starts_on = DateField(_l("Hari pertama"), [InputRequired(_l("Pilih hari pertama."))])
    ends_on = DateField(_l("Hari terakhir"), [Optional()])
    lines = Rows(FormField(AgreedRow), _l("Harga yang disepakati"), max_entries=MOST_ROWS)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        filled = max((place + 1 for place, row in enumerate(self.lines) if row.form.filled), default=0)
        while len(self.lines) < min(filled + SPARE_ROWS, MOST_ROWS):
            self.lines.append_entry()

    def skus(self) -> list[str]:
        """The numbers that the goods may be meant by: all of what was typed, or what stands before the name."""
        typed = [(row.form.goods.data or "").strip() for row in self.lines]
        return [sku for text in typed if text for sku in (text, text.partition(BETWEEN)[0].strip())]

    def agreed(self, offers: Mapping[str, Offer]) -> list[AgreedPrice]:
        """What was filled in; `offers` are the seller's own by number, in small letters.

        Raises Invalid at `lines.N.offer` for goods that are not among them.
        """
        agreed = []
        for index, row in enumerate(self._filled()):
            typed = row.goods.data.strip().lower()
            offer = offers.get(typed) or offers.get(typed.partition(BETWEEN)[0].strip())
            if offer is None:
                words = _("Tidak ada barang Anda dengan kode ini. Pilih dari daftar.")
                raise Invalid(words, field=f"lines.{index}.offer")
            agreed.append(AgreedPrice(offer.id, row.unit_price.data or 0, row.min_quantity.data or 1))
        return agreed

    def show(self, error: DomainError) -> None:
        """Put a sentence at the row and field it concerns."""
        self.asked_about_price = isinstance(error, PriceNeedsConfirmation)
        place, _dot, name = (error.field or "").removeprefix("lines.").partition(".")
        if not place.isdecimal():
            show_error(self, error, otherwise="number")
            return
        field = self._filled()[int(place)][{"offer": "goods"}.get(name, name)]
        field.errors = [*field.errors, str(error)]
        self.lines.errors = [row.form.errors for row in self.lines]

    def _filled(self) -> list[AgreedRow]:
        return [row.form for row in self.lines if row.form.filled]


def goods_text(offer: Offer) -> str:
    """An offer as it is chosen from the list that the browser offers."""
    return BETWEEN.join(filter(None, (offer.sku, offer.product.name, offer.label)))


def goods_texts(offers: Iterable[Offer]) -> list[str]:
    """All of a seller's offers as they are chosen."""
    return [goods_text(offer) for offer in offers]
