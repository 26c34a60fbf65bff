"""Files: the same promises from a folder and from an object store, which is a real HTTP server here."""

import io
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3
import pytest
import structlog
from moto.server import ThreadedMotoServer

from market import files
from market.config import ROOT, BadSetting, S3Settings, Settings
from market.files import FileStore, FolderStore, StoreAway
from market.files.s3 import S3Store

BUCKET = "pasok-test"
SECRET = "a-very-secret-key-0815"


@pytest.fixture(autouse=True)
def database() -> None:
    """Files need none."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stands between this machine and itself."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="module")
def object_server() -> Iterator[str]:
    """The address of an S3-compatible server on a free port of this machine, with one empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key=SECRET
    )
    client.create_bucket(Bucket=BUCKET)
    client.close()
    yield address
    server.stop()


def s3(address: str, bucket: str = BUCKET) -> S3Store:
    """The store of this bucket, impatient."""
    settings = S3Settings(bucket, endpoint=address, region="us-east-1", access_key="key", secret_key=SECRET)
    return S3Store(settings, connect_seconds=0.3, read_seconds=0.3)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Each of the two in turn."""
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    return s3(request.getfixturevalue("object_server"))


# What both promise


def test_what_was_kept_is_read_back_to_the_last_byte(store: FileStore) -> None:
    content = bytes(range(256)) * 9000  # over 2 MB, and every byte there is
    key = store.save(content, folder="pictures", suffix=".webp")
    assert key.startswith("pictures/")
    assert key.endswith(".webp")
    assert store.exists(key)
    assert store.read(key) == content


def test_a_file_may_be_empty(store: FileStore) -> None:
    assert store.read(store.save(b"", folder="imports", suffix=".csv")) == b""


def test_the_same_content_has_the_same_key_and_other_content_another(store: FileStore) -> None:
    first = store.save(b"one", folder="pictures", suffix=".webp")
    assert store.save(b"one", folder="pictures", suffix=".webp") == first
    others = {
        store.save(b"two", folder="pictures", suffix=".webp"),
        store.save(b"one", folder="certificates", suffix=".webp"),
        store.save(b"one", folder="pictures", suffix=".pdf"),
    }
    assert len(others | {first}) == 4
    assert store.read(first) == b"one"


def test_both_call_a_file_the_same_so_that_one_can_move_to_the_other(object_server: str, tmp_path: Path) -> None:
    content = b"moved"
    keys = {
        kept.save(content, folder="pictures", suffix=".webp") for kept in (FolderStore(tmp_path), s3(object_server))
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    "key",
    [
        "",
        "pictures/",
        "pictures/none.webp",
        "pictures/" + "0" * 32 + ".webp",
        "../pictures/" + "0" * 32,
        "pictures/../" + "0" * 32 + ".webp",
        "/etc/passwd",
        "pictures/" + "0" * 31 + "é.webp",
        "pictures/" + "0" * 32 + ".webp\x00",
        "pictures/" + "0" * 32 + ".webp\n",
        "PICTURES/" + "0" * 32 + ".webp",
        "a" * 5000 + "/" + "0" * 32,
    ],
)
def test_there_is_no_file_behind_another_name(store: FileStore, key: str) -> None:
    assert store.read(key) is None
    assert not store.exists(key)


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "files" / "pictures").mkdir(parents=True)
    kept = FolderStore(tmp_path / "files")
    for key in ("../secret", "pictures/../../secret", str(tmp_path / "secret")):
        assert kept.read(key) is None


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [("../up", ".webp"), ("", ".webp"), ("a/b", ".webp"), ("pictures", "/../x"), ("pictures", ".")],
)
def test_nothing_is_kept_under_a_name_that_is_none(store: FileStore, folder: str, suffix: str) -> None:
    with pytest.raises(ValueError, match="no file can be kept"):
        store.save(b"x", folder=folder, suffix=suffix)


def test_many_who_keep_the_same_file_at_once_get_one_whole_file(store: FileStore) -> None:
    content = os.urandom(300_000)

    def keep_and_look(_turn: int) -> bytes | None:
        return store.read(store.save(content, folder="pictures", suffix=".webp"))

    with ThreadPoolExecutor(8) as people:
        assert all(seen == content for seen in people.map(keep_and_look, range(24)))


# When the folder is at fault


def test_a_disk_that_takes_nothing_is_said_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file stands where the folder should be")
    with pytest.raises(StoreAway, match="tidak dapat dihubungi"):
        FolderStore(tmp_path / "files").save(b"x", folder="pictures", suffix=".webp")


def test_a_file_that_could_not_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    kept = FolderStore(tmp_path)
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StoreAway):
        kept.save(b"x", folder="pictures", suffix=".webp")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


# When the object store is at fault


@contextmanager
def answering(answer: bytes, *, pause: float = 0) -> Iterator[tuple[str, list[str]]]:
    """A server that gives everybody the same answer, and closes; with the requests it got."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            line = self.rfile.readline().decode()
            asked.append(line.split("?")[0].strip())
            while self.rfile.readline().strip():
                pass
            time.sleep(pause)
            self.wfile.write(answer)
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def key() -> str:
    """A name a file could have."""
    return "pictures/" + "0" * 32 + ".webp"


