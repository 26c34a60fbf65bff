"""The demo as it is loaded, cards and search included: what is in it, and that every page has something to show."""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from catalog.products.models import Offer, Product
from catalog.products.states import ProductState
from catalog.stock.models import StockMovement
from catalog.stock.queries import find_stock_differences
from market import clock
from market.accounts.queries import actor_for, get_user
from market.accounts.roles import Role
from market.audit import AuditRecord
from market.db import session
from market.ledger import checks
from market.ledger.models import JournalEntry
from market.organisations.models import Seller
from market.organisations.states import SellerState
from market.payments.models import Payment
from market.payments.states import Method, PaymentState
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.fulfilment.models import Shipment
from orders.fulfilment.states import ShipmentState
from orders.payouts.models import Payout
from orders.payouts.states import PayoutState
from orders.purchasing.models import Order, OrderEvent, SellerOrder
from orders.purchasing.states import OrderState
from sandbox.testing import RunningSandbox
from search import sync
from server.announcement import DEMO_LOGINS, DEMO_PASSWORD
from tests.access_matrix import ANYBODY, EVERYBODY, PAGES
from tests.clients import PageClient
from tests.demo.conftest import MakePasok, OwnPasok

pytestmark = pytest.mark.xdist_group("demo")

ROLES = {
    "seller@demo.test": {Role.SELLER},
    "seller2@demo.test": {Role.SELLER},
    "buyer@demo.test": {Role.BUYER},
    "approver@demo.test": {Role.APPROVER},
    "receiving@demo.test": {Role.RECEIVING},
    "finance@demo.test": {Role.FINANCE},
    "buyer2@demo.test": {Role.BUYER, Role.RECEIVING, Role.FINANCE},
    "admin@demo.test": {Role.ADMIN},
    "treasurer@demo.test": {Role.TREASURER},
    "platform@demo.test": {Role.PLATFORM},
}

FULL = {
    "seller@demo.test": ["/seller", "/seller/products", "/seller/orders", "/seller/invoices", "/seller/payouts"],
    "seller2@demo.test": ["/seller", "/seller/products", "/seller/orders", "/seller/invoices", "/seller/payouts"],
    "buyer@demo.test": ["/cart", "/orders", "/invoices", "/receiving", "/saved-searches"],
    "approver@demo.test": ["/orders", "/orders?state=awaiting_approval", "/invoices"],
    "receiving@demo.test": ["/receiving", "/orders"],
    "finance@demo.test": ["/invoices", "/orders"],
    "buyer2@demo.test": ["/orders", "/invoices", "/receiving"],
    "admin@demo.test": [
        "/cooperative",
        "/cooperative/demand",
        "/cooperative/orders",
        "/cooperative/products",
        "/cooperative/sellers",
    ],
    "treasurer@demo.test": [
        "/cooperative",
        "/cooperative/invoices",
        "/cooperative/payments",
        "/cooperative/payouts",
        "/cooperative/ledger",
        "/cooperative/ledger/trial-balance",
        "/cooperative/margins",
    ],
    "platform@demo.test": ["/platform", "/platform/outbox"],
}
"""The lists that may not be empty for whom the demo was made."""

VISITOR = "a visitor"

ENOUGH = 3
"""So many pages of a kind everybody opens: the first ones that other pages link to."""

NOT_LINKED = {
    *("billing.paid", "search.suggest", "health.healthz", "health.readyz", "products.picture", "static"),
    *("saved_letters.ask_to_stop", "promises.show", "sitemap.index", "sitemap.products", "sitemap.robots"),
    *("cooperative_imports.export", "cooperative_imports.template", "seller_imports.template"),
}
"""Where Stripe, scripts, supervisors, search engines and forms go."""

NOT_IN_THE_DEMO = {
    *("cooperative_imports.show", "cooperative_imports.report", "seller_imports.show", "seller_imports.report"),
    "seller_variants.one",
}
"""Nobody has brought a file yet, and those who can log in as sellers have no product with variants."""


@pytest.fixture(scope="module")
def loaded(make_pasok: MakePasok, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPasok]:
    """A Pasok with the demo, its card payments made at a sandbox."""
    with RunningSandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        stripe = {
            "stripe_api_key": sandbox.api_key,
            "stripe_api_base": sandbox.url,
            "stripe_webhook_secret": sandbox.webhook_secret,
        }
        with make_pasok(**stripe) as pasok:
            assert "was loaded" in pasok.flask("demo", "load")
            yield pasok


