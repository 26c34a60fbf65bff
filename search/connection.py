"""An HTTP connection that stays open, for questions that are answered in milliseconds.

The way through a general client takes longer than a small question: it looks for proxies, cookies and redirects each
time, sends head and body apart, and reads an answer in small pieces.
"""

import select
import weakref
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """What came back."""

    status_code: int
    reason: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")


class KeptConnection:
    """One connection to one server, opened anew when the server has closed it. Not for several threads."""

    def __init__(self, url: str, seconds: float) -> None:
        """`seconds` is how long to wait for the connection, and for each part of an answer."""
        address = urlsplit(url)
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        self._path = address.path.rstrip("/")
        self._connection = kind(address.hostname or "", address.port, timeout=seconds)
        weakref.finalize(self, self._connection.close)  # when its thread ends

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Send a question that does no harm when it is asked twice; raises OSError or HTTPException."""
        if self._was_closed():
            self._connection.close()
        was_open = self._connection.sock is not None
        try:
            return self._exchange(path, body, headers)
        except (ConnectionError, HTTPException):
            if not was_open:
                raise
        return self._exchange(path, body, headers)  # it was being closed at that moment

    def _exchange(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        try:
            self._connection.request("POST", self._path + path, body, headers)
            answer = self._connection.getresponse()
            return Answer(answer.status, answer.reason, answer.read())
        except (OSError, HTTPException):
            self._connection.close()
            raise

    def _was_closed(self) -> bool:
        """Whether something can be read though nothing was asked: that the server has gone."""
        if self._connection.sock is None:
            return False
        poll = select.poll()
        poll.register(self._connection.sock, select.POLLIN)
        return bool(poll.poll(0))
