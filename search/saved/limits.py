"""How much is kept, and how much a letter says."""

from datetime import time, timedelta

MOST_SAVED = 30
"""So many searches one person keeps for one company."""

LONGEST_NAME = 80

LISTED = 10
"""So many new products a letter lists of each search; of the others it gives the number."""

LETTER_HOUR = time(7)
"""When letters are written, in Jakarta (WIB)."""

LEAD = timedelta(minutes=5)
"""A letter is about what was published until so long before: by then the index surely has it."""
