"""The breaker: nobody waits for what was away a moment ago, and somebody looks again by themselves."""

from market.breaker import Breaker


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_after_a_failure_nobody_asks_for_a_while_then_one_does():
    clock = Clock()
    breaker = Breaker(pause_seconds=3, clock=clock)
    assert breaker.allows()
    breaker.failed()
    clock.now += 2.9
    assert not breaker.allows()
    clock.now += 0.2
    assert breaker.allows()
    assert not breaker.allows()


def test_after_an_answer_everybody_asks_again():
    clock = Clock()
    breaker = Breaker(pause_seconds=3, clock=clock)
    breaker.failed()
    clock.now += 4
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()
