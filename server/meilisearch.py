"""The embedded Meilisearch: the official server's program from an npm package, run on a folder of ours.

It answers only on this machine, only with a random key, and reports nothing to anybody. The index is a copy of what
PostgreSQL knows: removing its folder loses nothing that `flask search rebuild` does not bring back.
"""

import http
import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from server import processes
from server.errors import ServerError
from server.keys import kept_key
from server.probes import status_of

ROOT = Path(__file__).resolve().parent.parent
_PACKAGED = ROOT / "node_modules" / "@gaubee" / "meilisearch-linux-amd64" / "meilisearch"
_START_SECONDS = 60.0  # a large index is opened and, after a new version, upgraded before the server answers
_STOP_SECONDS = 15.0


class EmbeddedMeilisearch:
    """A Meilisearch server of our own on a data folder; `with EmbeddedMeilisearch(folder) as server: server.url`."""

    name = "meilisearch"

    def __init__(self, data_dir: Path | str, port: int | None = None, log_file: Path | None = None) -> None:
        """`port` None takes a free one."""
        self.data_dir = Path(data_dir).absolute()
        self.port = port
        self.log_file = log_file or self.data_dir.with_name(f"{self.data_dir.name}.log")
        self.key = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = processes.FileLock(
            self.data_dir.with_name(f"{self.data_dir.name}.lock"),
            f"The search index in {self.data_dir} is already in use by process {{pid}}.",
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address of the server. Only right while it runs."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process id of the server, or None while it does not run."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the server process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises ServerError (one sentence) when it cannot; AlreadyRunning when another process has this folder.
        """
        if self.running:
            return
        self._lock.acquire()
        try:
            program = _program()
            self.key = kept_key(self.data_dir.with_name(f"{self.data_dir.name}.key"))
            self._launch(program)
        except BaseException:
            self._lock.release()
            raise

    def stop(self) -> None:
        """End the server. Nothing happens when it does not run."""
        if self._process is not None:
            processes.end(self._process, patience=_STOP_SECONDS)
            self._process = None
        self._lock.release()

    def _launch(self, program: Path) -> None:
        """Start the server; with no port asked for, a port snatched away in between is replaced by another."""
        attempts = 1 if self.port else 5
        for attempt in range(attempts):
            port = self.port or processes.free_port()
            if self._answers(program, port):
                self.port = port
                return
            if self._process is not None:
                processes.end(self._process)
                self._process = None
            if "Address already in use" not in processes.tail(self.log_file) or attempt == attempts - 1:
                break
        raise ServerError(f"The embedded Meilisearch does not start: {self._reason()} (see {self.log_file}).")

    def _answers(self, program: Path, port: int) -> bool:
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.log_file.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
            log = self.log_file.open("ab")
        except OSError as error:
            raise ServerError(f"{error.filename} cannot be written: {error.strerror}.") from error
        command: list[str | Path] = [program, "--env", "production", "--http-addr", f"127.0.0.1:{port}"]
        command += ["--db-path", self.data_dir / "data", "--dump-dir", self.data_dir / "dumps"]
        command += ["--snapshot-dir", self.data_dir / "snapshots", "--log-level", "WARN", "--no-analytics"]
        command += ["--experimental-dumpless-upgrade"]
        with log:
            # The key travels in the environment, because anyone on the machine can read a command line.
            env = {"PATH": os.defpath, "MEILI_MASTER_KEY": self.key, "NO_COLOR": "1"}
            self._process = process = processes.spawn(command, output=log, env=env, cwd=self.data_dir)
        processes.wait_until(lambda: process.poll() is not None or is_healthy(self._at(port)), _START_SECONDS)
        return process.poll() is None and is_healthy(self._at(port))

    @staticmethod
    def _at(port: int) -> str:
        return f"http://127.0.0.1:{port}"

    def _reason(self) -> str:
        lines = [line.strip() for line in processes.tail(self.log_file, 8).splitlines() if line.strip()]
        return next((line for line in lines if line.startswith("Error")), lines[-1] if lines else "it gave no reason")


def is_healthy(url: str, timeout: float = 2.0) -> bool:
    """Whether a Meilisearch server answers at `url`."""
    return status_of(f"{url.rstrip('/')}/health", timeout) == http.HTTPStatus.OK


def _program() -> Path:
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


class TemporaryMeilisearch(EmbeddedMeilisearch):
    """A fresh server for one test run, in a folder of its own that is removed when it stops."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pasok-meilisearch-"))
        super().__init__(self._folder / "data")

    def stop(self) -> None:
        """End the server and remove its index."""
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)
