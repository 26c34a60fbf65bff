"""Files that people give us, kept in one store: a folder here, an object store elsewhere."""

import hashlib
from pathlib import Path
from typing import Protocol


class FileStore(Protocol):
    """Where files are kept. A key names a file for ever: its content never changes."""

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        """Keep `content` and return its key."""

    def path(self, key: str) -> Path | None:
        """The file on this machine, or None when there is no such file."""


class FolderStore:
    """Files in a folder of this machine, named by their content."""

    def __init__(self, root: Path):
        self.root = root

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        """Keep `content` under a name made from it; the same content twice is kept once."""
        key = f"{folder}/{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
        target = self.root / key
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(".part")
            partial.write_bytes(content)
            partial.replace(target)
        return key

    def path(self, key: str) -> Path | None:
        """The file of this key; None for an unknown key or one that points outside the store."""
        target = (self.root / key).resolve()
        if not target.is_relative_to(self.root.resolve()) or not target.is_file():
            return None
        return target


store: FileStore


def use(chosen: FileStore) -> None:
    """Decide, once at start, where files are kept."""
    global store
    store = chosen
