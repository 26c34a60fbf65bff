"""The embedded Meilisearch: closed to those without its key, and its index is kept."""

import http
import json
import signal
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.errors import AlreadyRunning, ServerError
from server.meilisearch import EmbeddedMeilisearch, TemporaryMeilisearch, is_healthy
from server.probes import status_of
from tests.server.life import is_alive


@pytest.fixture
def server() -> Iterator[TemporaryMeilisearch]:
    with TemporaryMeilisearch() as started:
        yield started


def create_index(server: EmbeddedMeilisearch, name: str) -> None:
    headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"}
    body = json.dumps({"uid": name, "primaryKey": "id"}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{server.url}/indexes", body, headers)) as answer:
        assert answer.status == http.HTTPStatus.ACCEPTED


def index_status(server: EmbeddedMeilisearch, name: str) -> int | None:
    return status_of(f"{server.url}/indexes/{name}", headers={"Authorization": f"Bearer {server.key}"})


def test_only_its_key_opens_it(server: TemporaryMeilisearch) -> None:
    assert is_healthy(server.url)
    assert status_of(f"{server.url}/indexes") == http.HTTPStatus.UNAUTHORIZED
    assert status_of(f"{server.url}/indexes", headers={"Authorization": "Bearer wrong"}) == http.HTTPStatus.FORBIDDEN
    assert status_of(f"{server.url}/indexes", headers={"Authorization": f"Bearer {server.key}"}) == http.HTTPStatus.OK
    assert stat.S_IMODE(server.beside("key").stat().st_mode) == 0o600


def test_its_key_stands_in_no_command_line(server: TemporaryMeilisearch) -> None:
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("command lines are read from /proc")
    assert server.key.encode() not in Path(f"/proc/{server.pid}/cmdline").read_bytes()


def test_the_index_and_the_key_are_there_again_after_a_second_start(tmp_path: Path) -> None:
    with EmbeddedMeilisearch(tmp_path / "meilisearch") as first:
        create_index(first, "goods")
        while index_status(first, "goods") != http.HTTPStatus.OK:
            pass
        key = first.key
    assert not is_healthy(first.url)
    with EmbeddedMeilisearch(tmp_path / "meilisearch") as second:
        assert second.key == key
        assert index_status(second, "goods") == http.HTTPStatus.OK


def test_a_folder_in_use_is_refused(server: TemporaryMeilisearch) -> None:
    with pytest.raises(AlreadyRunning, match="already in use"):
        EmbeddedMeilisearch(server.data_dir).start()


def test_a_folder_that_cannot_be_written_is_one_sentence() -> None:
    with pytest.raises(ServerError, match=r"^/proc/pasok cannot be written: .*\.$"):
        EmbeddedMeilisearch("/proc/pasok/meilisearch").start()


@pytest.mark.skipif(sys.platform != "linux", reason="needs the kernel's parent death signal")
def test_it_comes_back_after_whoever_ran_it_was_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom server.meilisearch import EmbeddedMeilisearch\n"
        "server = EmbeddedMeilisearch(sys.argv[1])\nserver.start()\nprint(server.pid, flush=True)\ntime.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "meilisearch")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        left_over = int(owner.stdout.readline())
        owner.send_signal(signal.SIGKILL)
    with EmbeddedMeilisearch(tmp_path / "meilisearch") as server:
        assert is_healthy(server.url)
        assert not is_alive(left_over)
