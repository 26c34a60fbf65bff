"""The shapes of Stripe's objects, complete as a new one is; what happens to them later is elsewhere.

The names follow Stripe's API reference. A field the sandbox never fills is there with the value Stripe gives it, so
that the product meets the same nulls here as in production.
"""

from typing import Any

from sandbox.account import Account, new_id
from sandbox.money import CURRENCY, stripe_fee
from sandbox.store import StripeObject

API_VERSION = "2026-10-28.endive"


def new_customer(account: Account, fields: dict[str, Any]) -> StripeObject:
    """A customer with the given name, email, phone, description and metadata."""
    return {
        "id": new_id("cus", 14),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": account.now(),
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "discount": None,
        "invoice_prefix": new_id("P", 8).replace("_", "").upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "next_invoice_sequence": 1,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
        **fields,
    }


def new_line_item(account: Account, name: str, unit_amount: int, quantity: int) -> StripeObject:
    """One line of a checkout, with the price that was made for it on the spot."""
    amount = unit_amount * quantity
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": CURRENCY,
        "description": name,
        "metadata": {},
        "price": {
            "id": new_id("price"),
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": account.now(),
            "currency": CURRENCY,
            "custom_unit_amount": None,
            "livemode": False,
            "lookup_key": None,
            "metadata": {},
            "nickname": None,
            "product": new_id("prod", 14),
            "recurring": None,
            "tax_behavior": "unspecified",
            "tiers_mode": None,
            "transform_quantity": None,
            "type": "one_time",
            "unit_amount": unit_amount,
            "unit_amount_decimal": str(unit_amount),
        },
        "quantity": quantity,
    }


def new_session(account: Account, lines: list[StripeObject], fields: dict[str, Any]) -> StripeObject:
    """An open checkout for these lines. `fields` are the caller's own; `_payment` is what its intent will carry."""
    session_id = new_id("cs_test", 58)
    total = sum(line["amount_total"] for line in lines)
    return {
        "id": session_id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": None,
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": account.now(),
        "currency": CURRENCY,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer_creation": "if_required",
        "customer_details": None,
        "discounts": [],
        "invoice": None,
        "invoice_creation": {
            "enabled": False,
            "invoice_data": {
                "account_tax_ids": None,
                "custom_fields": None,
                "description": None,
                "footer": None,
                "issuer": None,
                "metadata": {},
                "rendering_options": None,
            },
        },
        "line_items": lines,
        "livemode": False,
        "mode": "payment",
        "origin_context": None,
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "subscription": None,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{account.settings.public_url}/pay/{session_id}",
        "wallet_options": None,
        **fields,
    }


def new_payment_intent(account: Account, session: StripeObject) -> StripeObject:
    """What a checkout's buyer sets out to pay; made at the first attempt, as Stripe does."""
    intent_id = new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent_id}_{new_id('secret')}",
        "confirmation_method": "automatic",
        "created": account.now(),
        "currency": CURRENCY,
        "customer": session["customer"],
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
        **session["_payment"],
    }


def new_payment_method(account: Account, session: StripeObject, card_number: str) -> StripeObject:
    """The card a buyer used; only its last four digits are kept."""
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": _billing_details(session),
        "card": _card(card_number),
        "created": account.now(),
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def new_charge(account: Account, session: StripeObject, intent: StripeObject, method: StripeObject) -> StripeObject:
    """One attempt to take the money, as it looks when it succeeded; its fee is settled afterwards."""
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": _billing_details(session),
        "calculated_statement_descriptor": account.settings.merchant.upper()[:22],
        "captured": True,
        "created": account.now(),
        "currency": CURRENCY,
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": {
            "advice_code": None,
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": "approved_by_network",
            "reason": None,
            "risk_level": "normal",
            "risk_score": 12,
            "seller_message": "Payment complete.",
            "type": "authorized",
        },
        "paid": True,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"card": _charged_card(method["card"], intent["amount"]), "type": "card"},
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "succeeded",
        "transfer_data": None,
        "transfer_group": None,
    }


def new_refund(account: Account, charge: StripeObject, amount: int, fields: dict[str, Any]) -> StripeObject:
    """Money on its way back to the buyer; a card refund succeeds at once in test mode."""
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": account.now(),
        "currency": CURRENCY,
        "destination_details": {
            "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
            "type": "card",
        },
        "payment_intent": charge["payment_intent"],
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
        **fields,
    }


def new_balance_transaction(account: Account, cause: StripeObject) -> StripeObject:
    """What a charge or a refund does to the account's balance. A refund's fee is not given back, and has none."""
    is_charge = cause["object"] == "charge"
    amount = cause["amount"] if is_charge else -cause["amount"]
    fee = stripe_fee(amount) if is_charge else 0
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": account.now(),
        "balance_type": "payments",
        "created": account.now(),
        "currency": CURRENCY,
        "description": cause.get("description"),
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [
            {
                "amount": fee,
                "application": None,
                "currency": CURRENCY,
                "description": "Stripe processing fees",
                "type": "stripe_fee",
            }
        ]
        if fee
        else [],
        "net": amount - fee,
        "reporting_category": cause["object"],
        "source": cause["id"],
        "status": "available",
        "type": cause["object"],
    }


def new_event(account: Account, kind: str, subject: StripeObject, previous: dict[str, Any] | None) -> StripeObject:
    """Something happened to `subject`, which is shown as it was at that moment."""
    data = {"object": subject} if previous is None else {"object": subject, "previous_attributes": previous}
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": account.now(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 1 if account.settings.webhook_url else 0,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }


def _billing_details(session: StripeObject) -> StripeObject:
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    return {
        "address": address,
        "email": session["customer_email"],
        "name": None,
        "phone": None,
        "tax_id": None,
    }


def _card(number: str) -> StripeObject:
    return {
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "ID",
        "display_brand": "visa",
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": f"sandbox{number[-4:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": number[-4:],
        "networks": {"available": ["visa"], "preferred": None},
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def _charged_card(card: StripeObject, amount: int) -> StripeObject:
    shared = ("brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4", "wallet")
    return {
        **{field: card[field] for field in shared},
        "amount_authorized": amount,
        "installments": None,
        "mandate": None,
        "network": "visa",
        "three_d_secure": None,
    }
