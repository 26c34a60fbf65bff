"""What products have to say when something happens on the ground floors."""

from typing import Any

from catalog.products.registration import seller_warnings
from market import signals
from market.organisations.models import Seller


def subscribe() -> None:
    """Listen for as long as the application lives."""
    signals.seller_shown.connect(_tell_of_kbli, weak=False)


def _tell_of_kbli(_sender: Any, seller: Seller) -> list[str]:
    return seller_warnings(seller)
