"""Recording that something happened, and putting the webhook for it in line."""

from typing import Any

from sandbox.account import Account
from sandbox.expansion import present
from sandbox.objects import new_event
from sandbox.store import StripeObject


def announce(account: Account, kind: str, subject: StripeObject, previous: dict[str, Any] | None = None) -> None:
    """Keeps an event such as `charge.succeeded`; `previous` are the values that changed, where Stripe tells them."""
    event = account.store.add(new_event(account, kind, present(account.store, subject), previous))
    if account.settings.webhook_url:
        send_again(account, event["id"])


def send_again(account: Account, event_id: str) -> None:
    """Puts an event in line to be sent now, whether or not it was sent before."""
    account.store.add_delivery(event_id, account.clock())
    account.something_to_send.set()
