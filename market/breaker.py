"""A breaker: after a failure nobody waits for a server that is away; after some seconds one caller tries for all."""

import threading
import time
from collections.abc import Callable

PAUSE_SECONDS = 3.0


class Breaker:
    """Whether it is worth asking. Shared by all threads of a process."""

    def __init__(self, pause_seconds: float = PAUSE_SECONDS, clock: Callable[[], float] = time.monotonic):
        self._pause = pause_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._try_at: float | None = None

    def allows(self) -> bool:
        """Whether the caller may ask now; after a pause one caller may, the others wait for what it finds."""
        with self._lock:
            if self._try_at is None:
                return True
            if self._clock() < self._try_at:
                return False
            self._try_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        """An answer came: everybody may ask."""
        with self._lock:
            self._try_at = None

    def failed(self) -> None:
        """No answer came: nobody asks for a while."""
        with self._lock:
            self._try_at = self._clock() + self._pause
