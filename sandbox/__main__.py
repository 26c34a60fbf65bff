"""Starts the sandbox: `python -m sandbox --port 8421 --data var/sandbox --api-key sk_test_x …`."""

import argparse
import logging
import signal
import socket
import sys
import threading
from pathlib import Path
from sqlite3 import OperationalError
from types import FrameType

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sandbox.account import Account
from sandbox.app import create_app
from sandbox.settings import Settings
from sandbox.store import Store
from sandbox.webhooks import Courier

READY = "sandbox: ready on"
"""How its first line begins; the address follows."""


class QuietHandler(WSGIRequestHandler):
    """Leaves the log to payments and webhooks."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests are not logged."""


def main() -> int:
    """Serves until SIGTERM or Ctrl-C. Returns the exit status: 1, with one sentence, when it cannot start."""
    options = _read_options()
    logging.basicConfig(level=logging.INFO, format="sandbox: %(message)s")
    try:
        store = Store(options.data)
    except (OSError, OperationalError) as error:
        return _refuse(f"cannot keep its data in {options.data}: {error}")
    try:
        listener = _listen(options.host, options.port)
    except OSError as error:
        store.close()
        return _refuse(f"cannot listen on {options.host}:{options.port}: {error.strerror}")
    with listener:
        address = f"http://{options.host}:{listener.getsockname()[1]}"
        account = Account(_settings_of(options, address), store)
        server = make_server(
            options.host,
            listener.getsockname()[1],
            create_app(account),
            threaded=True,
            request_handler=QuietHandler,
            fd=listener.fileno(),
        )
        _serve(server, Courier(account), address)
    store.close()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
    return socket.create_server((host, port), family=family)


def _serve(server: BaseWSGIServer, courier: Courier, address: str) -> None:
    def stop(signal_number: int, frame: FrameType | None) -> None:
        # From another thread: the server waits for its own loop to end, and this is that loop's thread.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.stdout.write(f"{READY} {address}\n")
    sys.stdout.flush()
    courier.start()
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    courier.stop()


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local server that plays Stripe.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one; the first line printed names it")
    parser.add_argument("--data", type=Path, required=True, help="folder for its file; made if missing")
    parser.add_argument("--api-key", required=True, help="the only key it accepts, such as sk_test_…")
    parser.add_argument("--webhook-url", help="where events are posted; without it they are only recorded")
    parser.add_argument("--webhook-secret", required=True, help="signs the events, such as whsec_…")
    parser.add_argument("--public-url", help="how browsers reach it, when not by host and port")
    parser.add_argument("--merchant", default=Settings.merchant, help="the name on the payment page")
    return parser.parse_args()


def _settings_of(options: argparse.Namespace, address: str) -> Settings:
    return Settings(
        api_key=options.api_key,
        webhook_secret=options.webhook_secret,
        public_url=(options.public_url or address).rstrip("/"),
        webhook_url=options.webhook_url,
        merchant=options.merchant,
    )


def _refuse(reason: str) -> int:
    sys.stderr.write(f"sandbox: {reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