def refusal(code: str, status: str) -> bytes:
    """An answer of S3 that says no."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>No.</Message></Error>".encode()
    return f"HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


FAULTS = {
    "broken": refusal("InternalError", "500 Internal Server Error"),
    "busy": refusal("SlowDown", "503 Slow Down"),
    "locked": refusal("AccessDenied", "403 Forbidden"),
    "unknown key": refusal("InvalidAccessKeyId", "403 Forbidden"),
    "no bucket": refusal("NoSuchBucket", "404 Not Found"),
    "not S3": b"HTTP/1.1 500 Oops\r\nContent-Length: 5\r\n\r\n<html",
    "hangs up": b"",
    "half a file": b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_store_at_fault_is_no_missing_file(fault: str) -> None:
    with answering(FAULTS[fault]) as (address, asked), pytest.raises(StoreAway, match="tidak dapat dihubungi"):
        s3(address).read(key())
    assert asked


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "half a file"])
def test_a_store_at_fault_keeps_nothing_and_says_so(fault: str) -> None:
    with answering(FAULTS[fault]) as (address, asked), pytest.raises(StoreAway):
        s3(address).save(b"x", folder="pictures", suffix=".webp")
    assert asked


def test_a_bucket_that_is_not_there_is_said_when_something_is_kept(object_server: str) -> None:
    with pytest.raises(StoreAway):
        s3(object_server, bucket="another-bucket").save(b"x", folder="pictures", suffix=".webp")
    with pytest.raises(StoreAway):
        s3(object_server, bucket="another-bucket").read(key())


def test_nobody_waits_long_for_a_store_that_is_silent_and_the_next_do_not_wait_at_all() -> None:
    with answering(b"", pause=5) as (address, asked):
        silent = s3(address)
        began = time.monotonic()
        with pytest.raises(StoreAway):
            silent.read(key())
        assert time.monotonic() - began < 4
        number = len(asked)
        for _visitor in range(5):
            with pytest.raises(StoreAway):
                silent.read(key())
        assert len(asked) == number


def test_a_store_that_is_back_is_asked_again(object_server: str) -> None:
    kept = s3(object_server)
    name = kept.save(b"here", folder="pictures", suffix=".webp")
    kept._breaker.failed()
    with pytest.raises(StoreAway):
        kept.read(name)
    kept.save(b"somebody else keeps something", folder="pictures", suffix=".webp")
    assert kept.read(name) == b"here"


def test_a_port_where_nobody_listens_is_a_store_that_is_away() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(StoreAway):
            s3(f"http://127.0.0.1:{taken.getsockname()[1]}").save(b"x", folder="pictures", suffix=".webp")


def test_faults_are_noted_without_the_secret(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    noted = io.StringIO()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=noted))
    try:
        with (
            caplog.at_level(logging.INFO),
            answering(FAULTS["unknown key"]) as (address, _asked),
            pytest.raises(StoreAway),
        ):
            s3(address).read(key())
    finally:
        structlog.reset_defaults()
    assert "file_not_read" in noted.getvalue()
    assert "InvalidAccessKeyId" in noted.getvalue()
    written = noted.getvalue() + caplog.text + "".join(capfd.readouterr())
    assert SECRET not in written


# Settings


def settings(**given: str) -> Settings:
    """The settings of an environment with these."""
    return Settings.from_environment({"SECRET_KEY": "x", "DATABASE_URL": "postgresql://db/pasok", **given})


def test_without_a_bucket_files_are_kept_in_the_var_folder(tmp_path: Path) -> None:
    chosen = files.store_for(settings(VAR_DIR=str(tmp_path)))
    assert isinstance(chosen, FolderStore)
    assert chosen.root == tmp_path / "files"


def test_with_a_bucket_files_are_kept_there(object_server: str) -> None:
    given = {"S3_BUCKET": BUCKET, "S3_ENDPOINT": object_server, "S3_REGION": "us-east-1"}
    chosen = files.store_for(settings(**given, S3_ACCESS_KEY="key", S3_SECRET_KEY=SECRET))
    assert chosen.read(chosen.save(b"x", folder="pictures", suffix=".webp")) == b"x"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"S3_ENDPOINT": "https://storage.example"}, "S3_BUCKET"),
        ({"S3_SECRET_KEY": SECRET}, "S3_BUCKET"),
        ({"S3_BUCKET": "b", "S3_ACCESS_KEY": "a"}, "S3_SECRET_KEY"),
        ({"S3_BUCKET": "b", "S3_SECRET_KEY": SECRET}, "S3_ACCESS_KEY"),
        ({"S3_BUCKET": "b", "S3_ENDPOINT": "storage.example"}, "S3_ENDPOINT"),
        ({"S3_BUCKET": "b", "S3_ENDPOINT": "ftp://storage.example"}, "S3_ENDPOINT"),
        ({"S3_BUCKET": "b", "S3_ENDPOINT": "https://storage.example:port"}, "S3_ENDPOINT"),
        ({"S3_BUCKET": "b", "S3_ENDPOINT": "https:///bucket"}, "S3_ENDPOINT"),
        ({"S3_BUCKET": "b", "S3_ENDPOINT": f"https://key:{SECRET}@storage.example"}, "S3_ENDPOINT"),
    ],
)
def test_half_a_setting_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=named) as refused:
        settings(**given)
    assert SECRET not in str(refused.value)


def test_no_secret_is_shown_with_the_settings() -> None:
    secrets = {
        "SECRET_KEY": "s1-hidden",
        "DATABASE_URL": "postgresql://pasok:s2-hidden@db/pasok",
        "MEILI_KEY": "s3-hidden",
        "STRIPE_API_KEY": "s4-hidden",
        "STRIPE_WEBHOOK_SECRET": "s5-hidden",
        "MAIL_URL": "smtp://pasok:s6-hidden@mail",
        "S3_BUCKET": "shown",
        "S3_ACCESS_KEY": "s7-hidden",
        "S3_SECRET_KEY": "s8-hidden",
    }
    shown = repr(settings(**secrets))
    assert "bucket='shown'" in shown
    assert "hidden" not in shown


def test_the_library_for_s3_is_not_imported_where_a_folder_is_used() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom market import files\nfrom market.config import Settings\n"
        "files.store_for(Settings.from_environment({'SECRET_KEY': 'x', 'DATABASE_URL': 'postgresql://d/d'}))\n"
        "sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
