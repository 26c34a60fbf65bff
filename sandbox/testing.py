"""A running sandbox, and a receiver for its webhooks, for tests: a real process, real HTTP.

with RunningSandbox(tmp_path / "stripe", webhook_url=receiver.url) as sandbox:
    client = stripe.StripeClient(sandbox.api_key, base_addresses={"api": sandbox.url})
    ...
    sandbox.pay(checkout.url)
"""

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sandbox.__main__ import READY

ROOT = Path(__file__).resolve().parent.parent

GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"
EMPTY_CARD = "4000000000009995"

PATIENCE = 15
"""Seconds a test waits for the sandbox to do something."""


@dataclass(frozen=True)
class Answer:
    """What a browser, or the control of the sandbox, was answered."""

    status: int
    location: str | None
    text: str


class RunningSandbox:
    """The sandbox as a process of its own on a free port; leaving the block stops it. Its data stays in `data`."""

    def __init__(
        self,
        data: Path,
        *,
        webhook_url: str | None = None,
        api_key: str = "sk_test_sandbox",
        webhook_secret: str = "whsec_sandbox",  # noqa: S107 - secret from nobody
    ) -> None:
        self.data = data
        self.webhook_url = webhook_url
        self.api_key = api_key
        self.webhook_secret = webhook_secret
        self.url = ""
        self._port = 0
        self._process: subprocess.Popen[str]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts it, on its earlier port when it ran before, and returns once it listens."""
        self._process = subprocess.Popen(self._command(), cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith(READY):
            raise RuntimeError(f"the sandbox did not start: exit status {self._process.wait()}")
        self.url = line.removeprefix(READY).strip()
        self._port = int(self.url.rpartition(":")[2])

    def stop(self) -> int:
        """Stops it as a supervisor would, with SIGTERM; returns its exit status."""
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)
        return self._process.returncode

    def restart(self) -> None:
        """Stops it and starts it again over the same data, on the same port."""
        self.stop()
        self.start()

    def pay(self, checkout_url: str, card: str = GOOD_CARD) -> Answer:
        """Presses "Bayar" on a hosted payment page; paid is a 303 to the success address, declined a 402 page."""
        return self._send("POST", checkout_url, {"card": card})

    def open(self, checkout_url: str) -> Answer:
        """Opens a hosted payment page."""
        return self._send("GET", checkout_url)

    def forget(self) -> None:
        """Empties the account, for the next test."""
        self._control("POST", "/forget")

    def pause_webhooks(self) -> None:
        """Holds webhooks back."""
        self._control("POST", "/deliveries/pause")

    def resume_webhooks(self, *, newest_first: bool = False) -> None:
        """Sends the webhooks that were held back, out of order if so wished."""
        self._control("POST", "/deliveries/resume", {"order": "newest_first"} if newest_first else {})

    def abandon_webhooks(self) -> None:
        """Gives up the webhooks that wait."""
        self._control("POST", "/deliveries/abandon")

    def redeliver(self, event_id: str) -> None:
        """Sends an event once more."""
        self._control("POST", f"/events/{event_id}/redeliver")

    def hold_fees(self) -> None:
        """Lets charges succeed without their fee being known yet."""
        self._control("POST", "/fees/hold")

    def release_fees(self) -> None:
        """Makes the fees known that were held."""
        self._control("POST", "/fees/release")

    def deliveries(self) -> list[dict[str, Any]]:
        """Every webhook there was: `event`, `type`, `state`, `attempts`, `last_answer`."""
        found: list[dict[str, Any]] = self._control("GET", "/deliveries")["deliveries"]
        return found

    def wait_until_delivered(self) -> None:
        """Returns when no webhook is waiting any more; fails after a while, naming those that are."""
        wait_until(lambda: not self._waiting(), lambda: f"webhooks still waiting: {self._waiting()}")

    def _waiting(self) -> list[dict[str, Any]]:
        return [delivery for delivery in self.deliveries() if delivery["state"] == "waiting"]

    def _control(self, method: str, path: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        answer = self._send(method, f"{self.url}/_sandbox{path}", form, key=self.api_key)
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.text}")
        decoded: dict[str, Any] = json.loads(answer.text)
        return decoded

    def _command(self) -> list[str]:
        options = {
            "--port": str(self._port),
            "--data": str(self.data),
            "--api-key": self.api_key,
            "--webhook-secret": self.webhook_secret,
        }
        if self.webhook_url:
            options["--webhook-url"] = self.webhook_url
        return [sys.executable, "-m", "sandbox", *(word for option in options.items() for word in option)]

    @staticmethod
    def _send(method: str, url: str, form: dict[str, str] | None = None, key: str | None = None) -> Answer:
        data = urllib.parse.urlencode(form or {}).encode() if method == "POST" else None
        request = urllib.request.Request(url, data=data, method=method)  # noqa: S310 - always the sandbox's own
        if key:
            request.add_header("Authorization", f"Bearer {key}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere)
        try:
            response = opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as other:
            response = other
        with response:
            return Answer(response.status, response.headers["Location"], response.read().decode())


@dataclass(frozen=True)
class Received:
    """One webhook as it arrived: the raw body and its signature."""

    body: bytes
    signature: str

    @property
    def event(self) -> dict[str, Any]:
        """The decoded body."""
        decoded: dict[str, Any] = json.loads(self.body)
        return decoded


class WebhookReceiver:
    """A threaded HTTP receiver that keeps every webhook it gets and answers `status`, 200 unless told otherwise."""

    def __init__(self) -> None:
        self.status = 200
        self.received: list[Received] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/webhooks/stripe"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def types(self) -> list[str]:
        """The types of the events received, in the order they came."""
        return [received.event["type"] for received in self.received]

    def wait_for(self, kind: str, times: int = 1) -> Received:
        """The latest webhook of this type, once it has come so many times."""
        wait_until(lambda: self.types.count(kind) >= times, lambda: f"{times}× {kind} did not come, but {self.types}")
        return next(received for received in reversed(self.received) if received.event["type"] == kind)

    def _handler(receiver) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append(Received(body, self.headers["Stripe-Signature"]))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Tests read `received` instead."""

        return Handler


def wait_until(condition: Callable[[], bool], explain: Callable[[], str]) -> None:
    """Returns as soon as the condition holds; an AssertionError with the explanation when it does not in time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(explain())
        time.sleep(0.02)


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """Redirects are looked at, not followed."""
