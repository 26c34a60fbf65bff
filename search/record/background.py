"""The thread that writes the search record every few seconds, one in each process that serves pages.

It begins with the first question, in the process that was asked, so that it is there however the web server makes its
processes. What is left is written when the process ends.
"""

import atexit
import threading

from flask import Flask

from search.record import recording

FLUSH_SECONDS = 5.0


class Writer:
    """Writes what was gathered, in a thread of its own. Where it may not begin (tests), somebody calls `flush`."""

    def __init__(self) -> None:
        self.may_begin = True
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, app: Flask) -> None:
        """Write every few seconds from now on; calling it again changes nothing."""
        if self._thread is not None or not self.may_begin:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(app,), name="search-record", daemon=True)
                self._thread.start()

    def _run(self, app: Flask) -> None:
        ended = threading.Event()

        def finish() -> None:
            ended.set()
            _flush(app)

        atexit.register(finish)
        while not ended.wait(FLUSH_SECONDS):
            _flush(app)


def _flush(app: Flask) -> None:
    with app.app_context():
        recording.flush()


writer = Writer()
"""The writer of this process."""
