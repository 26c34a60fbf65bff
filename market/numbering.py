"""Numbers of documents: unique for ever, readable, one series for each kind."""

from enum import StrEnum

from sqlalchemy import Sequence

from market import clock
from market.db import Model, session


class Series(StrEnum):
    """The kinds of numbered documents, by the letters their numbers begin with."""

    ORDER = "PO"
    SELLER_ORDER = "SO"
    SHIPMENT = "SJ"
    RECEIPT = "BPB"
    INVOICE = "INV"
    PAYMENT = "PAY"
    PAYOUT = "OUT"


_SEQUENCES = {series: Sequence(f"{series.value.lower()}_numbers", metadata=Model.metadata) for series in Series}


def next_number(series: Series) -> str:
    """The next number of a series, such as `PO-2026-000042`.

    Numbers are never given twice. One may be left out when an order fails half-way; a gap is harmless, a number
    used twice is a reason for a factory to refuse an invoice.
    """
    running = session.scalar(_SEQUENCES[series].next_value())
    return f"{series.value}-{clock.today():%Y}-{running:06d}"
