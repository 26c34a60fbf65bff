"""Stock movements, which are never changed."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.accounts.models import User
from market.db import Id, Model, Now, Quantity, choice


class MovementKind(StrEnum):
    """Why stock changed."""

    ADJUSTMENT = "adjustment"
    RESERVATION = "reservation"
    RELEASE = "release"
    SHIPMENT = "shipment"
    RECEIPT = "receipt"
    RETURN = "return"

    @property
    def label(self) -> str:
        """The reason as sellers call it."""
        return str(_LABELS[self])


_LABELS = {
    MovementKind.ADJUSTMENT: _l("Penyesuaian stok"),
    MovementKind.RESERVATION: _l("Dipesan"),
    MovementKind.RELEASE: _l("Pesanan dilepas"),
    MovementKind.SHIPMENT: _l("Dikirim"),
    MovementKind.RECEIPT: _l("Barang masuk"),
    MovementKind.RETURN: _l("Barang retur"),
}


class AdjustmentReason(StrEnum):
    """Why the count differs from the books."""

    COUNT = "count"
    DAMAGED = "damaged"
    LOST = "lost"
    EXPIRED = "expired"
    SAMPLE = "sample"
    IMPORT = "import"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as sellers call it."""
        return str(_REASONS[self])


_REASONS = {
    AdjustmentReason.COUNT: _l("Hitung ulang"),
    AdjustmentReason.DAMAGED: _l("Rusak"),
    AdjustmentReason.LOST: _l("Hilang"),
    AdjustmentReason.EXPIRED: _l("Kedaluwarsa"),
    AdjustmentReason.SAMPLE: _l("Dipakai sebagai contoh"),
    AdjustmentReason.IMPORT: _l("Dari berkas impor"),
    AdjustmentReason.OTHER: _l("Alasan lain"),
}


class StockMovement(Model):
    """One change: an offer's on-hand and reserved are the sums of its movements."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("on_hand_change <> 0 OR reserved_change <> 0", name="changes_something"),
        Index(None, "offer_id", "id"),
    )

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    kind: Mapped[MovementKind] = mapped_column(choice(MovementKind))
    on_hand_change: Mapped[Quantity] = mapped_column(default=0)
    reserved_change: Mapped[Quantity] = mapped_column(default=0)
    reason: Mapped[AdjustmentReason | None] = mapped_column(choice(AdjustmentReason))
    reference: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Now]

    by_user: Mapped[User | None] = relationship()

    @property
    def by_seller(self) -> bool:
        """Whether one of the seller's people did it; orders are placed and given up by others too."""
        return self.kind not in (MovementKind.RESERVATION, MovementKind.RELEASE)
