"""What the sandbox is told when it starts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The account's key, where its webhooks go, and how its payment page is reached.

    `public_url` is the address a browser uses, without a slash at the end. Without `webhook_url` events are recorded
    but sent nowhere.
    """

    api_key: str
    webhook_secret: str
    public_url: str
    webhook_url: str | None = None
    merchant: str = "Koperasi Demo Pasok"
