"""What a seller types about stock and capacity."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from catalog.products.limits import MAX_QUANTITY
from catalog.stock.limits import LONGEST_NOTE
from catalog.stock.models import AdjustmentReason
from market.web.fields import WholeNumberField

COUNTED = (AdjustmentReason.COUNT, AdjustmentReason.OTHER)
GONE = (
    AdjustmentReason.DAMAGED,
    AdjustmentReason.LOST,
    AdjustmentReason.EXPIRED,
    AdjustmentReason.SAMPLE,
    AdjustmentReason.OTHER,
)

STOCK, TO_ORDER = "stock", "to_order"


def _choices(reasons: tuple[AdjustmentReason, ...]) -> list[SelectChoice]:
    return [SelectChoice(reason.value, reason.label) for reason in reasons]


class Seen(FlaskForm):
    """Knows how many there were on the page, so that a form sent twice counts once."""

    seen = HiddenField()

    @property
    def seen_on_hand(self) -> int | None:
        """The figure; None for one that nobody of ours sent."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


class ReceiptForm(Seen):
    """Goods came in."""

    quantity = WholeNumberField(
        _l("Jumlah yang masuk"), [InputRequired(_l("Isi jumlahnya."))], lowest=1, highest=MAX_QUANTITY
    )
    note = StringField(_l("Catatan"), [Optional(), Length(max=LONGEST_NOTE)])


class CountForm(Seen):
    """It was counted anew."""

    stock = WholeNumberField(
        _l("Jumlah di gudang sekarang"), [InputRequired(_l("Isi jumlahnya; 0 bila habis."))], highest=MAX_QUANTITY
    )
    reason = SelectField(_l("Alasan"), choices=lambda: _choices(COUNTED))
    note = StringField(_l("Catatan"), [Optional(), Length(max=LONGEST_NOTE)])


class LossForm(Seen):
    """Pieces are gone, and no order took them."""

    quantity = WholeNumberField(
        _l("Jumlah yang berkurang"), [InputRequired(_l("Isi jumlahnya."))], lowest=1, highest=MAX_QUANTITY
    )
    reason = SelectField(_l("Alasan"), choices=lambda: _choices(GONE))
    note = StringField(_l("Catatan"), [Optional(), Length(max=LONGEST_NOTE)])


class CapacityForm(FlaskForm):
    """From stock, or made when it is ordered."""

    way = RadioField(
        _l("Cara menjual"),
        choices=lambda: [
            SelectChoice(STOCK, _l("Dari stok di gudang")),
            SelectChoice(TO_ORDER, _l("Dibuat sesuai pesanan")),
        ],
    )
    weekly_capacity = WholeNumberField(_l("Kapasitas seminggu"), lowest=1, highest=MAX_QUANTITY)

    def validate_weekly_capacity(self, field: WholeNumberField) -> None:
        """What is made to order has a capacity."""
        if self.way.data == TO_ORDER and field.data is None:
            raise ValidationError(_("Isi berapa yang dapat dibuat dalam seminggu."))

    def capacity(self) -> int | None:
        """The capacity meant; None for sold from stock."""
        return self.weekly_capacity.data if self.way.data == TO_ORDER else None
