"""Settings from the environment; with none set, the embedded servers and the local sandbox are used.

Every variable is listed in `.env.example` with what it is for.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting is missing or cannot be used; the message names the variable."""


@dataclass(frozen=True)
class S3Settings:
    """An object store that speaks S3. Without `endpoint` it is Amazon's; without keys, the machine's own are used."""

    bucket: str
    endpoint: str | None = None
    region: str | None = None
    access_key: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Settings:
    """All that differs between one installation and another. What is secret is never shown with the rest."""

    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    meili_url: str | None
    meili_key: str | None = field(repr=False)
    stripe_api_key: str | None = field(repr=False)
    stripe_api_base: str | None
    stripe_webhook_secret: str | None = field(repr=False)
    base_url: str
    var_dir: Path
    search_index: str = "products"
    s3: S3Settings | None = None
    mail_url: str | None = field(default=None, repr=False)
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
            s3=_s3_settings(env),
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


def _s3_settings(env: Mapping[str, str]) -> S3Settings | None:
    """The object store; None when no S3_… is set, and files are then kept in a folder."""
    names = ("S3_BUCKET", "S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY")
    given = {name: env[name] for name in names if env.get(name)}
    if not given:
        return None
    if "S3_BUCKET" not in given:
        raise BadSetting(f"{', '.join(given)} is set, so S3_BUCKET must be set too.")
    if ("S3_ACCESS_KEY" in given) != ("S3_SECRET_KEY" in given):
        raise BadSetting("S3_ACCESS_KEY and S3_SECRET_KEY go together: set both, or neither.")
    endpoint = given.get("S3_ENDPOINT")
    if endpoint is not None and not _is_plain_address(endpoint):
        raise BadSetting("S3_ENDPOINT must look like https://storage.example, without a name or password in it.")
    return S3Settings(
        bucket=given["S3_BUCKET"],
        endpoint=endpoint,
        region=given.get("S3_REGION"),
        access_key=given.get("S3_ACCESS_KEY"),
        secret_key=given.get("S3_SECRET_KEY"),
    )


def _is_plain_address(url: str) -> bool:
    """Whether it can be called, and shown in a log."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it raises when it is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


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
