"""Connections for questions stay open: used again, opened anew when the server has gone, and given up in time."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from search.engine import SearchEngine
from search.errors import SearchUnavailable


class Server(ThreadingHTTPServer):
    """Answers each question with itself, and counts connections."""

    daemon_threads = True
    connections = 0
    closes_after_each = False
    answer = b'{"results": []}'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        self.server.connections += 1
        super().setup()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)
        self.close_connection = self.server.closes_after_each  # without a word, as one that was idle too long

    def log_message(self, *_words: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on a free port of this machine."""
    with Server(("127.0.0.1", 0), _Handler) as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()


def url_of(server: Server) -> str:
    """Its address."""
    return f"http://127.0.0.1:{server.server_port}"


def engine_at(url: str, seconds: float = 2.0) -> SearchEngine:
    """An engine that asks there."""
    return SearchEngine(url, "key", index="products", question_seconds=seconds)


def test_one_connection_carries_many_questions(server):
    engine = engine_at(url_of(server))
    for _number in range(5):
        assert engine.ask([{"q": ""}]) == []
    assert server.connections == 1


def test_a_connection_that_the_server_closed_is_opened_anew(server):
    server.closes_after_each = True
    engine = engine_at(url_of(server))
    for pause in (0.0, 0.0, 0.1, 0.0):
        assert engine.ask([{"q": ""}]) == []
        time.sleep(pause)
    assert server.connections == 4


def test_after_an_answer_that_came_too_late_the_next_question_gets_its_own():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        engine = engine_at(f"http://127.0.0.1:{listener.getsockname()[1]}", 0.1)
        with pytest.raises(SearchUnavailable):
            engine.ask([{"q": ""}])
        first, _address = listener.accept()
        engine.breaker.succeeded()
        with pytest.raises(SearchUnavailable):
            engine.ask([{"q": ""}])
        second, _address = listener.accept()  # not on the connection whose answer may still come
        first.close()
        second.close()


def test_what_is_no_answer_of_meilisearch_counts_as_its_being_away(server):
    server.answer = b"<html>a proxy's own words</html>"
    engine = engine_at(url_of(server))
    with pytest.raises(SearchUnavailable):
        engine.ask([{"q": ""}])
