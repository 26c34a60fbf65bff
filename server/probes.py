"""Asking a server over HTTP whether it is there. Proxies named in the environment are passed by."""

import http.client
from urllib.parse import urlsplit


def status_of(url: str, timeout: float = 2.0, headers: dict[str, str] | None = None) -> int | None:
    """The status that a GET of `url` is answered with, or None when nobody answers in `timeout` seconds."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=timeout)
        try:
            connection.request("GET", parts.path or "/", headers=headers or {})
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return None
