"""Databases of their own, real commits, real threads."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from market.config import Settings, sqlalchemy_url
from market.db import db, session
from wsgi import create_app

PATIENCE = 60
"""Seconds until a thread that still waits counts as stuck."""

Deed = Callable[[], Any]


@pytest.fixture
def race_app(settings: Settings) -> Iterator[Flask]:
    """The application on an empty database of its own, in which everything is committed."""
    name = f"race_{uuid4().hex[:12]}"
    server = create_engine(settings.database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = sqlalchemy_url(settings.database_url.rpartition("/")[0] + f"/{name}")
    app = create_app(replace(settings, database_url=address))
    with app.app_context():
        upgrade()
        session.configure(join_transaction_mode="conditional_savepoint")
        yield app
        session.remove()
        db.engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def at_once(race_app: Flask) -> Callable[..., list[Any]]:
    """Do deeds at the same moment, each in a thread of its own; answers what each returned or raised, in order."""

    def run(*deeds: Deed) -> list[Any]:
        session.commit()
        start, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

        def do(number: int, deed: Deed) -> None:
            with race_app.app_context():
                start.wait(PATIENCE)
                try:
                    outcomes[number] = deed()
                except Exception as error:
                    outcomes[number] = error
                finally:
                    session.remove()

        threads = [threading.Thread(target=do, args=pair, daemon=True) for pair in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in threads), "a deed is stuck"
        session.expire_all()
        return outcomes

    return run


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Let a function take its time, so that what can overlap does."""

    def slow_down(module: Any, name: str) -> None:
        function = getattr(module, name)

        def slow(*args: Any, **kwargs: Any) -> Any:
            time.sleep(0.2)
            return function(*args, **kwargs)

        monkeypatch.setattr(module, name, slow)

    return slow_down
