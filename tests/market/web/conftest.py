"""The gallery of patterns, served without a database, and a browser to look at it."""

import re
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.market.web.gallery import create_gallery


@pytest.fixture(autouse=True)
def database() -> None:
    """The gallery has none, so no transaction is opened around these tests."""


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application that shows every pattern."""
    return create_gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture
def client(gallery: Flask) -> FlaskClient:
    """Asks the gallery for pages."""
    return gallery.test_client()


@pytest.fixture(scope="session")
def gallery_address(gallery: Flask) -> Iterator[str]:
    """The gallery on a free port of this machine."""
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(chromium: Browser, gallery_address: str) -> Iterator[BrowserContext]:
    """A fresh browser profile of a wide screen."""
    made = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=gallery_address)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when the browser complains, for example about the content security policy."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    expected = re.compile("the server responded with a status of [45]|^Response Status Error Code|^htmx:")
    assert [complaint for complaint in complaints if not expected.search(complaint)] == []
