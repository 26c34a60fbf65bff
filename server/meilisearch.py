"""The embedded Meilisearch: the official server's program from an npm package, run on a folder of ours.

It answers only on this machine, only with a random key, and reports nothing to anybody. The index is a copy of what
PostgreSQL knows: removing its folder loses nothing that `flask search rebuild` does not bring back.
"""

import contextlib
import http
import os
import shutil
import signal
import stat
import tempfile
from pathlib import Path

from server import processes
from server.embedded import EmbeddedServer, Launch
from server.errors import ServerError
from server.keys import kept_key
from server.probes import status_of
from server.settings import ROOT

_PACKAGED = ROOT / "node_modules" / "@gaubee" / "meilisearch-linux-amd64" / "meilisearch"

_INDEXING_MEMORY = "256MiB"
"""Unasked, the server sets aside two thirds of the machine's memory at every change, which takes seconds each time."""


class EmbeddedMeilisearch(EmbeddedServer):
    """A Meilisearch server of our own on a data folder; `with EmbeddedMeilisearch(folder) as server: server.url`."""

    name = "meilisearch"
    title = "Meilisearch"
    stop_seconds = 15.0

    def __init__(self, data_dir: Path | str, port: int | None = None, log_file: Path | None = None) -> None:
        super().__init__(data_dir, port, log_file)
        self.key = ""
        self._program = _PACKAGED

    @property
    def url(self) -> str:
        """The address of the server; every request needs `key`. Only right while it runs."""
        return f"http://127.0.0.1:{self.port}"

    def _prepare(self) -> None:
        self._program = _find_program()
        self.key = kept_key(self.beside("key"))
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ServerError(f"{self.data_dir} cannot be made: {error.strerror}.") from error
        with contextlib.suppress(FileNotFoundError, ValueError):  # nothing was left, or its note is torn
            left = int(self._pid_file.read_text())
            processes.end_leftover(left, "meilisearch", self.data_dir, signal.SIGTERM, self.stop_seconds)

    def _how(self, port: int) -> Launch:
        command: list[str | Path] = [self._program, "--env", "production", "--http-addr", f"127.0.0.1:{port}"]
        command += ["--db-path", self.data_dir / "data", "--dump-dir", self.data_dir / "dumps"]
        command += ["--snapshot-dir", self.data_dir / "snapshots", "--log-level", "WARN", "--no-analytics"]
        command += ["--max-indexing-memory", _INDEXING_MEMORY]
        command += ["--experimental-dumpless-upgrade"]  # a newer server takes over the index of an older one
        # The key travels in the environment, because anyone on the machine can read a command line.
        env = {"PATH": os.defpath, "MEILI_MASTER_KEY": self.key, "NO_COLOR": "1"}
        return Launch(command, env, cwd=self.data_dir)

    def _answers(self, pid: int, port: int) -> bool:
        return is_healthy(f"http://127.0.0.1:{port}")

    def _spawn(self, port: int) -> None:
        super()._spawn(port)
        self._pid_file.write_text(f"{self.pid}\n")

    @property
    def _pid_file(self) -> Path:
        return self.data_dir / "server.pid"


class TemporaryMeilisearch(EmbeddedMeilisearch):
    """A fresh server for one test run, in a folder of its own that is removed when it stops."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pasok-meilisearch-"))
        super().__init__(self._folder / "data")

    def stop(self) -> None:
        """End the server and remove its index."""
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def is_healthy(url: str, timeout: float = 2.0) -> bool:
    """Whether a Meilisearch server answers at `url`."""
    return status_of(f"{url.rstrip('/')}/health", timeout) == http.HTTPStatus.OK


def _find_program() -> Path:
    """The server's program: a `meilisearch` on PATH, else the npm package's, made executable. Raises ServerError."""
    installed = shutil.which("meilisearch")
    if installed:
        return Path(installed)
    if not _PACKAGED.is_file():
        raise ServerError("Meilisearch is not installed: run `npm ci`, put `meilisearch` on PATH, or set MEILI_URL.")
    if not os.access(_PACKAGED, os.X_OK):
        try:
            _PACKAGED.chmod(_PACKAGED.stat().st_mode | stat.S_IXUSR)
        except OSError as error:
            raise ServerError(f"{_PACKAGED} cannot be made executable: {error.strerror}.") from error
    return _PACKAGED
