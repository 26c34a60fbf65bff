"""Which card provider this installation has, if any."""

from market.config import Settings
from market.payments.errors import PaymentNotSetUp
from market.payments.gateway import StripeGateway

_gateway: StripeGateway | None = None


def gateway_for(settings: Settings) -> StripeGateway | None:
    """The gateway that the settings ask for; None when they name no key, and then cards are not offered."""
    if settings.stripe_api_key is None or settings.stripe_webhook_secret is None:
        return None
    return StripeGateway(settings.stripe_api_key, settings.stripe_api_base, settings.stripe_webhook_secret)


def use(gateway: StripeGateway | None) -> None:
    """Decide, once at start, whom card payments go through; None offers no card payment."""
    global _gateway
    _gateway = gateway


def takes_cards() -> bool:
    """Whether buyers can pay by card."""
    return _gateway is not None


def gateway() -> StripeGateway:
    """The card provider; raises PaymentNotSetUp where there is none."""
    if _gateway is None:
        raise PaymentNotSetUp
    return _gateway
