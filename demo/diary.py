"""The demo as a diary: deeds with their moments, done one after the other as if each were happening now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from market import clock, jobs, mail
from market.db import session
from market.progress import Progress

Deed = Callable[[], object]


@dataclass
class Diary:
    """Deeds in any order; they are done in the order of their moments, so that numbers and ids grow with time."""

    entries: list[tuple[datetime, Deed]] = field(default_factory=list)

    def note(self, at: datetime, deed: Deed) -> None:
        """Let `deed` happen at that moment."""
        self.entries.append((at, deed))

    def __len__(self) -> int:
        return len(self.entries)

    def play(self, progress: Progress) -> None:
        """Do everything. Each deed commits its own changes, as it would for a person at a page."""
        for moment, deed in sorted(self.entries, key=lambda entry: entry[0]):
            with clock.at(moment), jobs.held_back() as held:
                deed()
                _write_letters(held)
            session.remove()
            progress(1)


def _write_letters(held: list[jobs.HeldJob]) -> None:
    """Perform what a deed left to the worker, at the moment of the deed.

    The index is built as a whole afterwards. Where mail leaves this machine no letter is written: nobody lives at the
    demo's addresses.
    """
    if mail.newest_letters(1) is None:
        return
    for name, arguments in held:  # which grows: a job that announces something defers the letters
        if not name.startswith("search."):
            jobs.perform(name, arguments)
