"""What can go wrong with closures."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.clock import ONE_DAY
from market.errors import DomainError, IllegalTransition, Invalid
from market.formats import date_short

if TYPE_CHECKING:
    from catalog.closures.models import Closure


class SellerClosed(DomainError):
    """The seller takes no orders today; the sentence says until when, why, and from which day on it does again."""

    def __init__(self, seller: str, closure: "Closure", until: date, *, field: str | None = None):
        words = {
            "seller": seller,
            "until": _written(until),
            "reason": closure.note,
            "opens": _written(until + ONE_DAY),
        }
        if closure.note:
            sentence = _("%(seller)s tutup sampai %(until)s (%(reason)s). Pesan lagi mulai %(opens)s.", **words)
        else:
            sentence = _("%(seller)s tutup sampai %(until)s. Pesan lagi mulai %(opens)s.", **words)
        super().__init__(sentence, field=field, details={"closed_until": until.isoformat()})


class ClosuresOverlap(Invalid):
    """Some of these days are in another closure already."""

    def __init__(self, others: Iterable["Closure"]):
        days = ", ".join(f"{_written(each.first_day)} – {_written(each.last_day)}" for each in others)
        super().__init__(
            _("Sebagian hari itu sudah ada di jadwal tutup lain (%(days)s). Batalkan dulu jadwal itu.", days=days),
            field="first_day",
        )


class ClosureOver(IllegalTransition):
    """The closure has ended or was called off."""

    message = _l("Jadwal tutup ini sudah berakhir atau sudah dibatalkan.")


def _written(day: date) -> str:
    return date_short(day, str(get_locale() or "id"))
