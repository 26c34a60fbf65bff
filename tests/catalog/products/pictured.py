"""Products with pictures, and a store that goes away."""

from catalog.products import operations
from catalog.products.models import Product
from market import files
from market.accounts.actor import Actor
from market.db import session
from market.files import StoreAway


def made(by: Actor, *contents: bytes) -> Product:
    """A draft with these pictures."""
    product = operations.create_product({"name": "Boneka", "price": 1}, by=by, pictures=contents)
    session.expire_all()
    return product


def keys(product: Product) -> list[str]:
    session.expire_all()
    return [each.file_key for each in product.pictures]


class AwayStore:
    """A store that answers to nobody, or only to the first few."""

    def __init__(self, answers: int = 0):
        self.inner, self.answers = files.store, answers

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        self.answers -= 1
        if self.answers < 0:
            raise StoreAway
        return self.inner.save(content, folder=folder, suffix=suffix)

    def read(self, key: str) -> bytes | None:
        raise StoreAway

    def exists(self, key: str) -> bool:
        raise StoreAway
