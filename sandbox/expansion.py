"""How an object leaves the sandbox: private parts removed, ids replaced by objects where the caller says `expand`."""

from collections.abc import Iterable

from sandbox.errors import ApiError
from sandbox.store import Store, StripeObject

DEEPEST = 4
EXPANDABLE = {
    "balance_transaction",
    "charge",
    "customer",
    "latest_charge",
    "payment_intent",
    "payment_method",
    "source",
}
INCLUDABLE = {("checkout.session", "line_items"), ("charge", "refunds")}
"""Lists Stripe only adds to an object when asked to."""


def present(store: Store, thing: StripeObject, expand: Iterable[str] = ()) -> StripeObject:
    """The object as callers see it. Raises ApiError for a path that cannot be expanded."""
    shown = {name: value for name, value in thing.items() if not name.startswith("_")}
    for kind, name in INCLUDABLE:
        if shown["object"] == kind:
            shown.pop(name, None)
    for path in expand:
        _expand(store, shown, path, whole_path=path)
    return shown


def _expand(store: Store, shown: StripeObject, path: str, *, whole_path: str) -> None:
    name, _, rest = path.partition(".")
    if whole_path.count(".") >= DEEPEST:
        raise ApiError(f"You cannot expand more than {DEEPEST} levels of a property: {whole_path}", param="expand")
    if shown["object"] == "list" and name == "data" and rest:
        for item in shown["data"]:
            _expand(store, item, rest, whole_path=whole_path)
        return
    if (shown["object"], name) in INCLUDABLE:
        shown.setdefault(name, _included(store, shown, name))
    elif name in EXPANDABLE and name in shown:
        shown[name] = _looked_up(store, shown[name])
    else:
        raise ApiError(f"This property cannot be expanded ({whole_path}).", param="expand")
    if rest and shown[name] is not None:
        _expand(store, shown[name], rest, whole_path=whole_path)


def _looked_up(store: Store, reference: str | StripeObject | None) -> StripeObject | None:
    """The object behind an id; what is null or already expanded stays as it is."""
    return present(store, store.get(reference)) if isinstance(reference, str) else reference


def _included(store: Store, shown: StripeObject, name: str) -> StripeObject:
    if name == "refunds":
        items = store.list_objects("refund", matching={"charge": shown["id"]})
        return list_of(items, f"/v1/charges/{shown['id']}/refunds")
    lines = [present(store, line) for line in store.get(shown["id"])["line_items"]]
    return list_of(lines, f"/v1/checkout/sessions/{shown['id']}/line_items")


def list_of(items: list[StripeObject], url: str, *, has_more: bool = False) -> StripeObject:
    """Stripe's envelope around a list."""
    return {"object": "list", "data": items, "has_more": has_more, "url": url}
