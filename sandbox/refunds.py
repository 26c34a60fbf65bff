"""Giving money back: in full or in parts, never more than was paid."""

from sandbox.account import Account
from sandbox.errors import ApiError, NoSuchObject
from sandbox.events import announce
from sandbox.money import rupiah_text
from sandbox.objects import new_balance_transaction, new_refund
from sandbox.parameters import Parameters
from sandbox.store import StripeObject

REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create_refund(account: Account, given: Parameters) -> StripeObject:
    """Returns what is left of a payment, or `amount` hundredths of a rupiah of it."""
    charge = _charge_to_refund(account, given)
    amount = given.optional_whole("amount", least=1)
    fields = {"reason": given.optional_choice("reason", REASONS), "metadata": given.metadata()}
    given.refuse_unread()
    refund = new_refund(account, charge, _amount_to_refund(charge, amount), fields)
    refund["balance_transaction"] = account.store.add(new_balance_transaction(account, refund))["id"]
    before = {"amount_refunded": charge["amount_refunded"]}
    charge["amount_refunded"] += refund["amount"]
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    account.store.add(refund)
    account.store.save(charge)
    announce(account, "refund.created", refund)
    announce(account, "charge.refunded", charge, before)
    return refund


def _charge_to_refund(account: Account, given: Parameters) -> StripeObject:
    charge_id = given.optional_text("charge")
    intent_id = given.optional_text("payment_intent")
    if (charge_id is None) == (intent_id is None):
        raise ApiError("One of these parameters, and only one, must be given: charge, payment_intent.")
    if intent_id is not None:
        intent = account.store.find(intent_id, "payment_intent")
        if intent is None:
            raise NoSuchObject("payment_intent", intent_id, param="payment_intent")
        charge_id = intent["latest_charge"]
    charge = account.store.find(charge_id or "", "charge")
    if charge is None and intent_id is None:
        raise NoSuchObject("charge", charge_id or "", param="charge")
    if charge is None or charge["status"] != "succeeded":
        raise ApiError(
            f"This payment ({intent_id or charge_id}) does not have a successful charge to refund.",
            code="payment_intent_unexpected_state" if intent_id else "charge_not_refundable",
        )
    return charge


def _amount_to_refund(charge: StripeObject, asked: int | None) -> int:
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if asked is not None and asked > left:
        raise ApiError(
            f"Refund amount ({rupiah_text(asked)}) is greater than unrefunded amount on charge ({rupiah_text(left)})",
            param="amount",
        )
    return left if asked is None else asked
