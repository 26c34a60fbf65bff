"""What was gathered is written every few seconds, in each process that serves pages, and once more when it ends."""

from market.background import Background
from search.record import recording

FLUSH_SECONDS = 5.0

writer = Background("search-record", recording.flush, pause=FLUSH_SECONDS, last=True)
"""The writer of this process."""
