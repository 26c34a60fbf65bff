"""A single command finds its servers: those of a running Pasok, or its own for as long as it takes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from server import settings
from server.attach import ensure_servers
from server.postgres import TemporaryPostgres
from tests.server.life import is_alive

COMMAND = """
import json, sys, time
from server.attach import ensure_servers
found = ensure_servers()
import psycopg
with psycopg.connect(found["DATABASE_URL"].replace("+psycopg", "")) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS visits (at timestamptz DEFAULT now())")
    connection.execute("INSERT INTO visits DEFAULT VALUES")
    visits = connection.execute("SELECT count(*) FROM visits").fetchone()[0]
names = ("DATABASE_URL", "MEILI_URL", "STRIPE_API_BASE", "SECRET_KEY")
print(json.dumps({"visits": visits, **{name: found[name] for name in names}}), flush=True)
time.sleep(float(sys.argv[1]))
"""


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DATABASE_URL", "MEILI_URL", "MEILI_KEY", "STRIPE_API_KEY", "SECRET_KEY", "VAR_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def folder() -> Iterator[Path]:
    """A var folder that the database's own user may enter, unlike pytest's."""
    made = Path(tempfile.mkdtemp(prefix="pasok-var-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree((made / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(made)


def command(folder: Path, seconds: float = 0) -> "subprocess.Popen[str]":
    """A command in a process of its own, which keeps its servers for `seconds`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    arguments = [sys.executable, "-c", COMMAND, str(seconds)]
    env = {**kept, "VAR_DIR": str(folder)}
    return subprocess.Popen(
        arguments, env=env, cwd=settings.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_commands_bring_their_own_servers_one_after_the_other_and_keep_the_data(folder: Path) -> None:
    first = command(folder, seconds=1.5)
    assert first.stdout is not None
    line = json.loads(first.stdout.readline())
    second = command(folder)
    said, complained = second.communicate(timeout=120)
    assert "waiting until it is free" in complained
    assert second.returncode == 0
    assert (line["visits"], json.loads(said)["visits"]) == (1, 2)
    assert json.loads(said)["SECRET_KEY"] == line["SECRET_KEY"]
    first.communicate(timeout=120)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(line["DATABASE_URL"].replace("+psycopg", ""))


def test_a_killed_command_leaves_no_server_behind(folder: Path) -> None:
    killed = command(folder, seconds=60)
    assert killed.stdout is not None
    killed.stdout.readline()
    left = int((folder / "meilisearch" / "server.pid").read_text())
    assert is_alive(left)
    killed.kill()
    killed.communicate(timeout=60)
    deadline = time.monotonic() + 60
    while is_alive(left) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(left)


def test_a_command_beside_a_running_pasok_uses_its_servers(
    tmp_path: Path, bare_environment: pytest.MonkeyPatch
) -> None:
    bare_environment.setenv("VAR_DIR", str(tmp_path))
    lock = settings.run_lock(tmp_path)
    lock.acquire()
    try:
        settings.note_running(tmp_path, {"DATABASE_URL": "postgresql://running", "MEILI_URL": "http://running"})
        bare_environment.setenv("MEILI_URL", "http://asked-for")
        found = ensure_servers()
    finally:
        lock.release()
    assert found["DATABASE_URL"] == "postgresql://running"
    assert found["MEILI_URL"] == "http://asked-for", "what the environment sets stays"


def test_a_command_for_another_database_keeps_away_from_the_running_pasok(
    tmp_path: Path, bare_environment: pytest.MonkeyPatch
) -> None:
    bare_environment.setenv("VAR_DIR", str(tmp_path))
    bare_environment.setenv("DATABASE_URL", "postgresql://elsewhere")
    lock = settings.run_lock(tmp_path)
    lock.acquire()
    try:
        settings.note_running(tmp_path, {"DATABASE_URL": "postgresql://running", "MEILI_URL": "http://running"})
        assert "MEILI_URL" not in ensure_servers()
    finally:
        lock.release()


def test_fresh_servers_for_one_command_are_thrown_away() -> None:
    script = "import os; print(os.environ['DATABASE_URL'])"
    done = subprocess.run(
        [sys.executable, "-m", "server.temporary", sys.executable, "-c", script],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(done.stdout.strip().replace("+psycopg", ""))


def test_a_temporary_server_takes_its_folder_with_it() -> None:
    with TemporaryPostgres() as server:
        folder = server.data_dir.parent
        assert folder.exists()
    assert not folder.exists()
