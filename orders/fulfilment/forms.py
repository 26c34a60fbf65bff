"""Forms of shipping and counting: some fields of the whole, and inputs for each line such as `accepted-17`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from catalog.products.limits import MAX_QUANTITY
from market.errors import DomainError
from market.web.fields import WholeNumberField, read_whole_number
from orders.fulfilment.models import ShipmentLine
from orders.fulfilment.operations import Counted
from orders.purchasing.models import OrderLine

LONGEST_NUMBER = 30
LONGEST_REASON = 500


class ShipmentForm(FlaskForm):
    """By whom the goods travel."""

    carrier = StringField(_l("Pengirim"), [Optional(), Length(max=100)])
    driver = StringField(_l("Nama sopir"), [Optional(), Length(max=100)])
    vehicle = StringField(_l("Nomor polisi"), [Optional(), Length(max=30)])
    left = WholeNumberField()
    """What was left when the page was shown; the page writes it anew each time."""


class ReceiptForm(FlaskForm):
    """What there is to say about the whole."""

    note = TextAreaField(_l("Catatan penerimaan"), [Optional(), Length(max=1000)])
    left = WholeNumberField()
    """What was left when the page was shown; the page writes it anew each time."""


@dataclass
class TypedLines:
    """What was typed at each line, and what is wrong with it, by the name of the input."""

    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, proposed: int | str) -> int | str:
        """What stands in an input: what was typed, else what is proposed."""
        return self.typed.get(name, proposed)

    def read_shipped(self, form: Mapping[str, str], lines: Sequence[OrderLine]) -> dict[int, int]:
        """How much of each order line is sent; lines left empty or at 0 are not."""
        quantities = {line.id: self._number(form, f"quantity-{line.id}") for line in lines}
        return {line_id: quantity for line_id, quantity in quantities.items() if quantity}

    def read_returned(self, form: Mapping[str, str], lines: Sequence[ShipmentLine]) -> dict[int, int]:
        """How much of each order line goes back into stock; lines left empty or at 0 do not."""
        quantities = {line.order_line_id: self._number(form, f"quantity-{line.order_line_id}") for line in lines}
        return {line_id: quantity for line_id, quantity in quantities.items() if quantity}

    def read_left(self, form: Mapping[str, str]) -> int | None:
        """How many were left when the page was shown; None when no page of ours sent it."""
        text = form.get("left", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None

    def read_counted(self, form: Mapping[str, str], lines: Sequence[ShipmentLine]) -> list[Counted]:
        """What was counted of each line of a shipment."""
        return [
            Counted(
                line.order_line_id,
                accepted=self._number(form, f"accepted-{line.order_line_id}"),
                rejected=self._number(form, f"rejected-{line.order_line_id}"),
                reason=self._reason(form, f"reason-{line.order_line_id}"),
            )
            for line in lines
        ]

    def place(self, error: DomainError, line_ids: Sequence[int]) -> bool:
        """Put the sentence of an error at `lines.N.name` to the input of that line; False when it concerns none."""
        match (error.field or "").split("."):
            case ["lines", index, name]:
                self.errors[f"{name}-{line_ids[int(index)]}"] = str(error)
                return True
        return False

    def _number(self, form: Mapping[str, str], name: str) -> int:
        self.typed[name] = form.get(name, "").strip()[:LONGEST_NUMBER]
        try:
            return read_whole_number(self.typed[name] or "0", highest=MAX_QUANTITY)
        except ValueError as error:
            self.errors[name] = str(error)
            return 0

    def _reason(self, form: Mapping[str, str], name: str) -> str | None:
        self.typed[name] = form.get(name, "").strip()
        if len(self.typed[name]) > LONGEST_REASON:
            self.errors[name] = _("Paling banyak %(longest)s huruf.", longest=LONGEST_REASON)
        return self.typed[name] or None
