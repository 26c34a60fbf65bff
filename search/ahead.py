"""What every page needs is read anew before it has grown old, so that no page has to; while that fails, pages do."""

from market.background import Background
from search import behind, tree

PAUSE_SECONDS = 0.5


def renew() -> None:
    """Read anew what has lived half its time."""
    behind.renew()
    tree.renew()


reader = Background("search-ahead", renew, pause=PAUSE_SECONDS)
"""The reader of this process."""
