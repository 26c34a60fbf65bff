"""Checkout Sessions: opened by the product, paid or declined on the hosted page, expired by either or by the clock."""

from typing import Any

from sandbox import payments
from sandbox.account import Account
from sandbox.errors import ApiError, NoSuchObject
from sandbox.events import announce
from sandbox.money import CURRENCY, LARGEST_CHARGE, SMALLEST_CHARGE, rupiah_text
from sandbox.objects import new_line_item, new_session
from sandbox.parameters import Parameters
from sandbox.store import StripeObject

MOST_LINES = 100
SHORTEST_LIFE, LONGEST_LIFE = 30 * 60, 24 * 60 * 60
# A caller that says "in 30 minutes" does so a moment before the request arrives.
CLOCK_DIFFERENCE = 60


def create_session(account: Account, given: Parameters) -> StripeObject:
    """Opens a checkout for lines priced in rupiah. Its `url` is where the buyer pays."""
    given.choice("mode", ("payment",))
    given.optional_choice("ui_mode", ("hosted_page",))
    given.optional_choice("currency", (CURRENCY,))
    lines = _read_lines(account, given)
    fields = _read_fields(account, given)
    given.refuse_unread()
    _check_total(sum(line["amount_total"] for line in lines))
    return account.store.add(new_session(account, lines, fields))


def expire_session(account: Account, given: Parameters, session: str) -> StripeObject:
    """Closes an open checkout, so that it can no longer be paid."""
    given.refuse_unread()
    found = account.store.find(session, "checkout.session")
    if found is None:
        raise NoSuchObject("checkout.session", session, param="session")
    if found["status"] != "open":
        raise ApiError(
            "Only Checkout Sessions with a status in [\"open\"] can be expired."
            f" This Checkout Session has a status of {found['status']}.",
            param="session",
        )  # fmt: skip
    return _expire(account, found)


def expire_overdue_sessions(account: Account) -> None:
    """Closes every open checkout whose time is over."""
    for session in account.store.list_objects("checkout.session", matching={"status": "open"}):
        if session["expires_at"] <= account.now():
            _expire(account, session)


def pay(account: Account, session: StripeObject, card_number: str) -> payments.Decline | None:
    """Tries to pay an open checkout with one of the test cards; a declined one leaves it open for another try."""
    decline = payments.attempt(account, session, card_number)
    if decline is None:
        session |= {"status": "complete", "payment_status": "paid", "url": None}
        session["customer_details"] = {
            "address": None,
            "business_name": None,
            "email": session["customer_email"],
            "individual_name": None,
            "name": None,
            "phone": None,
            "tax_exempt": "none",
            "tax_ids": [],
        }
        announce(account, "checkout.session.completed", account.store.save(session))
    return decline


def _read_lines(account: Account, given: Parameters) -> list[StripeObject]:
    groups = given.groups("line_items")
    if not groups:
        raise ApiError("Missing required param: line_items.", code="parameter_missing", param="line_items")
    if len(groups) > MOST_LINES:
        raise ApiError(f"You can only have {MOST_LINES} line items.", param="line_items")
    return [_read_line(account, group) for group in groups]


def _read_line(account: Account, given: Parameters) -> StripeObject:
    quantity = given.whole("quantity", least=1, most=999_999_999)
    price = given.group("price_data")
    price.choice("currency", (CURRENCY,))
    unit_amount = price.whole("unit_amount", least=0, most=LARGEST_CHARGE)
    product = price.group("product_data")
    name, detail = product.text("name"), product.optional_text("description")
    return new_line_item(account, name, unit_amount, quantity) | {"_detail": detail}


def _read_fields(account: Account, given: Parameters) -> dict[str, Any]:
    customer = given.optional_text("customer")
    email = given.optional_email("customer_email")
    if customer and email:
        raise ApiError("You may only specify one of these parameters: customer, customer_email.", param="customer")
    if customer and account.store.find(customer, "customer") is None:
        raise NoSuchObject("customer", customer, param="customer", status=400)
    return {
        "allowed_payment_method_types": _read_methods(given),
        "cancel_url": given.optional_url("cancel_url"),
        "client_reference_id": given.optional_text("client_reference_id", longest=200),
        "customer": customer,
        "customer_email": email,
        "expires_at": _read_expiry(account, given),
        "locale": given.optional_text("locale"),
        "metadata": given.metadata(),
        "submit_type": given.optional_choice("submit_type", ("auto", "book", "donate", "pay")),
        "success_url": given.url("success_url"),
        "_payment": _read_payment(given.group("payment_intent_data")),
    }


def _read_methods(given: Parameters) -> list[str] | None:
    """`payment_method_types` is unknown here as it is to Stripe since 2026-09-30."""
    allowed = given.texts("allowed_payment_method_types")
    if allowed and "card" not in allowed:
        raise ApiError("This sandbox only takes cards.", param="allowed_payment_method_types")
    return allowed or None


def _read_expiry(account: Account, given: Parameters) -> int:
    asked = given.optional_whole("expires_at", least=0)
    now = account.now()
    if asked is None:
        return now + LONGEST_LIFE
    if asked < now + SHORTEST_LIFE - CLOCK_DIFFERENCE:
        raise ApiError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
            param="expires_at",
        )
    if asked > now + LONGEST_LIFE + CLOCK_DIFFERENCE:
        raise ApiError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return asked


def _read_payment(given: Parameters) -> dict[str, Any]:
    return {
        "description": given.optional_text("description", longest=1000),
        "metadata": given.metadata(),
        "receipt_email": given.optional_email("receipt_email"),
        "statement_descriptor_suffix": given.optional_text("statement_descriptor_suffix", longest=22),
    }


def _check_total(total: int) -> None:
    if total < SMALLEST_CHARGE:
        raise ApiError(
            "The Checkout Session's total amount due must add up to at least"
            f" {rupiah_text(SMALLEST_CHARGE)}, about US$0.50; this one is {rupiah_text(total)}.",
            code="amount_too_small",
        )
    if total > LARGEST_CHARGE:
        raise ApiError(
            "The Checkout Session's total amount due must be no more than"
            f" {rupiah_text(LARGEST_CHARGE)}; this one is {rupiah_text(total)}.",
            code="amount_too_large",
        )


def _expire(account: Account, session: StripeObject) -> StripeObject:
    payments.cancel_unfinished(account, session)
    session |= {"status": "expired", "url": None}
    announce(account, "checkout.session.expired", account.store.save(session))
    return session
