"""What can stop somebody who compares."""

from flask_babel import gettext as _

from market.errors import DomainError


class TooManyChosen(DomainError):
    """More products than fit beside each other."""

    def __init__(self, most: int):
        super().__init__(_("Paling banyak %(most)s produk dibandingkan sekaligus. Keluarkan satu dulu.", most=most))
