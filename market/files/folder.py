"""Files in a folder of this machine, or of a disk that several machines share."""

import os
import tempfile
from pathlib import Path

import structlog

from market.files.errors import StoreAway
from market.files.keys import is_key, key_for

_log = structlog.get_logger(__name__)


class FolderStore:
    """A `market.files.FileStore` of plain files below one folder."""

    def __init__(self, root: Path):
        self.root = root

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        """Keep `content`; a file is there whole or not at all. Raises StoreAway when the disk does not take it."""
        key = key_for(content, folder=folder, suffix=suffix)
        try:
            if not self.exists(key):
                _write_whole(self.root / key, content)
        except OSError as error:
            _log.error("file_not_kept", key=key, reason=str(error))
            raise StoreAway from error
        return key

    def read(self, key: str) -> bytes | None:
        """The file's content, or None when there is no such file. Raises StoreAway when the disk does not give it."""
        if not is_key(key):
            return None
        try:
            return (self.root / key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.error("file_not_read", key=key, reason=str(error))
            raise StoreAway from error

    def exists(self, key: str) -> bool:
        """Whether there is such a file."""
        return is_key(key) and (self.root / key).is_file()


def _write_whole(target: Path, content: bytes) -> None:
    """Write beside the target and rename: two who keep the same file never see each other's half."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as partial:
        try:
            partial.write(content)
            partial.flush()
            os.fsync(partial.fileno())
            Path(partial.name).replace(target)
        except BaseException:
            Path(partial.name).unlink(missing_ok=True)
            raise
