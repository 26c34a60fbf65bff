"""How much of everything an attribute may have."""

from decimal import Decimal

LONGEST_NAME = 60
LONGEST_UNIT = 20
LONGEST_CHOICE = 60
LONGEST_TEXT = 200

MOST_CHOICES = 40
MOST_ATTRIBUTES = 30
"""The most that one cooperative asks for in one category, those above it not counted."""

MOST_VALUES = 3 * MOST_ATTRIBUTES
"""A product's category and the two above it."""

HIGHEST_NUMBER = Decimal(1_000_000_000)
"""Neither a value nor its opposite is larger."""

MOST_DECIMALS = 3
