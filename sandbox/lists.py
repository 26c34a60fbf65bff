"""Reading: one object by its id, lists newest first with Stripe's filters and paging, balance and account."""

from collections.abc import Callable

from sandbox.account import Account
from sandbox.errors import ApiError, NoSuchObject
from sandbox.expansion import list_of
from sandbox.money import CURRENCY
from sandbox.parameters import Parameters
from sandbox.store import StripeObject

DEFAULT_LENGTH, LONGEST_LIST = 10, 100
BOUNDS = ("gt", "gte", "lt", "lte")

Operation = Callable[..., StripeObject]


def retrieve(kind: str, param: str = "id") -> Operation:
    """An operation that reads one object of this kind."""

    def read(account: Account, given: Parameters, **ids: str) -> StripeObject:
        given.refuse_unread()
        (object_id,) = ids.values()
        found = account.store.find(object_id, kind)
        if found is None:
            raise NoSuchObject(kind, object_id, param=param)
        return found

    return read


def listing(kind: str, *filters: str) -> Operation:
    """An operation that lists this kind, filtered by fields such as `payment_intent`, paged by `starting_after`."""
    url = f"/v1/{kind.replace('.', '/')}s"

    def read(account: Account, given: Parameters) -> StripeObject:
        matching = {name: value for name in filters if (value := given.optional_text(name)) is not None}
        created = _created_bounds(given)
        after, before = given.optional_text("starting_after"), given.optional_text("ending_before")
        limit = given.optional_whole("limit", least=1, most=LONGEST_LIST) or DEFAULT_LENGTH
        given.refuse_unread()
        if after and before:
            raise ApiError("You may only specify one of these parameters: ending_before, starting_after.")
        for param, neighbour in (("starting_after", after), ("ending_before", before)):
            if neighbour and account.store.find(neighbour, kind) is None:
                raise NoSuchObject(kind, neighbour, param=param, status=400)
        found = account.store.list_objects(
            kind, matching=matching, created=created, after=after, before=before, limit=limit + 1
        )
        wanted = found[-limit:] if before else found[:limit]
        return list_of(wanted, url, has_more=len(found) > limit)

    return read


def _created_bounds(given: Parameters) -> dict[str, int]:
    bounds = given.group("created")
    return {name: moment for name in BOUNDS if (moment := bounds.optional_whole(name, least=0)) is not None}


def read_balance(account: Account, given: Parameters) -> StripeObject:
    """What is left of all charges after fees and refunds; everything is available at once."""
    given.refuse_unread()
    net = sum(transaction["net"] for transaction in account.store.list_objects("balance_transaction"))

    def amount_of(amount: int) -> list[StripeObject]:
        return [{"amount": amount, "currency": CURRENCY, "source_types": {"card": amount}}]

    return {"object": "balance", "available": amount_of(net), "livemode": False, "pending": amount_of(0)}


def read_account(account: Account, given: Parameters) -> StripeObject:
    """Who the merchant is; a cheap call to learn whether the key is right."""
    given.refuse_unread()
    return {
        "id": "acct_sandbox",
        "object": "account",
        "business_profile": {"name": account.settings.merchant, "url": None},
        "capabilities": {"card_payments": "active"},
        "charges_enabled": True,
        "country": "ID",
        "default_currency": CURRENCY,
        "details_submitted": True,
        "email": None,
        "metadata": {},
        "payouts_enabled": False,
        "type": "standard",
    }
