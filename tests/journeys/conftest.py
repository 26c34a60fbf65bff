"""The whole of Pasok as `make run` starts it, with the demo, and a real browser in front of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from server.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
START_SECONDS, STOP_SECONDS = 300, 40


@dataclass
class RunningPasok:
    """A Pasok of its own folder and port."""

    url: str
    env: dict[str, str]

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `flask …` command beside it, as an operator would."""
        command = [sys.executable, "-m", "flask", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=300, check=False)

    def token(self, email: str) -> str:
        """A new API token of this person."""
        return self.flask("tokens", "create", email, "--name", "journey").stdout.strip()


@pytest.fixture(scope="session")
def pasok(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPasok]:
    """Pasok as `make run` starts it, demo included; told to stop at the end, and gone within seconds.

    While writing a journey, `JOURNEY_URL=http://127.0.0.1:8000` uses the one that runs in this checkout already.
    """
    if running := os.environ.get("JOURNEY_URL"):
        yield RunningPasok(running, {**os.environ, "FLASK_APP": "wsgi"})
        return
    var = Path("/var/tmp") / f"pasok-journey-{os.getpid()}"  # the database's own user must be able to enter it
    var.mkdir(mode=0o755)
    port = free_port()
    env = {**os.environ, "VAR_DIR": str(var), "PORT": str(port), "HOST": "127.0.0.1", "FLASK_APP": "wsgi"}
    for name in ("DATABASE_URL", "MEILI_URL", "MEILI_KEY", "STRIPE_API_KEY", "STRIPE_API_BASE", "BASE_URL", "DEMO"):
        env.pop(name, None)
    log = (tmp_path_factory.mktemp("journey") / "pasok.log").open("w+")
    process = subprocess.Popen([sys.executable, "-m", "server"], cwd=ROOT, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process, Path(log.name))
        yield RunningPasok(url, env)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)
        log.close()
        shutil.rmtree(var, ignore_errors=True)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if json.load(answer)["status"] == "ok":
                    return
        except OSError:
            pass
        time.sleep(0.5)
    pytest.fail(f"Pasok did not become ready:\n{log.read_text()[-4000:]}")


GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")
"""What htmx says of a question that a newer one, or leaving the page, made needless. If it failed, it says more."""


@dataclass
class Person:
    """Somebody at a browser of their own, whose console and pages are watched for errors."""

    page: Page
    url: str
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def hear(self, kind: str, text: str) -> None:
        """Remember what the console says is wrong."""
        if kind == "error" and not text.startswith(GIVEN_UP):
            self.complaints.append(text)

    def go(self, path: str) -> Page:
        """Open a page of Pasok."""
        answer = self.page.goto(self.url + path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        return self.page

    def log_in(self, email: str) -> "Person":
        """Log in with a demo login."""
        self.go("/login")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Kata sandi").fill("pasok-demo")
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        self.page.wait_for_url(lambda address: "/login" not in address)
        return self


@pytest.fixture
def person(pasok: RunningPasok, chromium: Browser) -> Iterator[Callable[..., Person]]:
    """`person("buyer@demo.test")` at a desk, `person("seller@demo.test", phone=True)` on a phone."""
    people: list[Person] = []

    def arrive(email: str | None = None, *, phone: bool = False) -> Person:
        context = chromium.new_context(viewport=PHONE if phone else DESK, has_touch=phone, locale="id-ID")
        page = context.new_page()
        page.set_default_timeout(15_000)
        somebody = Person(page, pasok.url, context)
        page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
        page.on("console", lambda said: somebody.hear(said.type, said.text))
        people.append(somebody)
        return somebody.log_in(email) if email else somebody

    yield arrive
    for somebody in people:
        somebody.context.close()
    complaints = [complaint for somebody in people for complaint in somebody.complaints]
    assert not complaints, "the browser complained"
