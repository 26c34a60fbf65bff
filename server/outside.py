"""Checking the parts that run elsewhere: each wrong setting is named in one sentence, without its secrets."""

import http
from collections.abc import Mapping
from urllib.parse import urlsplit

import psycopg

from server.errors import ServerError
from server.meilisearch import is_healthy
from server.probes import status_of

_PATIENCE = 5  # seconds
_OLDEST_POSTGRES = 18


def check_database(url: str) -> None:
    """Make one connection to `DATABASE_URL`. Raises ServerError saying what was wrong."""
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise ServerError(f"DATABASE_URL must begin with postgresql://, but begins with {scheme[:20]}.")
    try:
        with psycopg.connect(f"postgresql://{rest}", connect_timeout=_PATIENCE) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        lines = str(error).strip().splitlines() or ["it cannot be used"]
        raise ServerError(f"DATABASE_URL ({_without_password(url)}) cannot be used: {lines[-1].strip()}") from None
    if version < _OLDEST_POSTGRES:
        raise ServerError(
            f"DATABASE_URL ({_without_password(url)}) is PostgreSQL {version}; Pasok needs {_OLDEST_POSTGRES} or newer."
        )


def check_search(env: Mapping[str, str]) -> None:
    """Ask the server at `MEILI_URL` with `MEILI_KEY`. Raises ServerError naming the one that is wrong."""
    url = env["MEILI_URL"].rstrip("/")
    if not is_healthy(url, timeout=_PATIENCE):
        raise ServerError(f"MEILI_URL ({_without_password(url)}) does not answer as a Meilisearch server.")
    headers = {"Authorization": f"Bearer {env['MEILI_KEY']}"} if env.get("MEILI_KEY") else {}
    if status_of(f"{url}/indexes", _PATIENCE, headers) != http.HTTPStatus.OK:
        raise ServerError(f"MEILI_KEY is not accepted by the Meilisearch server at {_without_password(url)}.")


def check_stripe(env: Mapping[str, str]) -> str | None:
    """Ask Stripe whether it knows `STRIPE_API_KEY`; returns a warning when Stripe cannot be reached now.

    Raises ServerError when the key is refused or `STRIPE_WEBHOOK_SECRET` is missing.
    """
    if not env.get("STRIPE_WEBHOOK_SECRET"):
        raise ServerError("STRIPE_API_KEY is set but STRIPE_WEBHOOK_SECRET is not; payments could not be confirmed.")
    api = (env.get("STRIPE_API_BASE") or "https://api.stripe.com").rstrip("/")
    status = status_of(f"{api}/v1/balance", _PATIENCE, {"Authorization": f"Bearer {env['STRIPE_API_KEY']}"})
    if status == http.HTTPStatus.UNAUTHORIZED:
        raise ServerError(f"STRIPE_API_KEY is not accepted by {api}.")
    return f"Stripe ({api}) cannot be reached now; payments by card will fail until it can." if status is None else None


def _without_password(url: str) -> str:
    """The address without what must not be shown on a terminal."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "not an address"
    user = f"{parts.username}@" if parts.username else ""
    return f"{parts.scheme}://{user}{parts.hostname or ''}{port}{parts.path}"
