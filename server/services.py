"""The servers beside the web process: each is embedded unless the settings name an outside one."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from server import outside
from server.embedded import EmbeddedServer
from server.keys import kept_key
from server.meilisearch import EmbeddedMeilisearch
from server.postgres import EmbeddedPostgres
from server.processes import loopback_for
from server.settings import address
from server.stripe_sandbox import EmbeddedSandbox

_NO = ("0", "false", "no")


class Services:
    """PostgreSQL, Meilisearch and the Stripe sandbox, as far as they are ours to run."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        """`env` is all settings; data, keys and logs are kept in `folder`. Raises ServerError for a wrong PORT."""
        self._env = env
        self._folder = folder
        host, port = address(env)
        self.local_url = f"http://{loopback_for(host)}:{port}"
        self.base_url = (env.get("BASE_URL") or self.local_url).rstrip("/")
        logs = folder / "log"
        self.postgres = (
            None if env.get("DATABASE_URL") else EmbeddedPostgres(folder / "postgres", log_file=logs / "postgres.log")
        )
        self.meilisearch = (
            None
            if env.get("MEILI_URL")
            else EmbeddedMeilisearch(folder / "meilisearch", log_file=logs / "meilisearch.log")
        )
        self.sandbox = (
            None
            if env.get("STRIPE_API_KEY")
            else EmbeddedSandbox(
                folder / "sandbox",
                webhook_url=f"{self.local_url}/webhooks/stripe",
                host=host,
                public_host=urlsplit(self.base_url).hostname or "127.0.0.1",
                log_file=logs / "sandbox.log",
            )
        )

    @property
    def embedded(self) -> list[EmbeddedServer]:
        """The servers that are ours to run, in the order to start them."""
        return [server for server in (self.postgres, self.meilisearch, self.sandbox) if server is not None]

    def check_outside(self) -> list[str]:
        """Ask every outside part whether it is there. Raises ServerError naming the first wrong setting.

        Returns warnings worth showing.
        """
        warnings: list[str | None] = []
        if self.postgres is None:
            outside.check_database(self._env["DATABASE_URL"])
        if self.meilisearch is None:
            outside.check_search(self._env)
        if self.sandbox is None:
            warnings.append(outside.check_stripe(self._env))
        return [warning for warning in warnings if warning]

    def settings(self) -> dict[str, str]:
        """What web, worker and commands must be told, once the servers run. Raises ServerError."""
        handed: dict[str, str] = {
            "VAR_DIR": str(self._folder),
            "BASE_URL": self.base_url,
            "SECRET_KEY": self._env.get("SECRET_KEY") or kept_key(self._folder / "secret.key"),
            # Known passwords belong into a database of our own making, not into one that somebody points us to.
            "DEMO": "0" if (self._env.get("DEMO") or ("1" if self.postgres else "0")) in _NO else "1",
        }
        names = ("DATABASE_URL", "MEILI_URL", "MEILI_KEY", "STRIPE_API_KEY", "STRIPE_API_BASE", "STRIPE_WEBHOOK_SECRET")
        handed.update({name: self._env[name] for name in names if self._env.get(name)})
        if self.postgres:
            handed["DATABASE_URL"] = self.postgres.url
        if self.meilisearch:
            handed.update(MEILI_URL=self.meilisearch.url, MEILI_KEY=self.meilisearch.key)
        if self.sandbox:
            handed.update(STRIPE_API_KEY=self.sandbox.api_key, STRIPE_API_BASE=self.sandbox.url)
            handed.update(STRIPE_WEBHOOK_SECRET=self.sandbox.webhook_secret)
        return handed
