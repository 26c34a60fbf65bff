"""A worker of its own process does what is deferred, and what those jobs defer in turn."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from market.config import ROOT
from tests.orders.money import make_deal

pytestmark = pytest.mark.race

PATIENCE = 60


def letters_in(folder: Path) -> list[str]:
    return [path.read_text() for path in folder.glob("*.eml")]


def test_the_letter_about_an_invoice_is_sent_by_the_worker(race_app, settings, tmp_path):
    deal = make_deal()
    invoice = deal.invoice()
    environment = {
        **os.environ,
        "FLASK_APP": "wsgi",
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": race_app.config["SQLALCHEMY_DATABASE_URI"],
        "MEILI_URL": settings.meili_url,
        "MEILI_KEY": settings.meili_key,
        "VAR_DIR": str(tmp_path),
    }
    worker = subprocess.Popen([sys.executable, "-m", "flask", "worker"], cwd=ROOT, env=environment)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not any(invoice.number in text for text in letters_in(tmp_path / "mail")):
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(PATIENCE)
    told = [text for text in letters_in(tmp_path / "mail") if invoice.number in text]
    assert [deal.factory.finance.email in text for text in told] == [True]
