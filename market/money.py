"""Whole rupiah, basis points, and the one way to round."""

Rupiah = int
"""An amount of money in whole rupiah."""

BasisPoints = int
"""A rate in hundredths of a per cent: 500 is 5 %."""

MAX_PRICE: Rupiah = 10_000_000_000
"""The highest price of one unit, in rupiah."""

MAX_QUANTITY = 100_000_000
"""The most pieces of anything; times the highest price it still is exact in a BIGINT."""

PER_WHOLE: BasisPoints = 10_000


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide to whole rupiah: below 0.50 down, from 0.50 up (PER-11/PJ/2025 Art. 129).

    Both must be zero or more; amounts that are taken back are written as entries of their own, never as negatives.
    """
    if numerator < 0 or denominator <= 0:
        raise ValueError(f"cannot round {numerator}/{denominator}")
    return (2 * numerator + denominator) // (2 * denominator)


def share(amount: Rupiah, rate: BasisPoints) -> Rupiah:
    """`rate` of `amount`, in whole rupiah, rounded half up."""
    return round_half_up(amount * rate, PER_WHOLE)
