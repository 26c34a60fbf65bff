"""Keeping a few programs running: start in order, start again what dies, stop in the opposite order."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from subprocess import Popen
from typing import Protocol

from server import processes
from server.errors import ServerError
from server.settings import ROOT
from server.terminal import LogStream, say

STEADY_SECONDS = 10.0  # a part that has lived this long was not broken from the start
MOST_QUICK_DEATHS = 5
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
_LOOK_EVERY = 0.2


class Part(Protocol):
    """Something that is kept running: an embedded server or a program."""

    @property
    def name(self) -> str:
        """What it is called in messages and log files."""

    @property
    def log_file(self) -> Path:
        """Where it writes."""

    @property
    def running(self) -> bool:
        """Whether it is alive."""

    def start(self) -> None:
        """Start it. Raises ServerError when it cannot be started."""

    def stop(self) -> None:
        """End it, and whatever it started; nothing happens when it does not run."""


class Program:
    """A command that is kept running."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        env: Mapping[str, str],
        log_file: Path,
        stop_seconds: float = 10.0,
    ) -> None:
        """`stop_seconds` is how long it may take to finish what it is doing before it is killed."""
        self.name = name
        self.command = command
        self.env = env
        self.log_file = log_file
        self.stop_seconds = stop_seconds
        self._process: Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether its process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """Its process id, or None while it does not run."""
        return self._process.pid if self._process is not None and self.running else None

    def start(self) -> None:
        """Start the command; what a dead one left behind is ended first, since it may still hold a port."""
        self.stop()
        with processes.open_log(self.log_file) as log:
            self._process = processes.spawn(self.command, output=log, env=self.env, cwd=ROOT)

    def stop(self) -> None:
        """End the command and everything it started."""
        if self._process is not None:
            processes.end(self._process, patience=self.stop_seconds)
            self._process = None


class _Watched:
    """A part and how it has fared."""

    def __init__(self, part: Part, now: float) -> None:
        self.part = part
        self.started = now
        self.quick_deaths = 0
        self.due: float | None = None

    def pause_after_death(self, now: float) -> float:
        """Note a death and return the seconds to wait before the next start. Raises ServerError to give up."""
        self.quick_deaths = self.quick_deaths + 1 if now - self.started < STEADY_SECONDS else 1
        if self.quick_deaths >= MOST_QUICK_DEATHS:
            words = processes.tail(self.part.log_file, 1).strip() or "it wrote nothing"
            raise ServerError(
                f"Pasok stops, because {self.part.name} ended {self.quick_deaths} times right after it was started: "
                f"{words} (see {self.part.log_file})."
            )
        pause: float = min(FIRST_PAUSE * 2 ** (self.quick_deaths - 1), LONGEST_PAUSE)
        self.due = now + pause
        return pause


class Supervisor:
    """Watches over parts; the caller starts them one by one, calls `watch`, and in the end `stop`."""

    def __init__(self, logs: LogStream, clock: Callable[[], float] = time.monotonic) -> None:
        self._logs = logs
        self._clock = clock
        self._watched: list[_Watched] = []

    def start(self, part: Part) -> None:
        """Start a part and watch over it from now on. Raises ServerError when it cannot be started."""
        self._watched.append(_Watched(part, self._clock()))
        part.start()

    def look(self) -> None:
        """Look once at every part, and start again those that are dead and have waited long enough.

        Raises ServerError, one sentence, when a part dies over and over right after its start.
        """
        self._logs.pump()
        for watched in self._watched:
            now = self._clock()
            if watched.part.running:
                continue
            if watched.due is None:
                pause = watched.pause_after_death(now)
                say(f"{watched.part.name} has ended; it is started again in {pause:g} s.")
            elif now >= watched.due:
                self._start_again(watched)

    def watch(self, until: Callable[[], bool] = lambda: False, seconds: float | None = None) -> bool:
        """Look again and again until `until` says yes (True) or `seconds` are over (False)."""
        deadline = None if seconds is None else self._clock() + seconds
        while not until():
            if deadline is not None and self._clock() > deadline:
                return False
            self.look()
            time.sleep(_LOOK_EVERY)
        return True

    def stop(self) -> None:
        """Stop every part, the last started first."""
        for watched in reversed(self._watched):
            watched.part.stop()
        self._logs.pump()
        self._watched.clear()

    def _start_again(self, watched: _Watched) -> None:
        watched.started, watched.due = self._clock(), None
        try:
            watched.part.start()
        except ServerError as error:
            say(str(error))


def run_step(
    name: str, command: Sequence[str | Path], env: Mapping[str, str], log_file: Path, stream: LogStream | None = None
) -> None:
    """Run a command that must succeed, and end it when we are interrupted; what it logs meanwhile goes to `stream`.

    Raises ServerError with the command's last line when it fails; `name` is what it does, as in "cannot …".
    """
    with processes.open_log(log_file) as log:
        process = processes.spawn(command, output=log, env=env, cwd=ROOT)
    try:
        while process.poll() is None:
            if stream:
                stream.pump()
            time.sleep(_LOOK_EVERY)
        if process.returncode != 0:
            words = processes.tail(log_file, 1).strip() or "it said nothing"
            raise ServerError(f"Pasok cannot {name}: {words} (see {log_file}).")
    finally:
        processes.end(process)
