"""How much of everything prices may have."""

from datetime import timedelta

LONGEST_NUMBER = 60
"""Letters of a contract's number."""

MOST_LINES = 200
"""Prices agreed in one go."""

EARLIEST_START = timedelta(days=366)
"""So long ago a contract may have begun that is only written down today."""

LATEST_END = timedelta(days=10 * 366)
LATEST_CHANGE = timedelta(days=2 * 366)
"""So far ahead a list price can be planned."""

MOST_PLANNED = 12
"""List prices that wait for one variant."""

LOWEST_JUMP_RATE, HIGHEST_JUMP_RATE = 100, 10_000
"""Basis points: a cooperative asks for confirmation from 1 % to 100 %."""

FEWEST_LETTERS = 3
"""So many letters of a buyer's name a seller must know to find it: nobody reads the list of all factories."""

MOST_BUYERS = 10
