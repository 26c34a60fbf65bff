"""How often something may be tried."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")


def init_app(app: Flask) -> None:
    """Let views name their limits. Each web process counts for itself."""
    limiter.init_app(app)
