"""Customers: whom a checkout may be for."""

from sandbox.account import Account
from sandbox.events import announce
from sandbox.objects import new_customer
from sandbox.parameters import Parameters
from sandbox.store import StripeObject


def create_customer(account: Account, given: Parameters) -> StripeObject:
    """Keeps a buyer's name and ways to reach it."""
    fields = {
        "description": given.optional_text("description"),
        "email": given.optional_email("email"),
        "metadata": given.metadata(),
        "name": given.optional_text("name", longest=256),
        "phone": given.optional_text("phone", longest=20),
    }
    given.refuse_unread()
    customer = account.store.add(new_customer(account, fields))
    announce(account, "customer.created", customer)
    return customer
