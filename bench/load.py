"""Several clients at once, as light as they can be made: they and the servers share the machine's processors.

One thread serves all connections. Requests are made beforehand; of an answer only its length and status are read.
"""

import re
import selectors
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from urllib.parse import urlsplit

CLIENTS = 8
SECONDS = 3.0
TURNS = 5

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"
_LARGEST_READ = 1 << 18

Unit = Sequence[bytes]
"""The requests that make one page, sent one after the other."""


class Target:
    """A server, and what it is asked in turns."""

    def __init__(self, url: str, units: Sequence[Unit]) -> None:
        address = urlsplit(url)
        self.host, self.port = address.hostname or "127.0.0.1", address.port or 80
        self.units = units

    @classmethod
    def pages(cls, url: str, addresses: Sequence[str]) -> "Target":
        """A server of pages, each asked for by a GET."""
        host = urlsplit(url).netloc
        return cls(url, [[f"GET {address} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()] for address in addresses])

    @classmethod
    def questions(cls, url: str, path: str, headers: dict[str, str], units: Sequence[Unit]) -> "Target":
        """A server of answers to questions, each asked by a POST."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n{lines}Content-Length: "
        return cls(url, [[f"{head}{len(body)}\r\n\r\n".encode() + body for body in unit] for unit in units])


class _Client:
    """One connection, with its own place in the round of units."""

    def __init__(self, target: Target, place: int) -> None:
        self.socket = socket.create_connection((target.host, target.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.done = 0
        self._units: Iterator[Unit] = islice(cycle(target.units), place, None)
        self._left: Iterator[bytes] = iter(())
        self._missing: int | None = None
        self._begun = b""

    def begin(self) -> None:
        """Send the first request of the next unit."""
        self._left = iter(next(self._units))
        self.socket.sendall(next(self._left))

    def receive(self) -> None:
        """Take what has come; when the answer is whole send the next request."""
        part = self.socket.recv(_LARGEST_READ)
        if not part:
            raise RuntimeError("the server closed a connection")
        self._missing = self._after_head(part) if self._missing is None else self._missing - len(part)
        if self._missing:
            return
        self._missing = None
        following = next(self._left, None)
        if following is not None:
            self.socket.sendall(following)
            return
        self.done += 1
        self.begin()

    def _after_head(self, part: bytes) -> int | None:
        """How many bytes of the answer have still to come; None while its head is not whole."""
        head, end, body = (self._begun + part).partition(_END_OF_HEAD)
        if not end:
            self._begun = head
            return None
        self._begun = b""
        length = _LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 200") or length is None:
            raise RuntimeError(f"answered {head[:200]!r}")
        return int(length[1]) - len(body)


def units_per_second(target: Target, *, clients: int = CLIENTS, seconds: float = SECONDS) -> float:
    """How many units a second that many clients get, each asking as soon as it has its answer."""
    with selectors.DefaultSelector() as selector:
        open_clients = [_Client(target, place) for place in range(clients)]
        for client in open_clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.begin()
        began = time.perf_counter()
        while (passed := time.perf_counter() - began) < seconds:
            for key, _events in selector.select(timeout=seconds):
                key.data.receive()
        for client in open_clients:
            client.socket.close()
    return sum(client.done for client in open_clients) / passed


def in_turns(first: Target, second: Target, *, seconds: float = SECONDS, turns: int = TURNS) -> tuple[float, float]:
    """Both one after the other, several times: the median of what each answers in a second."""
    for target in (first, second):
        units_per_second(target, seconds=1.0)
    rates = [
        (units_per_second(first, seconds=seconds), units_per_second(second, seconds=seconds)) for _turn in range(turns)
    ]
    return statistics.median(one for one, _other in rates), statistics.median(other for _one, other in rates)
