"""Fresh servers to measure: PostgreSQL and Meilisearch with goods in them, and Pasok as `make run` serves it."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade

from bench import goods
from market.config import ROOT, Settings
from search import sync
from server import processes
from server.errors import ServerError
from server.meilisearch import TemporaryMeilisearch
from server.postgres import TemporaryPostgres
from server.probes import status_of
from wsgi import create_app

THREADS = "8"
START_SECONDS = 60.0


@dataclass(frozen=True)
class Running:
    """Addresses of what runs."""

    database_url: str
    meili_url: str
    meili_key: str
    pasok: str
    without_meilisearch: str
    """Another Pasok, on the same database, that has no Meilisearch."""


@contextmanager
def running(products: int) -> Iterator[Running]:
    """Start everything, fill it with that many products, and end it all afterwards. Raises ServerError."""
    with ExitStack() as stack:
        postgres = stack.enter_context(TemporaryPostgres())
        meilisearch = stack.enter_context(TemporaryMeilisearch())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pasok-bench-")))
        alone = {"SECRET_KEY": "only for measuring", "DATABASE_URL": postgres.url, "VAR_DIR": str(folder)}
        whole = {**alone, "MEILI_URL": meilisearch.url, "MEILI_KEY": meilisearch.key}
        app = create_app(Settings.from_environment(whole))
        with app.app_context():
            upgrade()
            goods.fill(products)
            sync.set_up()
            sync.compare(mend=True)
        yield Running(
            postgres.url,
            meilisearch.url,
            meilisearch.key,
            pasok=stack.enter_context(_serving(whole, folder / "web.log")),
            without_meilisearch=stack.enter_context(_serving(alone, folder / "web-alone.log")),
        )


@contextmanager
def _serving(settings: Mapping[str, str], log: Path) -> Iterator[str]:
    port = processes.free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "wsgi:create_app"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", THREADS, "--no-ws"]
    env = {"PATH": os.environ.get("PATH", os.defpath), **settings}
    with processes.open_log(log) as output:
        server = processes.spawn(command, output=output, env=env, cwd=ROOT)
        try:
            url = f"http://127.0.0.1:{port}"
            if not processes.wait_until(lambda: status_of(f"{url}/healthz", 2.0) == 200, START_SECONDS, pause=0.1):
                raise ServerError(f"The web server did not start: {processes.tail(log)}")
            yield url
        finally:
            processes.end(server)
