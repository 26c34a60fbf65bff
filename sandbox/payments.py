"""Attempts to pay: the test cards, the PaymentIntent and its Charges, and the fee that is settled afterwards."""

import logging
from dataclasses import dataclass

from sandbox.account import Account
from sandbox.errors import ApiError
from sandbox.events import announce
from sandbox.expansion import present
from sandbox.money import rupiah_text
from sandbox.objects import new_balance_transaction, new_charge, new_payment_intent, new_payment_method
from sandbox.store import StripeObject

log = logging.getLogger(__name__)

FEES_HELD = "fees_held"
"""The switch that makes new charges wait for their fee."""


@dataclass(frozen=True)
class Decline:
    """Why a bank refused a card, in Stripe's words."""

    decline_code: str
    message: str


PAYS: Decline | None = None
TEST_CARDS: dict[str, Decline | None] = {
    "4242424242424242": PAYS,
    "4000000000000002": Decline("generic_decline", "Your card was declined."),
    "4000000000009995": Decline("insufficient_funds", "Your card has insufficient funds."),
}


def attempt(account: Account, session: StripeObject, card_number: str) -> Decline | None:
    """Charges a test card for a checkout's total; the reason when it was declined, None when it was paid.

    Sets the session's `payment_intent`; a second attempt uses the same one. Raises ApiError for any other card.
    """
    if card_number not in TEST_CARDS:
        raise ApiError("Only the test cards can be used here.", status=402, kind="card_error", code="incorrect_number")
    decline = TEST_CARDS[card_number]
    intent = _intent_of(account, session)
    method = account.store.add(new_payment_method(account, session, card_number))
    charge = new_charge(account, session, intent, method)
    if decline is None:
        _succeed(account, intent, charge)
    else:
        _fail(account, intent, charge, method, decline)
    outcome = "paid" if decline is None else f"declined ({decline.decline_code})"
    log.info("%s of %s: %s", session["id"][:20], rupiah_text(intent["amount"]), outcome)
    return decline


def cancel_unfinished(account: Account, session: StripeObject) -> None:
    """Cancels the intent of a checkout whose attempts all failed."""
    if session["payment_intent"] is None:
        return
    intent = _intent_of(account, session)
    intent |= {"status": "canceled", "canceled_at": account.now(), "cancellation_reason": "automatic"}
    announce(account, "payment_intent.canceled", account.store.save(intent))


def release_fees(account: Account) -> None:
    """Settles every successful charge that is still waiting for its fee, oldest first."""
    for charge in reversed(account.store.list_objects("charge", matching={"status": "succeeded"})):
        if charge["balance_transaction"] is None:
            _settle(account, charge)


def _intent_of(account: Account, session: StripeObject) -> StripeObject:
    if session["payment_intent"] is not None:
        return account.store.get(session["payment_intent"])
    intent = account.store.add(new_payment_intent(account, session))
    account.store.save(session | {"payment_intent": intent["id"]})
    session["payment_intent"] = intent["id"]
    announce(account, "payment_intent.created", intent)
    return intent


def _succeed(account: Account, intent: StripeObject, charge: StripeObject) -> None:
    account.store.add(charge)
    intent |= {
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "latest_charge": charge["id"],
        "payment_method": charge["payment_method"],
        "status": "succeeded",
    }
    account.store.save(intent)
    announce(account, "charge.succeeded", charge)
    announce(account, "payment_intent.succeeded", intent)
    if not account.store.is_on(FEES_HELD):
        _settle(account, charge)


def _fail(account: Account, intent: StripeObject, charge: StripeObject, method: StripeObject, decline: Decline) -> None:
    charge |= {
        "amount_captured": 0,
        "captured": False,
        "failure_code": "card_declined",
        "failure_message": decline.message,
        "paid": False,
        "status": "failed",
    }
    charge["outcome"] |= {
        "network_status": "declined_by_network",
        "reason": decline.decline_code,
        "seller_message": "The bank returned a decline code.",
        "type": "issuer_declined",
    }
    account.store.add(charge)
    intent |= {
        "last_payment_error": {
            "charge": charge["id"],
            "code": "card_declined",
            "decline_code": decline.decline_code,
            "message": decline.message,
            "payment_method": present(account.store, method),
            "type": "card_error",
        },
        "latest_charge": charge["id"],
    }
    account.store.save(intent)
    announce(account, "charge.failed", charge)
    announce(account, "payment_intent.payment_failed", intent)


def _settle(account: Account, charge: StripeObject) -> None:
    """Stripe tells a charge's fee a moment after the charge itself, so `charge.succeeded` never carries it."""
    transaction = account.store.add(new_balance_transaction(account, charge))
    charge["balance_transaction"] = transaction["id"]
    announce(account, "charge.updated", account.store.save(charge), {"balance_transaction": None})
