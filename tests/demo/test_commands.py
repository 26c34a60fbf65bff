"""When the demo is loaded, when it is not, and what becomes of it when a load is interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select, text

from demo import commands, load, mark, reading, shelves
from demo.diary import Progress
from demo.mark import Present
from market.accounts.models import User
from market.db import atomic, session
from market.ledger import checks
from market.organisations.models import Organisation
from market.payments.models import Payment
from market.payments.states import Method, PaymentState
from orders.purchasing.models import Order
from tests.demo.conftest import MakePasok

pytestmark = pytest.mark.xdist_group("demo")

DEEDS_BEFORE_THE_INTERRUPTION = 40


@pytest.fixture
def only_the_founding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the demo end before the first product, for tests that are about something else."""
    for later in ("products", "changes", "prices", "certificates", "stock", "orders"):
        monkeypatch.setattr(load, f"tell_of_{later}", lambda *_all: None)


@contextmanager
def interrupted(_label: str, _total: int) -> Iterator[Progress]:
    """Somebody presses Ctrl-C after a while."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if done == DEEDS_BEFORE_THE_INTERRUPTION:
            raise KeyboardInterrupt

    yield tell


def organisations() -> int:
    return session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_public_passwords_need_a_demo(make_pasok: MakePasok):
    with make_pasok(demo=False) as pasok:
        for command in ("load", "reset"):
            assert "DEMO=1" in pasok.flask("demo", command, status=1)
        assert mark.look() is Present.NOTHING


def test_what_is_not_the_demos_is_left_alone(make_pasok: MakePasok):
    with make_pasok() as pasok:
        with atomic():
            session.add(User(email="bendahara@koperasi.test", name="Bendahara", password_hash="x"))
        for command in ("load", "reset"):
            assert "are left alone" in pasok.flask("demo", command, status=1)
        assert session.scalar(select(func.count()).select_from(User)) == 1
        assert organisations() == 0


def test_two_loads_at_once_are_one(make_pasok: MakePasok):
    with make_pasok() as pasok:
        with load.alone():
            assert "by another command" in pasok.flask("demo", "load", status=1)
        assert mark.look() is Present.NOTHING


def test_half_a_demo_is_not_taken_for_a_whole_one(
    make_pasok: MakePasok, monkeypatch: pytest.MonkeyPatch, only_the_founding: None
):
    with make_pasok() as pasok:
        with monkeypatch.context() as patch:
            patch.setattr(commands, "shown", interrupted)
            pasok.flask("demo", "load", status=1)
        assert mark.look() is Present.HALF_A_DEMO
        half = organisations()
        assert "interrupted" in pasok.flask("demo", "load")
        assert mark.look() is Present.THE_DEMO
        assert organisations() > half


def test_a_reset_begins_at_number_one_and_leaves_the_books_guarded(make_pasok: MakePasok, only_the_founding: None):
    with make_pasok() as pasok:
        pasok.flask("demo", "load")
        before = organisations()
        letters = list((pasok.settings.var_dir / "mail").iterdir())
        with atomic():
            session.add(User(email="tamu@demo.test", name="Tamu", password_hash="x"))
            session.add(Organisation(name="Tamu", slug="tamu"))
        assert "taken out" in pasok.flask("demo", "reset")
        assert organisations() == before
        assert session.scalar(select(func.min(Organisation.id))) == 1
        assert session.scalar(select(User.id).where(User.email == "tamu@demo.test")) is None
        assert len(list((pasok.settings.var_dir / "mail").iterdir())) == len(letters)
        guarded = dict(checks.run())["the database refuses to change or delete what was written"]
        assert guarded.ok


def test_without_stripe_the_demo_pays_by_transfer_and_without_meilisearch_the_worker_gets_a_job(
    make_pasok: MakePasok, monkeypatch: pytest.MonkeyPatch
):
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "#c8955c").save(drawn, "PNG")
    monkeypatch.setattr(shelves, "draw", lambda *_all, **_more: drawn.getvalue())
    with make_pasok(meili_url="http://127.0.0.1:9") as pasok:
        assert "cannot be reached" in pasok.flask("demo", "load")
        assert set(session.scalars(select(Payment.method))) == {Method.TRANSFER}
        assert PaymentState.PAID in set(session.scalars(select(Payment.state)))
        assert session.scalar(select(func.count()).select_from(Order)) == len(reading.read_orders())
        assert [finding for _rule, finding in checks.run() if not finding.ok] == []
        waiting = session.scalars(text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'"))
        assert list(waiting) == ["search.mend"]
