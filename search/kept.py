"""What a process keeps for a while, because every page needs it and it hardly changes."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

KEPT_SECONDS = 30.0

Kept = TypeVar("Kept")


@dataclass
class Shelf:
    """What is kept, by name, each with the moment until which it is good, and for how many seconds that is."""

    seconds: float = KEPT_SECONDS
    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: dict[str, tuple[float, Any]] = field(default_factory=dict)
    times_cleared: int = 0

    def get(self, name: str, read: Callable[[], Kept]) -> Kept:
        """What is kept under this name; read it when there is none, or none that is still good."""
        with self.lock:
            until, value = self.kept.get(name, (0.0, None))
        return cast(Kept, value) if until > time.monotonic() else self._read(name, read)

    def renew(self, name: str, read: Callable[[], object]) -> None:
        """Read it anew once it has lived half its time."""
        with self.lock:
            until, _value = self.kept.get(name, (0.0, None))
        if until < time.monotonic() + self.seconds / 2:
            self._read(name, read)

    def _read(self, name: str, read: Callable[[], Kept]) -> Kept:
        with self.lock:
            times_cleared = self.times_cleared
        asked_at, fresh = time.monotonic(), read()
        with self.lock:
            if times_cleared == self.times_cleared:  # or it was changed while it was read
                kept = {each: thing for each, thing in self.kept.items() if thing[0] > asked_at}
                self.kept = kept | {name: (asked_at + self.seconds, fresh)}
        return fresh

    def clear(self) -> None:
        """Keep nothing."""
        with self.lock:
            self.kept.clear()
            self.times_cleared += 1
