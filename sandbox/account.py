"""The one Stripe account the sandbox plays: its settings, its memory, its clock."""

import secrets
import string
import threading
import time
from collections.abc import Callable

from sandbox.settings import Settings
from sandbox.store import Store

_ALPHABET = string.ascii_letters + string.digits


class Account:
    """Handed to everything the sandbox does. `something_to_send` is set when a webhook was put in line."""

    def __init__(self, settings: Settings, store: Store, clock: Callable[[], float] = time.time) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.something_to_send = threading.Event()

    def now(self) -> int:
        """Unix seconds, as Stripe dates its objects."""
        return int(self.clock())


def new_id(prefix: str, length: int = 24) -> str:
    """An id like Stripe's: `pi_3fK…`."""
    return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(length))}"
