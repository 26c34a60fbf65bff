"""Hooks for tests under /_sandbox: see the table in the package's docstring."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from sandbox import events, payments, webhooks
from sandbox.api import require_key, the_account
from sandbox.errors import NoSuchObject

control = Blueprint("control", __name__, url_prefix="/_sandbox")


@control.get("/health")
def health() -> Response:
    """Up, and its file can be read. Needs no key, so that whoever supervises the process may ask."""
    with the_account().store.transaction():
        return jsonify(status="ok")


@control.post("/forget")
def forget() -> Response:
    """Empties the account: objects, keys, webhooks on their way, switches."""
    require_key()
    store = the_account().store
    with store.transaction():
        store.forget_everything()
    return jsonify(forgotten=True)


@control.get("/deliveries")
def deliveries() -> Response:
    """Every webhook there was, in the order they are due."""
    require_key()
    store = the_account().store
    with store.transaction():
        shown = [
            asdict(delivery) | {"type": event["type"]}
            for delivery in store.list_deliveries()
            if (event := store.find(delivery.event)) is not None
        ]
    return jsonify(deliveries=shown)


@control.post("/deliveries/pause")
def pause() -> Response:
    """Holds webhooks back until `resume`, over a restart too."""
    require_key()
    store = the_account().store
    with store.transaction():
        store.turn(webhooks.PAUSED, on=True)
    return jsonify(paused=True)


@control.post("/deliveries/resume")
def resume() -> Response:
    """Sends what was held back: in its order, or with `order=newest_first` the other way round."""
    require_key()
    account = the_account()
    with account.store.transaction():
        account.store.turn(webhooks.PAUSED, on=False)
        held = account.store.list_deliveries(waiting=True)
        if request.form.get("order") == "newest_first":
            held.reverse()
        for place, delivery in enumerate(held):
            # A microsecond apart in the past: due now, and in this order.
            delivery.due_at = account.clock() - 1 + place / 1_000_000
            account.store.save_delivery(delivery)
        account.something_to_send.set()
    return jsonify(paused=False)


@control.post("/deliveries/abandon")
def abandon() -> Response:
    """Gives up every webhook that waits, for whoever it is meant for knows already."""
    require_key()
    store = the_account().store
    with store.transaction():
        waiting = store.list_deliveries(waiting=True)
        for delivery in waiting:
            delivery.state = "abandoned"
            store.save_delivery(delivery)
    return jsonify(abandoned=len(waiting))


@control.post("/events/<event_id>/redeliver")
def redeliver(event_id: str) -> Response:
    """Sends an event once more, whatever became of it before."""
    require_key()
    account = the_account()
    with account.store.transaction():
        if account.store.find(event_id, "event") is None:
            raise NoSuchObject("event", event_id)
        events.send_again(account, event_id)
    return jsonify(queued=event_id)


@control.post("/fees/hold")
def hold_fees() -> Response:
    """From now on charges succeed without their fee being known."""
    require_key()
    store = the_account().store
    with store.transaction():
        store.turn(payments.FEES_HELD, on=True)
    return jsonify(held=True)


@control.post("/fees/release")
def release_fees() -> Response:
    """Settles what was held: the fee is known, and `charge.updated` tells."""
    require_key()
    account = the_account()
    with account.store.transaction():
        account.store.turn(payments.FEES_HELD, on=False)
        payments.release_fees(account)
    return jsonify(held=False)
