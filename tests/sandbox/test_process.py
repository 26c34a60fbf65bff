"""The sandbox as a process: it keeps what it knows, stops when told, and says why it cannot start."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from sandbox.testing import RunningSandbox

from .conftest import Checkout


def start(*options: str) -> subprocess.CompletedProcess[str]:
    required = ["--api-key", "sk_test_x", "--webhook-secret", "whsec_x"]
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *required, *options], capture_output=True, text=True, timeout=15, check=False
    )


class TestOverARestart:
    @pytest.fixture
    def sandbox(self, own_sandbox: RunningSandbox) -> RunningSandbox:
        return own_sandbox

    def test_a_checkout_opened_before_can_be_paid_after(self, open_checkout: Checkout, sandbox, client) -> None:
        session = open_checkout()
        url = sandbox.url
        sandbox.restart()
        assert sandbox.url == url
        assert sandbox.pay(session.url).status == 303
        assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"

    def test_sigterm_ends_it_cleanly(self, sandbox: RunningSandbox) -> None:
        assert sandbox.stop() == 0
        sandbox.start()


def test_it_leaves_nothing_outside_its_data_folder(tmp_path: Path) -> None:
    with RunningSandbox(tmp_path / "deep" / "stripe") as sandbox:
        stripe.StripeClient(sandbox.api_key, base_addresses={"api": sandbox.url}).v1.customers.create()
    assert [entry.name for entry in (tmp_path / "deep" / "stripe").iterdir()] == ["sandbox.sqlite3"]


def test_a_busy_port_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start("--port", str(port), "--data", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith(f"sandbox: cannot listen on 127.0.0.1:{port}: Address already in use")
    assert done.stderr.count("\n") == 1


def test_a_data_folder_that_is_a_file_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    done = start("--port", "0", "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"sandbox: cannot keep its data in {tmp_path / 'data'}")
    assert done.stderr.count("\n") == 1
