"""Work that a process does beside the pages it serves, every few seconds, in a thread of its own.

It begins with a request, in the process that was asked, so that it is there however the web server makes its processes.
"""

import atexit
import logging
import threading
from collections.abc import Callable

from flask import Flask, current_app

log = logging.getLogger(__name__)


class Background:
    """One piece of work. Where it may not begin (tests, measurements), whoever needs the work done does it."""

    def __init__(self, name: str, work: Callable[[], None], *, pause: float, last: bool = False) -> None:
        """Do `work` every `pause` seconds; with `last` also once more when the process ends."""
        self.may_begin = True
        self._name = name
        self._work = work
        self._pause = pause
        self._last = last
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Work from now on, for the application that serves this request; calling it again changes nothing."""
        if self._thread is not None or not self.may_begin:
            return
        with self._lock:
            if self._thread is None:
                app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
                self._thread = threading.Thread(target=self._run, args=(app,), name=self._name, daemon=True)
                self._thread.start()

    def _run(self, app: Flask) -> None:
        if self._last:
            atexit.register(self._finish, app)
        failed = False
        while not self._ended.wait(self._pause):
            try:
                self._do(app)
                failed = False
            except Exception:
                if not failed:  # said once, not every time for as long as it lasts
                    log.exception("What %s does beside the pages failed; it is tried again.", self._name)
                failed = True

    def _finish(self, app: Flask) -> None:
        self._ended.set()
        self._do(app)

    def _do(self, app: Flask) -> None:
        with app.app_context():
            self._work()
