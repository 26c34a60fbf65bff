"""Certificates on products, files that people send as their scans, and the days around an end."""

from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from io import BytesIO
from typing import Any

from PIL import Image

from catalog.products.certificates import CertificateKind
from catalog.products.models import Certificate, Product
from catalog.products.states import CertificateState
from market.clock import JAKARTA
from market.db import session

HALAL = "ID32110000934120824"
A_DAY = date(2026, 11, 10)


def carry(product: Product, kind: CertificateKind = CertificateKind.HALAL, **given: Any) -> Certificate:
    """Have the product carry a certificate that nobody has looked at yet."""
    certificate = Certificate(
        **{"kind": kind, "number": HALAL, "expires_on": None, "state": CertificateState.UNVERIFIED, **given}
    )
    product.certificates.append(certificate)
    session.flush()
    return certificate


def noon(day: date) -> datetime:
    """The middle of a day in Jakarta."""
    return datetime.combine(day, time(12), JAKARTA).astimezone(UTC)


def first_minute(day: date) -> datetime:
    """When a day in Jakarta begins: in UTC it is still the day before."""
    return datetime.combine(day, time(0), JAKARTA).astimezone(UTC)


def days_after(days: int) -> date:
    """That many days after A_DAY."""
    return A_DAY + timedelta(days=days)


def a_pdf() -> bytes:
    """The least that a reader takes for a PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def a_scan(form: str = "JPEG", **saved: Any) -> bytes:
    """A photograph of a sheet of paper."""
    written = BytesIO()
    Image.new("RGB", (300, 400), "white").save(written, form, **saved)
    return written.getvalue()


class LetterBox:
    """An outbox that keeps letters in memory."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def send(self, letter: EmailMessage) -> None:
        """Keep it."""
        self.letters.append(letter)

    def to(self, address: str) -> list[EmailMessage]:
        """Those that went to one person."""
        return [letter for letter in self.letters if letter["To"] == address]
