"""Which certificates a seller is reminded of, and how the letters say it."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.products.certificates import REMINDED_DAYS, CertificateKind
from catalog.products.models import Certificate
from market.formats import date_id

MOST_NAMED = 5
"""So many products are named behind a number that stands on many."""


class Ending(NamedTuple):
    """One number with its end, which often stands on many products."""

    expires_on: date
    kind: CertificateKind
    number: str


def reminder_due(certificate: Certificate, day: date) -> int:
    """Which reminder is sent on `day`: that of the fewest days before the end which have begun."""
    left = certificate.days_left(day)
    if left is None:
        raise ValueError("a certificate without an end needs no reminder")
    return min(days for days in REMINDED_DAYS if left <= days)


def lines(certificates: Iterable[Certificate], day: date) -> str:
    """A line for each number, those that end first first, with the products it stands on."""
    return "\n".join(
        _line(ending, [each.product.name for each in same], day) for ending, same in _numbers(certificates)
    )


def count_numbers(certificates: Iterable[Certificate]) -> int:
    """How many lines that makes."""
    return len(_numbers(certificates))


def _numbers(certificates: Iterable[Certificate]) -> list[tuple[Ending, list[Certificate]]]:
    def ending(certificate: Certificate) -> Ending:
        if certificate.expires_on is None:
            raise ValueError("a certificate without an end needs no reminder")
        return Ending(certificate.expires_on, certificate.kind, certificate.number)

    return [(key, list(same)) for key, same in groupby(sorted(certificates, key=ending), key=ending)]


def _line(ending: Ending, names: Sequence[str], day: date) -> str:
    left = (ending.expires_on - day).days
    return _(
        "• %(kind)s %(number)s berlaku sampai %(day)s (%(left)s): %(products)s",
        kind=ending.kind.label,
        number=ending.number or _("tanpa nomor"),
        day=date_id(ending.expires_on),
        left=ngettext("%(num)s hari lagi", "%(num)s hari lagi", left) if left else _("hari ini terakhir"),
        products=_named(names),
    )


def _named(names: Sequence[str]) -> str:
    shown, others = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if others <= 0:
        return shown
    return ngettext("%(shown)s, dan %(num)s produk lain", "%(shown)s, dan %(num)s produk lain", others, shown=shown)
