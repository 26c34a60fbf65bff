"""Databases of their own for the demo, which commits for real as people do."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from market.config import Settings, sqlalchemy_url
from market.db import db, session
from search import engine
from search.errors import SearchError
from tests.clients import PageClient
from wsgi import create_app


@pytest.fixture(autouse=True)
def database() -> Iterator[None]:
    """The content needs no database, and what is loaded lives in one of its own."""
    yield


@dataclass
class OwnPasok:
    """A Pasok with a database, an index and a folder of its own."""

    app: Flask
    settings: Settings

    def flask(self, *arguments: str, status: int = 0) -> str:
        """What a `flask …` command prints; it must end with `status`."""
        result = self.app.test_cli_runner().invoke(args=list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return result.output

    def client(self) -> PageClient:
        """A browser."""
        return self.app.test_client()  # type: ignore[return-value]


MakePasok = Callable[..., AbstractContextManager[OwnPasok]]


@pytest.fixture(scope="module")
def make_pasok(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakePasok]:
    """`with make_pasok() as pasok: …`, with changes to the usual settings; all is gone afterwards."""

    @contextmanager
    def make(*, folder: Path | None = None, **changes: Any) -> Iterator[OwnPasok]:
        name = f"demo_{uuid4().hex[:12]}"
        server = create_engine(settings.database_url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        address = sqlalchemy_url(settings.database_url.rpartition("/")[0] + f"/{name}")
        folder = folder or tmp_path_factory.mktemp("demo")
        own = replace(settings, database_url=address, var_dir=folder, search_index=name, **{"demo": True, **changes})
        app = create_app(own)
        app.test_client_class = PageClient
        with app.app_context():
            upgrade()
            session.configure(join_transaction_mode="conditional_savepoint")
            try:
                yield OwnPasok(app, own)
            finally:
                session.remove()
                db.engine.dispose()
                _drop_index()
                with server.connect() as connection:
                    connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
                server.dispose()

    yield make
    create_app(settings)  # which chooses files, mail, cards and index again as the other tests know them


def _drop_index() -> None:
    try:
        engine.current().drop(engine.current().index)
    except SearchError:
        return  # this Pasok had none
