"""Addresses made of names."""

from market.slugs import plain_words


def slug_of(name: str, product_id: int) -> str:
    """The last part of a product's address: its name in plain letters, and its id, so that no two are the same.

    It stays when the name changes, for links to it are out in the world.
    """
    words = plain_words(name)
    return f"{words}-{product_id}" if words else str(product_id)
