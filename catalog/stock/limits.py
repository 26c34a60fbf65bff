"""How much may be said about a movement."""

LONGEST_NOTE = 200
