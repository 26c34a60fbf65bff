"""The local Stripe-compatible sandbox (`sandbox/`), run beside Pasok while no `STRIPE_API_KEY` is set."""

import http
import os
import sys
from pathlib import Path

from server import processes
from server.embedded import EmbeddedServer, Launch
from server.keys import kept_key
from server.probes import status_of
from server.settings import ROOT


class EmbeddedSandbox(EmbeddedServer):
    """The sandbox on a data folder; it plays one Stripe account, whose keys are made once.

    It keeps its port from one run to the next where it can, because payment pages already handed out carry it.
    """

    name = "sandbox"
    title = "Stripe sandbox"
    stop_seconds = 10.0

    def __init__(
        self, data_dir: Path | str, webhook_url: str, host: str, public_host: str, log_file: Path | None = None
    ) -> None:
        """`webhook_url` is where Pasok takes events; `public_host` is the name by which a browser reaches `host`."""
        super().__init__(data_dir, None, log_file)
        self.webhook_url = webhook_url
        self.host = host
        self.public_host = public_host
        self.api_key = ""
        self.webhook_secret = ""

    @property
    def url(self) -> str:
        """The address that stands in for https://api.stripe.com. Only right while it runs."""
        return self._at(self.port or 0)

    def _prepare(self) -> None:
        self.api_key = f"sk_test_{kept_key(self.beside('key'))}"
        self.webhook_secret = f"whsec_{kept_key(self.beside('webhook-secret'))}"
        self.port = self.port or self._former_port()

    def _former_port(self) -> int | None:
        """The port of the last run when it is free now."""
        try:
            port = int(self.beside("port").read_text())
        except (OSError, ValueError):
            return None
        return port if processes.is_free("127.0.0.1", port) else None

    def _how(self, port: int) -> Launch:
        command: list[str | Path] = [sys.executable, "-m", "sandbox", "--host", self.host, "--port", str(port)]
        command += ["--data", self.data_dir, "--webhook-url", self.webhook_url]
        command += ["--public-url", f"http://{self.public_host}:{port}"]
        command += ["--api-key", self.api_key, "--webhook-secret", self.webhook_secret]
        return Launch(command, {"PATH": os.defpath, "PYTHONUNBUFFERED": "1"}, cwd=ROOT)

    def _answers(self, pid: int, port: int) -> bool:
        if status_of(f"{self._at(port)}/_sandbox/health") != http.HTTPStatus.OK:
            return False
        self.beside("port").write_text(f"{port}\n")
        return True

    def _at(self, port: int) -> str:
        return f"http://{processes.loopback_for(self.host)}:{port}"
