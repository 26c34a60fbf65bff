"""How demand can be unmet."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class View(StrEnum):
    """Which demand is looked at."""

    UNFOUND = "unfound"
    FEW = "few"
    UNOPENED = "unopened"
    ALL = "all"

    @property
    def label(self) -> str:
        """What a person calls it."""
        return str(
            {
                View.UNFOUND: _l("Tidak ditemukan"),
                View.FEW: _l("Hasilnya sedikit"),
                View.UNOPENED: _l("Ditemukan, tidak dibuka"),
                View.ALL: _l("Semua pencarian"),
            }[self]
        )
