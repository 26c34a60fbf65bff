"""What can go wrong with prices."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid
from market.formats import date_id, number, percent_bp, rupiah
from market.money import PER_WHOLE, round_half_up


class PriceNeedsConfirmation(Invalid):
    """A price looks like a slip of the finger: the seller must say that it is meant.

    `details` has the reason ("floor" or "jump"), the price before (or the floor), the price after, both in whole
    rupiah, for a jump by how many per cent it moves, and by which field a program confirms it. Only a seller ever meets
    it, for it may name the floor.
    """

    def __init__(self, sentence: str, *, field: str, reason: str, before: int, after: int, percent: int | None = None):
        super().__init__(
            f"{sentence} " + _("Centang untuk memastikan harga ini benar."),
            field=field,
            details={
                "reason": reason,
                "before": before,
                "after": after,
                "percent": percent,
                "confirm": "confirm_price",
            },
        )

    @classmethod
    def below_floor(cls, *, floor: int, price: int, field: str, of: str = "") -> "PriceNeedsConfirmation":
        """A price below the lowest that the seller wants to sell for; `of` says of what, where that is in doubt."""
        words = _("Harga %(price)s di bawah harga terendah Anda, %(floor)s.", price=rupiah(price), floor=rupiah(floor))
        return cls(of + words, field=field, reason="floor", before=floor, after=price)

    @classmethod
    def jump(cls, *, before: int, after: int, field: str, quantity: int = 1, of: str = "") -> "PriceNeedsConfirmation":
        """A price far from the one before; `quantity` is from how many pieces on it is paid."""
        percent = round_half_up(abs(after - before) * 100, before)
        facts: dict[str, Any] = {
            "percent": percent_bp(percent * PER_WHOLE // 100),
            "before": rupiah(before),
            "after": rupiah(after),
            "n": number(quantity),
        }
        if quantity > 1:
            up = _("Harga mulai %(n)s naik %(percent)s dari %(before)s ke %(after)s.", **facts)
            down = _("Harga mulai %(n)s turun %(percent)s dari %(before)s ke %(after)s.", **facts)
        else:
            up = _("Harga naik %(percent)s dari %(before)s ke %(after)s.", **facts)
            down = _("Harga turun %(percent)s dari %(before)s ke %(after)s.", **facts)
        sentence = of + (up if after > before else down)
        return cls(sentence, field=field, reason="jump", before=before, after=after, percent=percent)


class ContractsOverlap(DomainError):
    """The buyer has another contract for the same goods, from the same quantity on, on some of the same days."""

    def __init__(self, number: str, *, goods: str, field: str):
        super().__init__(
            _(
                "%(goods)s sudah ada di kontrak %(number)s untuk pembeli dan hari yang sama. "
                "Hentikan dulu yang itu, atau pilih hari lain.",
                goods=goods,
                number=number,
            ),
            field=field,
            details={"number": number},
        )


class ContractIsOver(DomainError):
    """What is over, or was called off, cannot be called off again."""

    message = _l("Kontrak ini sudah berakhir atau sudah dihentikan.")


class AnotherChangePlanned(DomainError):
    """Two list prices cannot begin on one day."""

    def __init__(self, day: date):
        super().__init__(
            _("Sudah ada perubahan harga mulai %(day)s. Batalkan dulu yang itu.", day=date_id(day)), field="starts_on"
        )


class PriceHoldsAlready(DomainError):
    """The change has begun, or was cancelled."""

    message = _l("Perubahan harga ini sudah berlaku atau sudah dibatalkan.")
