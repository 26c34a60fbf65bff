"""What the embedded PostgreSQL and Meilisearch have in common: a data folder, a free port, a log, a lock."""

import signal
import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from server import processes
from server.errors import ServerError

_PORT_ATTEMPTS = 5
_LOG_LINES = 12


@dataclass(frozen=True)
class Launch:
    """How a server is started."""

    command: list[str | Path]
    env: dict[str, str]
    cwd: Path | str = "/"
    identity: tuple[int, int] | None = None


class EmbeddedServer(ABC):
    """A server of our own on a data folder; `with EmbeddedX(folder) as server: server.url`.

    One process at a time may have a folder, held by a lock beside it that ends with that process. A server left over
    by a process that was killed is ended when the folder is used again.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    start_seconds: ClassVar[float] = 60.0
    stop_seconds: ClassVar[float] = 30.0
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    complaints: ClassVar[tuple[str, ...]] = ("Error", "error")

    def __init__(self, data_dir: Path | str, port: int | None, log_file: Path | None) -> None:
        """`port` None takes a free one and keeps it; the log is beside the data unless a file is named."""
        self.data_dir = Path(data_dir).absolute()
        self.port = port
        self.log_file = log_file or self.beside("log")
        self._process: subprocess.Popen[bytes] | None = None
        busy = f"The {self.name} data in {self.data_dir} is already in use by process {{pid}}."
        self._lock = processes.FileLock(self.beside("lock"), busy)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    @abstractmethod
    def url(self) -> str:
        """The address of the server. Only right while it runs."""

    @property
    def running(self) -> bool:
        """Whether the server process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """The process id of the server, or None while it does not run."""
        return self._process.pid if self._process is not None and self.running else None

    def beside(self, ending: str) -> Path:
        """The file beside the data folder that has its name and this ending."""
        return self.data_dir.with_name(f"{self.data_dir.name}.{ending}")

    def start(self) -> None:
        """Make the data folder if there is none, start the server and wait until it answers.

        Raises ServerError (one sentence) when it cannot; AlreadyRunning when another process has this folder.
        """
        if self.running:
            return
        self._lock.acquire()
        try:
            self._prepare()
            self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server, giving what it is doing no further time. Nothing happens when it does not run."""
        self._end_process()
        self._lock.release()

    @abstractmethod
    def _prepare(self) -> None:
        """Make ready what the server needs before it can be launched. Raises ServerError."""

    @abstractmethod
    def _how(self, port: int) -> Launch:
        """The command that serves on this port."""

    @abstractmethod
    def _answers(self, pid: int, port: int) -> bool:
        """Whether the launched server takes requests."""

    def _launch(self) -> None:
        """Start the server; with no port asked for, a port snatched away in between is replaced by another."""
        for _ in range(1 if self.port else _PORT_ATTEMPTS):
            port = self.port or processes.free_port()
            self._spawn(port)
            if self._wait(port):
                self.port = port
                return
            self._end_process()
            if "Address already in use" not in processes.tail(self.log_file, _LOG_LINES):
                break
        raise ServerError(f"The embedded {self.title} does not start: {self._reason()} (see {self.log_file}).")

    def _spawn(self, port: int) -> None:
        how = self._how(port)
        with processes.open_log(self.log_file) as log:
            self._process = processes.spawn(
                how.command,
                output=log,
                env=how.env,
                cwd=how.cwd,
                identity=how.identity,
                death_signal=self.stop_signal,
            )

    def _wait(self, port: int) -> bool:
        process = self._process
        if process is None:
            return False
        processes.wait_until(lambda: not self.running or self._answers(process.pid, port), self.start_seconds)
        return self.running and self._answers(process.pid, port)

    def _end_process(self) -> None:
        if self._process is not None:
            processes.end(self._process, first=self.stop_signal, patience=self.stop_seconds)
            self._process = None

    def _reason(self) -> str:
        """The last complaint in the log."""
        lines = [line.strip() for line in processes.tail(self.log_file, _LOG_LINES).splitlines() if line.strip()]
        for word in self.complaints:
            for line in reversed(lines):
                if word in line:
                    return line[line.index(word) :].removeprefix(word).strip(" :")
        return lines[-1] if lines else "it gave no reason"
