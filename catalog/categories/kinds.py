"""The kinds of attributes."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class AttributeKind(StrEnum):
    """What a value of an attribute is."""

    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    YES_NO = "yes_no"

    @property
    def label(self) -> str:
        """The kind as people call it."""
        return str(_LABELS[self])


_LABELS = {
    AttributeKind.NUMBER: _l("Angka dengan satuan"),
    AttributeKind.CHOICE: _l("Pilihan"),
    AttributeKind.TEXT: _l("Teks"),
    AttributeKind.YES_NO: _l("Ya atau tidak"),
}