def log_in(pasok: OwnPasok, email: str) -> PageClient:
    client = pasok.client()
    answer = client.submit("/login", {"email": email, "password": DEMO_PASSWORD})
    assert answer.status_code == 302, email
    return client


def test_a_second_load_changes_nothing_and_says_so(loaded: OwnPasok):
    counted = [func.count(AuditRecord.id), func.max(AuditRecord.id)]
    before = session.execute(select(*counted)).one()
    assert "nothing was changed" in loaded.flask("demo", "load")
    assert session.execute(select(*counted)).one() == before


def test_what_buyers_type_finds_what_they_mean(loaded: OwnPasok):
    assert "| overall (" in loaded.flask("search", "evaluate", "--check")


@pytest.mark.parametrize(
    ("column", "states"),
    [
        (Order.state, OrderState),
        (SellerOrder.state, OrderState),
        (Shipment.state, ShipmentState),
        (Invoice.state, InvoiceState),
        (Payment.state, PaymentState),
        (Payment.method, Method),
        (Payout.state, PayoutState),
        (Product.state, ProductState),
        (Seller.state, SellerState),
    ],
    ids=str,
)
def test_every_state_occurs(loaded: OwnPasok, column: InstrumentedAttribute, states: type):
    assert set(session.scalars(select(column))) == set(states)


def test_some_invoice_is_overdue_and_some_is_not_due_yet(loaded: OwnPasok):
    late = {invoice.overdue for invoice in session.scalars(select(Invoice).where(Invoice.paid_at.is_(None)))}
    assert late == {True, False}


def test_the_books_hold(loaded: OwnPasok):
    findings = dict(checks.run())
    assert {rule: finding.wrong for rule, finding in findings.items() if not finding.ok} == {}
    assert findings["every payment that came in is booked with its amount, and no other payment is"].counted > 10


def test_stock_is_what_its_movements_add_up_to(loaded: OwnPasok):
    assert find_stock_differences() == []


def test_the_index_holds_every_product_for_sale(loaded: OwnPasok):
    compared = sync.compare()
    assert compared.is_equal
    assert compared.published > 250


def test_everything_happened_one_after_the_other_and_before_now(loaded: OwnPasok):
    for order in session.scalars(select(Order)):
        moments = [order.placed_at, *(event.at for event in order.events)]
        assert all(earlier <= later for earlier, later in pairwise(moments)), order.number
    numbers = session.execute(select(Order.number, Order.placed_at).order_by(Order.id)).all()
    assert numbers == sorted(numbers, key=lambda row: row.placed_at) == sorted(numbers)
    for column in (OrderEvent.at, AuditRecord.at, StockMovement.at, JournalEntry.created_at, Payment.paid_at):
        assert session.scalar(select(func.max(column))) < clock.now(), column


def test_what_is_done_to_a_product_follows_on_its_being_described(loaded: OwnPasok):
    deeds = select(AuditRecord.subject_id, AuditRecord.action, AuditRecord.at)
    lives = defaultdict(list)
    for product_id, action, at in session.execute(
        deeds.where(AuditRecord.subject_type == "products").order_by(AuditRecord.at)
    ):
        lives[product_id].append(action)
        assert at is not None
    described, submitted = "product_created", "product_submitted"
    assert {actions[0] for actions in lives.values()} == {described}
    steps = {described, *(f"product_{state}" for state in ProductState)}
    ways = {tuple(action for action in actions if action in steps) for actions in lives.values()}
    asked, decided = "product_change_requested", {"product_change_approved", "product_change_rejected"}
    assert decided <= {action for actions in lives.values() for action in actions}
    assert any(actions[-1] == asked for actions in lives.values())
    assert ways == {
        (described,),
        (described, submitted),
        (described, submitted, "product_published"),
        (described, submitted, "product_rejected"),
        (described, submitted, "product_published", "product_withdrawn"),
    }


def test_letters_were_written_and_nothing_is_left_to_the_worker(loaded: OwnPasok):
    assert len(list((loaded.settings.var_dir / "mail").iterdir())) > 200
    assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 0


