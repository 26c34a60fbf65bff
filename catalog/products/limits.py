"""How much of everything a product may have."""

from decimal import Decimal

from market import money

MAX_PRICE, MAX_QUANTITY = money.MAX_PRICE, money.MAX_QUANTITY

SHORTEST_NAME = 5
"""A name shorter than this tells a buyer nothing, so it cannot be submitted."""

LONGEST_NAME = 150
LONGEST_DESCRIPTION = 5000
LONGEST_SKU = 60
LONGEST_REASON = 1000
LONGEST_CERTIFICATE_NUMBER = 60
LONGEST_SPECIFICATION_NAME = 60
LONGEST_SPECIFICATION_VALUE = 200

MAX_CONTENT = Decimal("999999999.999")
"""The most that one unit can hold of its content unit; with three decimals at most."""

MOST_TIERS = 5
MOST_SPECIFICATIONS = 20
MOST_PICTURES = 8
MOST_OPTIONS = 3
"""What the variants of one product may differ in: size, colour and one thing more."""

MOST_VARIANTS = 100
"""So many variants of one product are sold at a time."""

MOST_VARIANTS_EVER = 300
"""With those that are no longer sold: they stay, for their orders' sake."""

LONGEST_OPTION_NAME = 30
LONGEST_OPTION_VALUE = 60
LONGEST_LEAD_TIME = 365
"""Days."""
