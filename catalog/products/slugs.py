"""Addresses made of names."""

import re
import unicodedata

LONGEST = 80


def slug_of(name: str, product_id: int) -> str:
    """The last part of a product's address: its name in plain letters, and its id, so that no two are the same.

    It stays when the name changes, for links to it are out in the world.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")
    return f"{words}-{product_id}" if words else str(product_id)
