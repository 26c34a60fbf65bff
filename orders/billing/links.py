"""Addresses that the card provider sends buyers to."""

from flask import current_app, url_for


def card_links(number: str) -> dict[str, str]:
    """Where the card provider sends the buyer afterwards. The public address comes from the settings and never from
    the request, so that repeating a call says the same."""
    base = current_app.config["SETTINGS"].base_url
    return {
        "success_url": base + url_for("billing.paid", number=number),
        "cancel_url": base + url_for("billing.show", number=number),
    }
