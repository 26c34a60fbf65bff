"""Lifecycles: the states a thing goes through, each with its word and its colour, and the steps between them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self, TypeVar

from market.errors import IllegalTransition


class Tone(StrEnum):
    """What the colour of a state means, everywhere."""

    IDLE = "grey"
    ACTIVE = "blue"
    WAITING = "yellow"
    DONE = "green"
    REFUSED = "red"


class State(StrEnum):
    """A state with the word people call it by and its colour: `DRAFT = "draft", _l("Konsep"), Tone.IDLE`."""

    tone: Tone
    _words: Any

    def __new__(cls, value: str, words: Any = "", tone: Tone = Tone.IDLE) -> Self:
        """Keep word and colour beside the value that is stored."""
        state = str.__new__(cls, value)
        state._value_ = value
        state._words, state.tone = words, tone
        return state

    @property
    def label(self) -> str:
        """The state as people call it, in the language of the page."""
        return str(self._words)


StateT = TypeVar("StateT", bound=StrEnum)
Transitions = Mapping[StateT, frozenset[StateT]]


def require_step(transitions: Transitions[StateT], present: StateT, wanted: StateT) -> StateT:
    """`wanted`, when it may follow `present`; raises IllegalTransition otherwise."""
    if wanted not in transitions[present]:
        raise IllegalTransition(details={"state": str(present), "wanted": str(wanted)})
    return wanted
