"""Names for addresses: `Kardus 20x20x15 cm` becomes `kardus-20x20x15-cm`."""

import re
import unicodedata

MAX_LENGTH = 80


def slugify(text: str) -> str:
    """`text` in small letters, digits and hyphens; never empty."""
    return plain_words(text) or "tanpa-nama"


def plain_words(text: str) -> str:
    """As slugify, but empty where `text` has no letter or digit that an address can show."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_LENGTH].strip("-")
