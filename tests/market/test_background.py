"""Work beside the pages."""

import logging
import threading

import pytest
from flask import Flask, current_app

from market.background import Background

PATIENCE = 10.0


@pytest.fixture
def works():
    """`works(function)`: a piece of background work that is ended with the test."""
    made = []

    def make(work) -> Background:
        made.append(Background("test-work", work, pause=0.001))
        return made[-1]

    yield make
    for background in made:
        background._ended.set()
        if background._thread is not None:
            background._thread.join(PATIENCE)


def test_it_works_again_and_again_in_one_thread_for_the_application_that_was_asked(works):
    app, seen, enough = Flask("asked"), [], threading.Event()

    def work() -> None:
        seen.append((current_app.name, threading.current_thread().name))
        if len(seen) > 3:
            enough.set()

    background = works(work)
    with app.app_context():
        for _request in range(5):
            background.begin()
    assert enough.wait(PATIENCE)
    assert set(seen) == {("asked", "test-work")}
    assert [thread.name for thread in threading.enumerate()].count("test-work") == 1


def test_a_failure_is_said_once_and_ends_nothing(works, caplog):
    times, enough = [], threading.Event()

    def work() -> None:
        times.append(1)
        if len(times) > 3:
            enough.set()
        raise ValueError("no such luck")

    with caplog.at_level(logging.ERROR, logger="market.background"), Flask("asked").app_context():
        works(work).begin()
        assert enough.wait(PATIENCE)
    assert [record.name for record in caplog.records].count("market.background") == 1


def test_it_does_not_begin_where_it_may_not(works):
    background = works(lambda: None)
    background.may_begin = False
    with Flask("asked").app_context():
        background.begin()
    assert background._thread is None


def test_what_is_left_is_done_when_the_process_ends():
    done = []
    background = Background("test-work", lambda: done.append(1), pause=PATIENCE, last=True)
    background._finish(Flask("asked"))
    assert done == [1]
    assert background._ended.is_set()
