"""The embedded PostgreSQL: who may log in, and what survives a second start, a crash, a private folder."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from server import processes
from server.accounts import ServiceUser, service_user
from server.errors import AlreadyRunning, ServerError
from server.postgres import EmbeddedPostgres, TemporaryPostgres
from tests.server.life import is_alive

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc and the kernel's parent death signal")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")


@pytest.fixture(scope="module")
def server() -> Iterator[TemporaryPostgres]:
    with TemporaryPostgres() as started:
        yield started


@pytest.fixture
def stopped(server: TemporaryPostgres) -> Iterator[TemporaryPostgres]:
    """The same server, which the test starts and stops itself; initdb is the slow part of a server."""
    server.stop_keeping_data()
    yield server
    server.start()


def connect(server: EmbeddedPostgres, **other: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True, **other)  # type: ignore[arg-type]


def scalar(server: EmbeddedPostgres, statement: str) -> object:
    with connect(server) as connection:
        row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return row[0]


def test_it_is_postgresql_18_with_a_database_of_our_own(server: TemporaryPostgres) -> None:
    assert str(scalar(server, "SHOW server_version")).startswith("18.")
    assert scalar(server, "SELECT current_database() || '/' || current_user") == "pasok/pasok"
    assert scalar(server, "SELECT upper('é')") == "É"


def test_our_role_is_no_superuser_but_may_make_databases(server: TemporaryPostgres) -> None:
    assert scalar(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert scalar(server, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True


@pytest.mark.parametrize("who", [{"password": "guessed"}, {"user": "postgres"}])
def test_nobody_else_can_log_in(server: TemporaryPostgres, who: dict[str, str]) -> None:
    with pytest.raises(psycopg.OperationalError):
        connect(server, **who)


def test_its_password_is_for_the_owner_alone(server: TemporaryPostgres) -> None:
    assert stat.S_IMODE(server.beside("password").stat().st_mode) == 0o600


def test_it_listens_on_this_machine_only(server: TemporaryPostgres) -> None:
    assert scalar(server, "SHOW listen_addresses") == "127.0.0.1"


def test_data_is_there_again_after_a_second_start(stopped: TemporaryPostgres) -> None:
    stopped.start()
    with connect(stopped) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    stopped.stop_keeping_data()
    again = EmbeddedPostgres(stopped.data_dir, fsync=False)
    with again:
        assert scalar(again, "SELECT number FROM kept") == 7
        with connect(again) as connection:
            connection.execute("DROP TABLE kept")


def test_a_lost_password_file_is_replaced(stopped: TemporaryPostgres) -> None:
    before = stopped.beside("password").read_text()
    stopped.beside("password").unlink()
    stopped.start()
    assert stopped.beside("password").read_text() != before
    assert scalar(stopped, "SELECT 1") == 1
    stopped.stop_keeping_data()


def test_a_folder_in_use_is_refused_in_one_sentence(server: TemporaryPostgres) -> None:
    with pytest.raises(AlreadyRunning, match=f"already in use by process {os.getpid()}"):
        EmbeddedPostgres(server.data_dir).start()
    assert scalar(server, "SELECT 1") == 1


def test_a_port_in_use_is_named_as_the_reason(stopped: TemporaryPostgres) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = EmbeddedPostgres(stopped.data_dir, port=other.getsockname()[1], fsync=False)
        with pytest.raises(ServerError, match="PostgreSQL does not start"):
            taken.start()
    assert not taken.running


@on_linux
def test_a_stale_status_file_whose_process_id_was_given_away_does_not_stop_it(stopped: TemporaryPostgres) -> None:
    user = service_user()
    with (stopped.data_dir.parent / "sleep.log").open("wb") as output:
        stranger = processes.spawn(["sleep", "60"], output=output, env=os.environ, identity=user.identity)
    status = stopped.data_dir / "postmaster.pid"
    status.write_text(f"{stranger.pid}\n{stopped.data_dir}\n0\n{stopped.port}\n\n127.0.0.1\n\nready   \n")
    user.give(status)
    try:
        stopped.start()
        assert scalar(stopped, "SELECT 1") == 1
        assert stranger.poll() is None
        stopped.stop_keeping_data()
    finally:
        processes.end(stranger)


@on_linux
def test_it_comes_back_after_whoever_ran_it_was_killed(stopped: TemporaryPostgres) -> None:
    script = (
        "import sys, time\nfrom server.postgres import EmbeddedPostgres\n"
        "server = EmbeddedPostgres(sys.argv[1], fsync=False)\nserver.start()\nprint(server.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(stopped.data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        left_over = int(owner.stdout.readline())
        owner.send_signal(signal.SIGKILL)
    stopped.start()
    assert scalar(stopped, "SELECT 1") == 1
    assert not is_alive(left_over)
    stopped.stop_keeping_data()


@as_root
def test_root_runs_it_as_another_user_and_opens_no_private_folder(tmp_path: Path) -> None:
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    server = EmbeddedPostgres(private / "var" / "postgres", fsync=False)
    server._prepare()
    try:
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
        assert server.data_dir.is_symlink()
        assert server.kept_elsewhere is not None
        assert server.kept_elsewhere.parent == Path("/var/lib/pasok")
        assert server.data_dir.stat().st_uid == service_user().uid != 0
    finally:
        server.stop()
        shutil.rmtree(server.data_dir.resolve())


@as_root
def test_a_user_may_enter_only_folders_open_to_it_all_the_way_up(tmp_path: Path) -> None:
    stranger = ServiceUser(uid=61_234, gid=61_234)
    inner = tmp_path / "private" / "open"
    inner.mkdir(parents=True)
    inner.chmod(0o755)
    inner.parent.chmod(0o700)
    assert not stranger.may_enter(inner)
    assert ServiceUser(os.geteuid(), os.getegid()).may_enter(inner)
    assert stranger.may_enter(Path("/usr"))


def test_a_folder_that_cannot_be_written_is_one_sentence() -> None:
    with pytest.raises(ServerError, match=r"^/proc/pasok.* cannot be written: .*\.$"):
        EmbeddedPostgres("/proc/pasok/postgres").start()
