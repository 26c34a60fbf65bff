"""A Meilisearch of one's own to stop, stall, slow down, fill up and wipe, behind a gate that counts and delays."""

import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from market import jobs
from market.breaker import PAUSE_SECONDS, Breaker
from market.db import session
from search import behind, engine
from search.engine import SearchEngine
from search.errors import SearchUnavailable
from server.meilisearch import EmbeddedMeilisearch

QUESTION = b"POST /multi-search"
NOTICE = "Pencarian sedang disederhanakan"

PATCHED_CHANGE_SECONDS = 1.0
"""How long a change waits here for a Meilisearch that is stopped."""


class Gate:
    """Passes everything on to a server, and what it answers back after a delay; remembers what was sent."""

    def __init__(self, port: int) -> None:
        self.delay = 0.0
        self.sent = b""
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def questions(self) -> int:
        """How many questions were asked."""
        return self.sent.count(QUESTION)

    @property
    def requests(self) -> int:
        """How many requests were made, questions or others."""
        return self.sent.count(b" HTTP/1.1\r\n")

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                near.close()
                continue
            for source, target, answers in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pass, args=(source, target, answers), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        try:
            while part := source.recv(65536):
                if answers:
                    time.sleep(self.delay)
                else:
                    self.sent += part
                target.sendall(part)
        except OSError:
            pass
        finally:
            source.close()
            target.close()


class Own:
    """A Meilisearch of this test's own, and the clock that its breaker goes by."""

    def __init__(self, server: EmbeddedMeilisearch) -> None:
        self.server = server
        self.later = 0.0
        self.gate = Gate(server.port or 0)
        self.engine = SearchEngine(self.gate.url, server.key, index="own")
        self.engine.breaker = Breaker(clock=lambda: time.monotonic() + self.later)

    def stall(self) -> None:
        """Let it live and not answer."""
        self._process().send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        self._process().send_signal(signal.SIGCONT)

    def restart(self) -> None:
        """End it and start it again, on the same port and folder."""
        self.server.stop()
        self.server.start()

    def wipe(self) -> None:
        """Start it again without anything it knew."""
        self.server.stop()
        shutil.rmtree(self.server.data_dir)
        self.server.start()

    def wait_for_the_breaker(self) -> None:
        """As if the breaker's pause had gone by."""
        self.later += PAUSE_SECONDS

    def _process(self) -> "subprocess.Popen[bytes]":
        process = self.server._process
        assert process is not None
        return process


@pytest.fixture
def own(index: SearchEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Own]:
    """A Meilisearch of this test's own with an empty index, which is asked and fed as in production."""
    monkeypatch.setattr(engine, "CHANGE_SECONDS", PATCHED_CHANGE_SECONDS)
    with EmbeddedMeilisearch(tmp_path / "meilisearch") as server:
        made = Own(server)
        made.engine.ensure_index()
        engine.use(made.engine)
        yield made
        made.gate.close()
        if server.running:
            made.go_on()
    engine.use(index)


@pytest.fixture
def work() -> Callable[[], int]:
    """Run every waiting job once, as a worker does; those that Meilisearch keeps waiting go back. How many did?"""

    def until_nothing_waits() -> int:
        back: list[int] = []
        while job := session.execute(_NEXT, {"back": back}).first():
            session.execute(_SET, {"id": job.id, "status": "doing"})
            try:
                jobs.perform(job.task_name, job.args)
                session.execute(_DONE, {"id": job.id})
            except SearchUnavailable:
                session.execute(_SET, {"id": job.id, "status": "todo"})
                back.append(job.id)
        behind.forget()
        return len(back)

    return until_nothing_waits


_NEXT = text(
    "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' AND id <> ALL(:back) ORDER BY id LIMIT 1"
)
_SET = text("UPDATE procrastinate_jobs SET status = CAST(:status AS procrastinate_job_status) WHERE id = :id")
_DONE = text("DELETE FROM procrastinate_jobs WHERE id = :id")
