"""Passwords and keys that a checkout makes once for itself and keeps where only its owner can read them."""

import os
import secrets
from pathlib import Path

from server.errors import ServerError


def kept_key(path: Path) -> str:
    """Return the random key stored in `path`, making it (0600) the first time. Raises ServerError if it cannot."""
    try:
        return path.read_text().strip() or new_key(path)
    except FileNotFoundError:
        return new_key(path)
    except OSError as error:
        raise ServerError(f"The key in {path} cannot be read: {error.strerror}.") from error


def new_key(path: Path) -> str:
    """Write a fresh random key to `path`, readable by its owner alone, and return it. Raises ServerError."""
    key = secrets.token_hex(24)
    write_private(path, key + "\n")
    return key


def write_private(path: Path, text: str) -> None:
    """Put `text` in `path` in one step, never readable by anyone else, not even for a moment. Raises ServerError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        raise ServerError(f"{path} cannot be written: {error.strerror}.") from error
