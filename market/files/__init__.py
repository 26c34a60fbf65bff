"""Files that people give us, kept in one store: a folder of this machine, or any S3-compatible object store.

A key names a file for ever: it is made from the content, which therefore never changes. The same content twice is kept
once. No file is ever thrown away, for another product, order or letter may show the same.
"""

from typing import Protocol

from market.config import Settings
from market.files.errors import StoreAway
from market.files.folder import FolderStore

__all__ = ["FileStore", "FolderStore", "StoreAway", "store", "store_for", "use"]


class FileStore(Protocol):
    """Where files are kept. No call belongs inside `atomic()`: the store may be on the other side of a network."""

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        """Keep `content` in `folder`, with a name that ends in `suffix` (".webp"), and return its key.

        Raises StoreAway, and then nothing was kept.
        """

    def read(self, key: str) -> bytes | None:
        """What is in the file; None for a key of no file, or one that points elsewhere. Raises StoreAway."""

    def exists(self, key: str) -> bool:
        """Whether there is such a file. Raises StoreAway."""


store: FileStore


def store_for(settings: Settings) -> FileStore:
    """The store that the settings ask for."""
    if settings.s3 is None:
        return FolderStore(settings.var_dir / "files")
    from market.files.s3 import S3Store  # noqa: PLC0415 - its library takes long to import, and few need it

    return S3Store(settings.s3)


def use(chosen: FileStore) -> None:
    """Decide, once at start, where files are kept."""
    global store
    store = chosen
