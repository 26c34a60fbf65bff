"""What kept files are called: a folder, then a name made from the content."""

import hashlib
import re

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,40}/[0-9a-f]{32}(\.[a-z0-9]{1,10})?")


def key_for(content: bytes, *, folder: str, suffix: str) -> str:
    """The name of `content`, the same each time; ValueError when `folder` or `suffix` would not make one."""
    key = f"{folder}/{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
    if not is_key(key):
        raise ValueError(f"no file can be kept as {key}")
    return key


def is_key(key: str) -> bool:
    """Whether a file could be called so. Nothing else reaches a store, so no address leads out of it."""
    return _KEY.fullmatch(key) is not None