def test_pictures_are_kept_as_files(loaded: OwnPasok):
    kept = {path.name for path in Path(loaded.settings.var_dir / "files").rglob("*.webp")}
    assert len(kept) > 100


def test_the_logins_are_those_of_the_readme():
    assert set(DEMO_LOGINS) == set(ROLES) == set(FULL)


@pytest.mark.parametrize("email", ROLES)
def test_everybody_can_log_in_and_holds_their_roles(loaded: OwnPasok, email: str):
    client = log_in(loaded, email)
    assert client.get("/account").status_code == 200
    assert actor_for(get_user(email)).roles == ROLES[email]


@pytest.mark.parametrize("email", ROLES)
def test_the_lists_of_the_demo_people_have_something_in_them(loaded: OwnPasok, email: str):
    client = log_in(loaded, email)
    for path in FULL[email]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert 'class="empty-state"' not in answer.text, path


def test_every_page_opens_for_whom_it_is_and_is_reached_by_links(loaded: OwnPasok):
    opened: dict[str, set[str]] = defaultdict(set)
    shut: list[str] = []
    for who in [VISITOR, *ROLES]:
        for endpoint in walk(loaded, who, shut):
            opened[endpoint].add(who)
    assert shut == []
    unseen = []
    for endpoint, allowed in PAGES.items():
        if endpoint in NOT_LINKED | NOT_IN_THE_DEMO or not is_page(loaded, endpoint):
            continue
        people = {who for who, roles in ROLES.items() if allowed in (ANYBODY, EVERYBODY) or roles & set(allowed)}
        people |= {VISITOR} if allowed == ANYBODY else set()
        if not opened[endpoint] & people:
            unseen.append(endpoint)
    assert unseen == [], "nobody was led there"


def walk(pasok: OwnPasok, who: str, shut: list[str]) -> set[str]:
    """Open what somebody is led to by links, from the front page on; returns the endpoints, notes what was `shut`."""
    client, adapter = pasok.client() if who == VISITOR else log_in(pasok, who), pasok.app.url_map.bind("localhost")
    waiting, seen, opened = [("/", "")], set(), defaultdict(int)
    while waiting:
        path, led_here = waiting.pop(0)
        endpoint = find_endpoint(adapter, path)
        if path in seen or opened[endpoint] >= ENOUGH or endpoint == "static":
            continue
        seen.add(path)
        opened[endpoint] += 1
        answer = client.get(path, follow_redirects=True)
        if answer.status_code != 200:
            shut.append(f"{who}: {led_here} leads to {path}: {answer.status_code}")
        elif answer.mimetype == "text/html":
            waiting += [(target, path) for target in links(answer.text, path)]
        answer.close()
    return set(opened)


def find_endpoint(adapter: MapAdapter, path: str) -> str | None:
    try:
        return adapter.match(path, method="GET")[0]
    except HTTPException:
        return None


def links(page: str, path: str) -> list[str]:
    """The pages of Pasok that a page leads to, without what they are asked."""
    found = re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page)
    targets = [urlsplit(urljoin(f"http://localhost{path}", unescape(target))) for target in found]
    return [target.path for target in targets if target.netloc == "localhost"]


def is_page(pasok: OwnPasok, endpoint: str) -> bool:
    return any("GET" in (rule.methods or ()) for rule in pasok.app.url_map.iter_rules(endpoint))


def test_many_products_for_load_tests_are_varied_and_made_once(loaded: OwnPasok):
    assert "Made 400 products" in loaded.flask("demo", "load", "--products", "400")
    assert "400 products for load tests are there already" in loaded.flask("demo", "load", "--products", "400")
    made = session.execute(
        select(Product.name, Product.seller_id, Product.category_id, Product.state)
        .join(Offer)
        .where(Offer.sku.startswith("LOAD-"))
    ).all()
    assert len(made) == 400
    assert len({row.name for row in made}) > 380
    assert len({row.seller_id for row in made}) > 15
    assert len({row.category_id for row in made}) > 40
    assert {row.state for row in made} == {ProductState.PUBLISHED}
    assert find_stock_differences() == []
    assert sync.compare().is_equal
    assert "Made 50 products" in loaded.flask("demo", "load", "--products", "450")
