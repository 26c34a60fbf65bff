"""What can go wrong with payouts."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid


class NoBankAccount(DomainError):
    """The seller has not said where its money should go."""

    message = _l("Penjual ini belum mengisi rekening banknya. Minta penjual melengkapinya dulu.")


class AnotherAmount(Invalid):
    """What was transferred is not what the payout, or the first of its invoices, come to."""

    message = _l("Jumlah ini tidak sama dengan pencairan yang tercatat. Periksa kembali jumlah yang Anda transfer.")
