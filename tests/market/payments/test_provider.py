"""Which card provider an installation has."""

import pytest

from market.config import BadSetting, Settings
from market.payments import provider
from market.payments.errors import PaymentNotSetUp

NEEDED = {"SECRET_KEY": "x", "DATABASE_URL": "postgresql://localhost/pasok"}
STRIPE = {"STRIPE_API_KEY": "sk_test_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}


def test_without_a_key_no_cards_are_taken():
    assert provider.gateway_for(Settings.from_environment(NEEDED)) is None
    assert not provider.takes_cards()
    with pytest.raises(PaymentNotSetUp):
        provider.gateway()


def test_with_a_key_and_a_secret_cards_are_taken():
    assert provider.gateway_for(Settings.from_environment(NEEDED | STRIPE)) is not None


def test_a_key_without_the_webhooks_secret_is_refused_by_name():
    with pytest.raises(BadSetting, match="STRIPE_WEBHOOK_SECRET"):
        Settings.from_environment(NEEDED | {"STRIPE_API_KEY": "sk_test_1"})
