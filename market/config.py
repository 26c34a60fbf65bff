"""Settings from the environment; with none set, the embedded servers and the local sandbox are used.

Every variable is listed in `.env.example` with what it is for.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting is missing or cannot be used; the message names the variable."""


@dataclass(frozen=True)
class Settings:
    """All that differs between one installation and another."""

    secret_key: str
    database_url: str
    meili_url: str | None
    meili_key: str | None
    stripe_api_key: str | None
    stripe_api_base: str | None
    stripe_webhook_secret: str | None
    base_url: str
    var_dir: Path
    search_index: str = "products"
    mail_url: str | None = None
    mail_from: str = "pasok@localhost"
    trusted_proxies: int = 0
    demo: bool = False
    session_cookie_secure: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; raises BadSetting naming the variable that is missing or wrong."""
        env = os.environ if environ is None else environ
        if env.get("STRIPE_API_KEY") and not env.get("STRIPE_WEBHOOK_SECRET"):
            # Without it anybody could claim to be Stripe and say that an invoice was paid.
            raise BadSetting("STRIPE_API_KEY is set, so STRIPE_WEBHOOK_SECRET must be set too.")
        base_url = env.get("BASE_URL") or "http://127.0.0.1:8000"
        return cls(
            secret_key=_required(env, "SECRET_KEY"),
            database_url=sqlalchemy_url(_required(env, "DATABASE_URL")),
            meili_url=env.get("MEILI_URL") or None,
            meili_key=env.get("MEILI_KEY") or None,
            search_index=env.get("SEARCH_INDEX") or "products",
            stripe_api_key=env.get("STRIPE_API_KEY") or None,
            stripe_api_base=env.get("STRIPE_API_BASE") or None,
            stripe_webhook_secret=env.get("STRIPE_WEBHOOK_SECRET") or None,
            base_url=base_url.rstrip("/"),
            var_dir=Path(env.get("VAR_DIR") or ROOT / "var"),
            mail_url=env.get("MAIL_URL") or None,
            mail_from=env.get("MAIL_FROM") or "pasok@localhost",
            trusted_proxies=_whole_number(env, "TRUSTED_PROXIES"),
            demo=env.get("DEMO", "0") not in ("", "0", "false", "no"),
            session_cookie_secure=base_url.startswith("https://"),
        )


def sqlalchemy_url(url: str) -> str:
    """Accept the common spellings of a PostgreSQL URL and name the driver Pasok uses."""
    for prefix in ("postgres://", "postgresql://", "postgresql+psycopg://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    raise BadSetting(f"DATABASE_URL must start with postgresql://, but is {url.split(':', 1)[0]}://…")


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name)
    if not value:
        raise BadSetting(f"{name} is not set.")
    return value


def _whole_number(env: Mapping[str, str], name: str) -> int:
    value = env.get(name) or "0"
    if not value.isdigit():
        raise BadSetting(f"{name} must be a whole number, but is {value!r}.")
    return int(value)
