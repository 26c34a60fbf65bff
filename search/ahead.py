"""A thread that reads anew what every page needs before it has grown old, so that no page has to.

It begins with the first request, in the process that was asked, so that it is there however the web server makes its
processes. While it fails, pages read for themselves.
"""

import logging
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from search import behind, tree

PAUSE_SECONDS = 0.5

log = logging.getLogger(__name__)


class Reader:
    """Reads ahead, in a thread of its own; where it may not begin (tests), pages read for themselves."""

    def __init__(self) -> None:
        self.may_begin = True
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, app: Flask) -> None:
        """Read ahead from now on; calling it again changes nothing."""
        if self._thread is not None or not self.may_begin:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, args=(app,), name="search-ahead", daemon=True)
                self._thread.start()

    def _run(self, app: Flask) -> None:
        pause, was_read = threading.Event(), True
        while not pause.wait(PAUSE_SECONDS):
            try:
                with app.app_context():
                    renew()
                was_read = True
            except SQLAlchemyError as error:
                if was_read:  # said once, not twice a second for as long as it lasts
                    log.warning("What every page needs cannot be read ahead: %s", error)
                was_read = False


def renew() -> None:
    """Read anew what has lived half its time."""
    behind.renew()
    tree.renew()


reader = Reader()
"""The reader of this process."""
