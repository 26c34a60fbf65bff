"""Lifecycles: the states a thing goes through, each with its word and its colour, and the steps between them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from market.errors import IllegalTransition


class Tone(StrEnum):
    """What the colour of a state means, everywhere."""

    IDLE = "grey"
    ACTIVE = "blue"
    WAITING = "yellow"
    DONE = "green"
    REFUSED = "red"


StateT = TypeVar("StateT", bound=StrEnum)
Transitions = Mapping[StateT, frozenset[StateT]]


def require_step(transitions: Transitions[StateT], present: StateT, wanted: StateT) -> StateT:
    """`wanted`, when it may follow `present`; raises IllegalTransition otherwise."""
    if wanted not in transitions[present]:
        raise IllegalTransition(details={"state": str(present), "wanted": str(wanted)})
    return wanted
