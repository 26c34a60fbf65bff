"""`make run`: everything Pasok is made of on this machine, from the database to the web address."""

import http
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from server import processes, settings, stopping
from server.announcement import announce
from server.errors import ServerError
from server.probes import status_of
from server.services import Services
from server.stopping import StopRequested
from server.supervisor import Program, Supervisor, run_step
from server.terminal import LogStream, complain, say

_WEB_WORKERS = 2
_WEB_THREADS = 4
_READY_SECONDS = 60.0
_LARGEST_LOG = 10_000_000  # bytes
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_LOUD = ("WARNING", "ERROR", "FATAL", "PANIC", " WARN ")


def run() -> int:
    """Run Pasok until it is told to stop. Returns the exit status: 1, with one sentence said, when it cannot run."""
    began = time.monotonic()
    stopping.listen()
    try:
        env = settings.environment()
        folder = settings.var_dir(env)
        lock = settings.run_lock(folder)
        lock.acquire()
        try:
            _run_all(env, folder, began)
        finally:
            settings.forget_running(folder)
            lock.release()
    except ServerError as error:
        complain(str(error))
        return 1
    except StopRequested:
        say("Pasok has stopped.")
    return 0


def _run_all(env: Mapping[str, str], folder: Path, began: float) -> None:
    """Start everything in order and watch over it. Raises ServerError, or StopRequested, after all is stopped again."""
    host, port = settings.address(env)
    _require_free(host, port)
    logs = folder / "log"
    _put_old_logs_away(logs)
    services = Services(env, folder)
    for warning in services.check_outside():
        say(warning)
    stream = _stream(logs)
    supervisor = Supervisor(stream)
    try:
        for server in services.embedded:
            supervisor.start(server)
        _say_where_data_is(services)
        handed = services.settings()
        child_env = {**env, **handed, "FLASK_APP": "wsgi", "PYTHONUNBUFFERED": "1"}
        _prepare(child_env, logs, stream)
        for program in _programs(child_env, logs, host, port):
            supervisor.start(program)
        settings.note_running(folder, handed)
        _wait_for_answers(supervisor, services.local_url)
        announce(
            services.base_url,
            demo=handed["DEMO"] == "1",
            is_private=host in _LOOPBACK,
            logs=str(logs),
            seconds=time.monotonic() - began,
        )
        supervisor.watch()
    finally:
        stopping.close_ears()
        supervisor.stop()


def _say_where_data_is(services: Services) -> None:
    if services.postgres and services.postgres.kept_elsewhere:
        say(f"The database is kept in {services.postgres.kept_elsewhere}, as its user may not enter this folder.")


def _prepare(env: Mapping[str, str], logs: Path, stream: LogStream) -> None:
    """Bring the tables and the search index up to date, and the first time load the demo. Raises ServerError."""
    flask, log = [sys.executable, "-m", "flask"], logs / "setup.log"
    run_step("bring the database up to date", [*flask, "db", "upgrade"], env, log, stream)
    run_step("set up the search index", [*flask, "search", "setup"], env, log, stream)
    if env["DEMO"] == "1":
        run_step("load the demo", [*flask, "demo", "load"], env, log, stream)


def _programs(env: Mapping[str, str], logs: Path, host: str, port: int) -> list[Program]:
    return [
        Program("web", web_command(env, host, port), env, logs / "web.log"),
        Program("worker", worker_command(), env, logs / "worker.log"),
    ]


def web_command(env: Mapping[str, str], host: str, port: int) -> list[str]:
    """How the pages are served: granian, in as many processes and threads as WEB_WORKERS and WEB_THREADS say."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "wsgi:create_app"]
    command += ["--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"]
    command += ["--workers", str(settings.whole_number(env, "WEB_WORKERS", _WEB_WORKERS))]
    command += ["--blocking-threads", str(settings.whole_number(env, "WEB_THREADS", _WEB_THREADS))]
    return [*command, "--respawn-failed-workers", "--workers-kill-timeout", "5"]


def worker_command() -> list[str]:
    """How jobs are worked off; FLASK_APP names the application."""
    return [sys.executable, "-m", "flask", "worker"]


def _wait_for_answers(supervisor: Supervisor, url: str) -> None:
    """Wait until the web process is up and says that all parts are ready; say so when one is not in time."""
    for path in ("/healthz", "/readyz"):
        if not supervisor.watch(until=partial(_is_ok, url + path), seconds=_READY_SECONDS):
            say(f"{url}{path} does not say that everything is well; Pasok goes on, and it may mend itself.")
            return


def _is_ok(url: str) -> bool:
    return status_of(url) == http.HTTPStatus.OK


def _require_free(host: str, port: int) -> None:
    """Raise ServerError when another program listens there; one that is just ending gets two seconds."""
    if not processes.wait_until(lambda: processes.is_free(host, port), 2.0, pause=0.1):
        raise ServerError(
            f"Port {port} is in use by another program; stop that, or choose another port: make run PORT={port + 1}"
        )


def _put_old_logs_away(logs: Path) -> None:
    """Begin a new log file where the old one has grown large; the old one is kept once."""
    try:
        logs.mkdir(mode=0o711, parents=True, exist_ok=True)
        for log in logs.glob("*.log"):
            if log.stat().st_size > _LARGEST_LOG:
                log.replace(log.with_suffix(".log.old"))
    except OSError as error:
        raise ServerError(f"{logs} cannot be written: {error.strerror}.") from error


def _stream(logs: Path) -> LogStream:
    """Lines of ours go to the terminal; of the database and the search server only the loud ones."""
    stream = LogStream()
    for name in ("postgres", "meilisearch"):
        stream.follow(name, logs / f"{name}.log", lambda line: any(word in line for word in _LOUD))
    stream.follow("web", logs / "web.log", lambda line: '"event": "request"' not in line)  # those are in the file
    for name in ("setup", "sandbox", "worker"):
        stream.follow(name, logs / f"{name}.log")
    return stream
