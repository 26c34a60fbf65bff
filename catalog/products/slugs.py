"""Addresses made of names."""

from market.slugs import plain_words

LONGEST_ID = 18
"""Digits."""


def slug_of(name: str, product_id: int) -> str:
    """The last part of a product's address: its name in plain letters, and its id, so that no two are the same.

    It changes with the name. Links to the old one are out in the world: `find_id` tells what they mean.
    """
    words = plain_words(name)
    return f"{words}-{product_id}" if words else str(product_id)


def find_id(slug: str) -> int | None:
    """The id at the end of an address, whatever the product was called then; None where there is none."""
    tail = slug.rpartition("-")[2]
    return int(tail) if tail.isascii() and tail.isdecimal() and len(tail) <= LONGEST_ID else None
