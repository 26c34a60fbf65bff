"""PPN, the value added tax on goods and services."""

from market.money import Rupiah, round_half_up

VAT_RATE_PERCENT = 12
"""The rate in the law; with the base of 11/12 it comes to an effective 11 %."""


def tax_base(price: Rupiah) -> Rupiah:
    """DPP nilai lain: 11/12 of the price in whole rupiah (PMK 131/2024, rounded as PER-11/PJ/2025 Art. 129 says)."""
    return round_half_up(price * 11, 12)


def vat(price: Rupiah) -> Rupiah:
    """PPN on non-luxury goods: 12 % of the DPP nilai lain, in whole rupiah (PMK 131/2024)."""
    return round_half_up(tax_base(price) * VAT_RATE_PERCENT, 100)
