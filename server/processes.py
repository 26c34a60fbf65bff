"""Starting and ending operating system processes so that none is ever left behind."""

import contextlib
import ctypes
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from server.errors import AlreadyRunning, ServerError

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str | Path],
    *,
    output: IO[bytes] | int,
    env: Mapping[str, str],
    cwd: Path | str = "/",
    identity: tuple[int, int] | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, writing to `output`; it is told to end when this process dies.

    `identity` is the (user id, group id) to run as, possible for root only. On systems other than Linux a killed
    parent leaves its children running. Raises ServerError when the program cannot be started.
    """
    with warnings.catch_warnings():
        # The forked child makes a single system call before exec, so the threads we may have cannot deadlock it.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return subprocess.Popen(  # noqa: S603 - the programs and arguments are our own
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env=dict(env),
                start_new_session=True,
                preexec_fn=_tether(death_signal),  # noqa: PLW1509 - see above
                user=identity[0] if identity else None,
                group=identity[1] if identity else None,
                extra_groups=[] if identity else None,
            )
        except OSError as error:
            raise ServerError(f"{command[0]} cannot be started: {error.strerror}.") from error


def _tether(death_signal: signal.Signals) -> Callable[[], None] | None:
    """What the child runs before exec: ask the kernel for `death_signal` when the parent goes."""
    if _LIBC is None:
        return None
    prctl, parent = _LIBC.prctl, os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def end(process: subprocess.Popen[bytes], first: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask the process to end with `first`; after `patience` seconds kill its whole session. Returns when it is gone."""
    if process.poll() is None:
        process.send_signal(first)
        with contextlib.suppress(subprocess.TimeoutExpired):  # the session is killed below
            process.wait(patience)
    kill_session(process.pid)
    process.wait()


def kill_session(leader: int) -> None:
    """Kill whatever is left of the process group that `spawn` opened for process `leader`."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def free_port() -> int:
    """A TCP port nobody listens on at 127.0.0.1 right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen on this address now. Raises ServerError for a host this machine does not have."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a closed one may linger
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise ServerError(f"Pasok cannot listen on HOST {host}, PORT {port}: {error.strerror}.") from error
    return True


def loopback_for(host: str) -> str:
    """The address by which this machine itself reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared, not bound


def wait_until(ready: Callable[[], bool], seconds: float, pause: float = 0.01) -> bool:
    """Ask `ready` again and again for up to `seconds`; tell whether it ever said yes."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def open_log(path: Path) -> IO[bytes]:
    """Open a log file to add to it, making its folder. Raises ServerError where that is not possible."""
    try:
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        raise ServerError(f"{path} cannot be written: {error.strerror}.") from error


def tail(path: Path, lines: int = 5) -> str:
    """The last lines of a log file, for an error message."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


class FileLock:
    """A lock that ends with the process that holds it, however that process ends; the file names the holder."""

    def __init__(self, path: Path, busy: str) -> None:
        """`busy` is the sentence to raise when another process holds the lock; `{pid}` in it is that process."""
        self.path = path
        self.busy = busy
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock or raise AlreadyRunning at once. Raises ServerError where the file cannot be written."""
        if self._file is not None:
            return
        try:
            self.path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
            file = self.path.open("a+")
        except OSError as error:
            raise ServerError(f"{self.path.parent} cannot be written: {error.strerror}.") from error
        # A moment's patience, because `held_elsewhere` of another process takes the lock for an instant to ask.
        if not wait_until(lambda: _try_lock(file), 0.3):
            file.seek(0)
            holder = file.read().strip() or "?"
            file.close()
            raise AlreadyRunning(self.busy.format(pid=holder))
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def held_elsewhere(self) -> bool:
        """Whether another process holds the lock at this moment."""
        try:
            with self.path.open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def works_in(pid: int, program: str, folder: Path) -> bool:
    """Whether process `pid` is `program` with `folder` as its working folder; False where that cannot be told."""
    process = Path(f"/proc/{pid}")
    try:
        return (process / "exe").readlink().name.startswith(program) and (process / "cwd").samefile(folder)
    except OSError:
        return False


def end_leftover(pid: int, program: str, folder: Path, how: signal.Signals, patience: float) -> None:
    """End a server that outlived whoever started it: `pid` by an old note, now perhaps any other program's.

    So only `program` at work in this very folder is touched. Raises ServerError when it does not end.
    """
    if not works_in(pid, program, folder):
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, how)
    if not wait_until(lambda: not works_in(pid, program, folder), patience):
        raise ServerError(f"A {program} server (process {pid}) still holds {folder} and does not end; end it first.")
