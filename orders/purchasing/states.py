"""The states of an order, and how they follow from its lines."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class OrderState(State):
    """Where an order stands; the buyer's order and each seller's part of it have one each."""

    AWAITING_APPROVAL = "awaiting_approval", _l("Menunggu persetujuan"), Tone.WAITING
    REJECTED = "rejected", _l("Ditolak"), Tone.REFUSED
    PLACED = "placed", _l("Menunggu penjual"), Tone.WAITING
    ACCEPTED = "accepted", _l("Diproses"), Tone.ACTIVE
    DECLINED = "declined", _l("Ditolak penjual"), Tone.REFUSED
    CANCELLED = "cancelled", _l("Dibatalkan"), Tone.IDLE
    PARTLY_SHIPPED = "partly_shipped", _l("Dikirim sebagian"), Tone.ACTIVE
    SHIPPED = "shipped", _l("Dikirim"), Tone.ACTIVE
    PARTLY_RECEIVED = "partly_received", _l("Diterima sebagian"), Tone.ACTIVE
    RECEIVED = "received", _l("Diterima"), Tone.DONE


_S = OrderState

TRANSITIONS: Transitions[OrderState] = {
    _S.AWAITING_APPROVAL: frozenset({_S.PLACED, _S.REJECTED, _S.CANCELLED}),
    _S.REJECTED: frozenset(),
    _S.PLACED: frozenset({_S.ACCEPTED, _S.DECLINED, _S.CANCELLED, _S.PARTLY_SHIPPED, _S.PARTLY_RECEIVED}),
    _S.ACCEPTED: frozenset({_S.DECLINED, _S.CANCELLED, _S.PARTLY_SHIPPED, _S.SHIPPED}),
    _S.DECLINED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.PARTLY_SHIPPED: frozenset({_S.SHIPPED, _S.PARTLY_RECEIVED, _S.RECEIVED}),
    _S.SHIPPED: frozenset({_S.PARTLY_RECEIVED, _S.RECEIVED}),
    _S.PARTLY_RECEIVED: frozenset({_S.RECEIVED}),
    _S.RECEIVED: frozenset(),
}

CANCELLABLE = frozenset({_S.AWAITING_APPROVAL, _S.PLACED, _S.ACCEPTED})
"""While an order is in one of these, the buyer may still cancel it."""

SHIPPABLE = frozenset({_S.ACCEPTED, _S.PARTLY_SHIPPED, _S.PARTLY_RECEIVED})
"""While a part of an order is in one of these, its seller may ship what is left."""

ENDED = frozenset({_S.REJECTED, _S.DECLINED, _S.CANCELLED, _S.RECEIVED})


class Stage(StrEnum):
    """What a list of orders can be narrowed down to: states that people take for one."""

    APPROVAL = "approval"
    ANSWER = "answer"
    WORK = "work"
    ON_THE_WAY = "on_the_way"
    RECEIVED = "received"
    DROPPED = "dropped"

    @property
    def states(self) -> frozenset[OrderState]:
        """The states it stands for."""
        return _STAGES[self][1]

    @property
    def label(self) -> str:
        """What people call it."""
        return str(_STAGES[self][0])


_STAGES = {
    Stage.APPROVAL: (_l("Menunggu persetujuan"), frozenset({_S.AWAITING_APPROVAL})),
    Stage.ANSWER: (_l("Menunggu penjual"), frozenset({_S.PLACED})),
    Stage.WORK: (_l("Diproses"), frozenset({_S.ACCEPTED})),
    Stage.ON_THE_WAY: (_l("Dikirim"), frozenset({_S.PARTLY_SHIPPED, _S.SHIPPED, _S.PARTLY_RECEIVED})),
    Stage.RECEIVED: (_l("Diterima"), frozenset({_S.RECEIVED})),
    Stage.DROPPED: (_l("Ditolak atau batal"), frozenset({_S.REJECTED, _S.DECLINED, _S.CANCELLED})),
}


class Progress(Protocol):
    """The quantities of an order line that its order's state follows from."""

    @property
    def wanted(self) -> int:
        """Ordered less declined or cancelled."""

    @property
    def shipped(self) -> int:
        """Sent so far."""

    @property
    def received(self) -> int:
        """Counted by the buyer so far, accepted or rejected."""


def follow(lines: Iterable[Progress], *, answered: bool) -> OrderState:
    """The state of an order with these lines; `answered` says that its sellers have accepted or declined."""
    lines = list(lines)
    wanted, shipped, received = (
        sum(line.wanted for line in lines),
        sum(line.shipped for line in lines),
        sum(line.received for line in lines),
    )
    if wanted == 0:
        return OrderState.DECLINED
    if received == wanted:
        return OrderState.RECEIVED
    if received:
        return OrderState.PARTLY_RECEIVED
    if shipped == wanted:
        return OrderState.SHIPPED
    if shipped:
        return OrderState.PARTLY_SHIPPED
    return OrderState.ACCEPTED if answered else OrderState.PLACED
