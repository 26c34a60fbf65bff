"""`python -m server` where Pasok cannot run: one sentence on standard error, exit 1, nothing left running."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import outside, processes, settings
from server.errors import ServerError
from server.meilisearch import TemporaryMeilisearch
from server.postgres import TemporaryPostgres


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def refusal(folder: Path, **given: str) -> str:
    """What `python -m server` says on standard error when it refuses to run with these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, "VAR_DIR": str(folder), "PORT": str(processes.free_port()), **given}
    command = [sys.executable, "-m", "server"]
    done = subprocess.run(command, env=env, cwd=settings.ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_busy_port(tmp_path: Path, busy_port: int) -> None:
    said = refusal(tmp_path, PORT=str(busy_port))
    assert f"Port {busy_port} is in use by another program" in said
    assert f"make run PORT={busy_port + 1}" in said


def test_a_port_that_is_none(tmp_path: Path) -> None:
    assert "PORT must be a whole number" in refusal(tmp_path, PORT="eighty")


def test_a_host_this_machine_does_not_have(tmp_path: Path) -> None:
    assert "cannot listen on HOST 192.0.2.1" in refusal(tmp_path, HOST="192.0.2.1")


def test_a_folder_that_cannot_be_written() -> None:
    assert "/proc/pasok cannot be written" in refusal(Path("/proc/pasok"))


def test_a_checkout_that_runs_already(tmp_path: Path) -> None:
    lock = settings.run_lock(tmp_path)
    lock.acquire()
    try:
        assert f"Pasok already runs on {tmp_path} (process {os.getpid()})" in refusal(tmp_path)
    finally:
        lock.release()


def test_a_wrong_database_is_named_without_its_password(tmp_path: Path) -> None:
    nobody = processes.free_port()
    said = refusal(tmp_path, DATABASE_URL=f"postgresql://pasok:hunter2@127.0.0.1:{nobody}/pasok")
    assert f"DATABASE_URL (postgresql://pasok@127.0.0.1:{nobody}/pasok) cannot be used" in said
    assert "hunter2" not in said


def test_a_database_of_another_kind_is_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, DATABASE_URL="mysql://pasok:hunter2@db/pasok")
    assert "DATABASE_URL must begin with postgresql://, but begins with mysql" in said


def test_a_wrong_search_server_is_named(tmp_path: Path, busy_port: int) -> None:
    said = refusal(tmp_path, MEILI_URL=f"http://127.0.0.1:{processes.free_port()}", MEILI_KEY="hunter2")
    assert "MEILI_URL (http://127.0.0.1:" in said
    assert "does not answer as a Meilisearch server" in said
    assert "hunter2" not in said


def test_a_stripe_key_without_its_webhook_secret(tmp_path: Path) -> None:
    assert "STRIPE_WEBHOOK_SECRET is not" in refusal(tmp_path, STRIPE_API_KEY="sk_test_x")


def test_an_outside_database_that_answers_is_accepted() -> None:
    with TemporaryPostgres() as server:
        outside.check_database(server.url)


def test_an_outside_search_server_must_accept_the_key() -> None:
    with TemporaryMeilisearch() as server:
        outside.check_search({"MEILI_URL": server.url, "MEILI_KEY": server.key})
        with pytest.raises(ServerError, match="MEILI_KEY is not accepted by the Meilisearch server at http://127"):
            outside.check_search({"MEILI_URL": server.url, "MEILI_KEY": "hunter2"})
