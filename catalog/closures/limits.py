"""How much may be planned."""

LONGEST_NOTE = 120
LONGEST_CLOSURE = 366
"""Days of one closure."""

FURTHEST = 2 * 366
"""Days ahead that a closure may begin."""
