"""What the person at the terminal sees: sentences of ours, and lines of the logs with the name of who wrote them."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_NAME_WIDTH = 11


def say(sentence: str) -> None:
    """Print a line on the terminal; a terminal that has gone away is no reason to stop."""
    _put(sys.stdout, sentence)


def complain(sentence: str) -> None:
    """Print a line on standard error."""
    _put(sys.stderr, sentence)


def _put(stream: IO[str], sentence: str) -> None:
    try:
        stream.write(f"{sentence}\n")
        stream.flush()
    except OSError:
        return


@dataclass
class _Followed:
    name: str
    path: Path
    wanted: Callable[[str], bool]
    position: int
    rest: str = ""


class LogStream:
    """Prints what is appended to a few log files, line by line, each line after the name of its writer."""

    def __init__(self, put: Callable[[str], None] = say) -> None:
        self._put = put
        self._followed: list[_Followed] = []

    def follow(self, name: str, path: Path, wanted: Callable[[str], bool] = lambda line: True) -> None:
        """Print from now on the lines that come to `path` and are `wanted`; the file need not be there yet."""
        self._followed.append(_Followed(name, path, wanted, path.stat().st_size if path.exists() else 0))

    def pump(self) -> None:
        """Print what has come since the last time."""
        for followed in self._followed:
            for line in _new_lines(followed):
                if line.strip() and followed.wanted(line):
                    self._put(f"{followed.name:<{_NAME_WIDTH}}| {line}")


def _new_lines(followed: _Followed) -> list[str]:
    """The whole lines added to the file; the beginning of an unfinished one is kept for the next time."""
    try:
        with followed.path.open("rb") as file:
            file.seek(followed.position)
            added = file.read()
    except FileNotFoundError:
        return []
    followed.position += len(added)
    *lines, followed.rest = (followed.rest + added.decode(errors="replace")).split("\n")
    return lines
