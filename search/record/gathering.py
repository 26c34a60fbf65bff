"""What was asked and opened, gathered in the process until it is written: a search never waits for its record.

The gathering is bounded: when many different words come faster than they are written, new ones are left out.
"""

import threading
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from search.record.terms import Terms

MOST_KEPT = 1000
"""So many different words, and so many different openings, wait at most."""


class Outcome(StrEnum):
    """How a question ended."""

    UNFOUND = "unfound"
    FEW = "few"
    FOUND = "found"


@dataclass
class Tally:
    """How often some words were asked for in one week."""

    written: str
    searches: int = 0
    unfound: int = 0
    few: int = 0
    buyers: dict[int, bool] = field(default_factory=dict)
    """The organisations that asked, each with whether it found nothing at least once. Only digests are written."""

    def add(self, other: "Tally") -> None:
        """Count the other one too."""
        self.searches += other.searches
        self.unfound += other.unfound
        self.few += other.few
        for buyer, unserved in other.buyers.items():
            self.buyers[buyer] = self.buyers.get(buyer, False) or unserved


@dataclass
class Clicks:
    """How often a product was opened from the results of some words, and the sum of the places it stood at."""

    clicks: int = 0
    places: int = 0


@dataclass
class Gathered:
    """What waits to be written."""

    asked: dict[tuple[date, str], Tally] = field(default_factory=dict)
    """By week and words."""
    opened: dict[tuple[date, str, str], Clicks] = field(default_factory=dict)
    """By week, words and the product's slug."""

    def __bool__(self) -> bool:
        return bool(self.asked or self.opened)


class Gathering:
    """The one place of a process where questions and clicks are gathered, by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gathered = Gathered()

    def ask(self, week: date, terms: Terms, outcome: Outcome, buyer: int | None) -> None:
        """Somebody looked for these words; `buyer` is the organisation, None for a visitor."""
        unserved = outcome is Outcome.UNFOUND
        tally = Tally(terms.written, 1, int(unserved), int(outcome is Outcome.FEW))
        if buyer is not None:
            tally.buyers[buyer] = unserved
        with self._lock:
            self._add_asked((week, terms.words), tally)

    def open(self, week: date, words: str, slug: str, place: int) -> None:
        """Somebody opened a product that stood at that place of the results."""
        with self._lock:
            self._add_opened((week, words, slug), Clicks(1, place))

    def take(self) -> Gathered:
        """What was gathered so far; from now on it is gathered anew."""
        with self._lock:
            taken, self._gathered = self._gathered, Gathered()
        return taken

    def put_back(self, gathered: Gathered) -> None:
        """Keep for the next time what could not be written, as far as there is room."""
        with self._lock:
            for asked, tally in gathered.asked.items():
                self._add_asked(asked, tally)
            for opened, clicks in gathered.opened.items():
                self._add_opened(opened, clicks)

    def _add_asked(self, key: tuple[date, str], tally: Tally) -> None:
        there = self._gathered.asked.get(key)
        if there is not None:
            there.add(tally)
        elif len(self._gathered.asked) < MOST_KEPT:
            self._gathered.asked[key] = tally

    def _add_opened(self, key: tuple[date, str, str], clicks: Clicks) -> None:
        there = self._gathered.opened.get(key)
        if there is not None:
            there.clicks += clicks.clicks
            there.places += clicks.places
        elif len(self._gathered.opened) < MOST_KEPT:
            self._gathered.opened[key] = clicks
