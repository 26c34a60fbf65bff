"""Being told to stop: Ctrl-C, SIGTERM, or the terminal is closed."""

import signal
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked Pasok to stop. Like KeyboardInterrupt it is no error, so `except Exception` lets it pass."""


def listen() -> None:
    """From now on raise StopRequested in the main thread when asked to stop."""
    for number in _SIGNALS:
        signal.signal(number, _stop)


def close_ears() -> None:
    """Take no further requests: stopping is short and bounded, and a second Ctrl-C must not leave half undone."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _stop(number: int, frame: FrameType | None) -> None:
    raise StopRequested
