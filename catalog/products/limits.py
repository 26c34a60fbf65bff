"""How much of everything a product may have."""

MAX_PRICE = 10_000_000_000
"""The highest price of one unit, in rupiah."""

MAX_QUANTITY = 100_000_000
"""The most pieces of anything; times the highest price it still is exact in a BIGINT."""

SHORTEST_NAME = 5
"""A name shorter than this tells a buyer nothing, so it cannot be submitted."""

LONGEST_NAME = 150
LONGEST_DESCRIPTION = 5000
LONGEST_SKU = 60
LONGEST_REASON = 1000
LONGEST_CERTIFICATE_NUMBER = 60
LONGEST_SPECIFICATION_NAME = 60
LONGEST_SPECIFICATION_VALUE = 200

MOST_TIERS = 5
MOST_SPECIFICATIONS = 20
MOST_PICTURES = 8
LONGEST_LEAD_TIME = 365
"""Days."""
