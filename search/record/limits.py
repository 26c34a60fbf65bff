"""How often and how many sellers are invited."""

from datetime import timedelta

INVITED_AGAIN_AFTER = timedelta(days=30)
"""Nobody is invited twice for the same words within so long."""

INVITATIONS_SHOWN = timedelta(days=90)
"""So long a seller is reminded that it was invited, and the cooperative whom it invited."""

MOST_AT_ONCE = 20
"""Sellers invited together."""

LONGEST_MESSAGE = 600
