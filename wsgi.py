"""The front door: everything the application is made of, on one page."""

from pathlib import Path

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from catalog.categories import api as categories_api
from catalog.categories import views as categories_views
from catalog.closures import tasks as closures_tasks
from catalog.closures import views as closures_views
from catalog.comparing import views as comparing_views
from catalog.importing import commands as importing_commands
from catalog.importing import tasks as importing_tasks
from catalog.importing.views import cooperative as cooperative_imports_views
from catalog.importing.views import seller as seller_imports_views
from catalog.margins import views as margins_views
from catalog.prices import api as prices_api
from catalog.prices import tasks as prices_tasks
from catalog.prices.views import buyer as contracts_views
from catalog.prices.views import cooperative as cooperative_contracts_views
from catalog.prices.views import planned as planned_prices_views
from catalog.prices.views import seller as seller_contracts_views
from catalog.products import api as products_api
from catalog.products import change_api
from catalog.products import letters as products_letters
from catalog.products import subscriptions as products_subscriptions
from catalog.products import tasks as products_tasks
from catalog.products.views import certificates as certificates_views
from catalog.products.views import changes as changes_views
from catalog.products.views import moderation as moderation_views
from catalog.products.views import public as products_views
from catalog.products.views import scans as scans_views
from catalog.products.views import seller as seller_products_views
from catalog.products.views import sitemap as sitemap_views
from catalog.products.views import variants as seller_variants_views
from catalog.products.views import verification as verification_views
from catalog.stock import api as stock_api
from catalog.stock import checks as stock_checks
from catalog.stock.views import capacity as capacity_views
from catalog.stock.views import desk as stock_views
from catalog.stock.views import promises as promises_views
from demo import commands as demo_commands
from market import files, mail, worker
from market.accounts import acting
from market.accounts import api as accounts_api
from market.accounts import commands as accounts_commands
from market.accounts import views as accounts_views
from market.config import ROOT, BadSetting, Settings
from market.db import db
from market.ledger import api as ledger_api
from market.ledger import commands as ledger_commands
from market.ledger import views as ledger_views
from market.membership import api as membership_api
from market.membership import views as membership_views
from market.organisations import views as organisations_views
from market.payments import checks as payments_checks
from market.payments import provider
from market.payments import tasks as payments_tasks
from market.payments import views as payments_views
from market.web import api, api_docs, health, limits, locale, logs, setup, templating, uploads
from orders.billing import api as billing_api
from orders.billing import checks as billing_checks
from orders.billing import subscriptions as billing_subscriptions
from orders.billing import tasks as billing_tasks
from orders.billing.views import buyer as billing_buyer_views
from orders.billing.views import cooperative as billing_cooperative_views
from orders.billing.views import seller as billing_seller_views
from orders.billing.views import transfers as billing_transfers_views
from orders.cart import views as cart_views
from orders.desks import views as desks_views
from orders.fulfilment import api as fulfilment_api
from orders.fulfilment import tasks as fulfilment_tasks
from orders.fulfilment.views import documents as deliveries_views
from orders.fulfilment.views import receiving as receiving_views
from orders.fulfilment.views import returns as returns_views
from orders.fulfilment.views import shipping as shipping_views
from orders.payouts import api as payouts_api
from orders.payouts import checks as payouts_checks
from orders.payouts import subscriptions as payouts_subscriptions
from orders.payouts import tasks as payouts_tasks
from orders.payouts.views import cooperative as payouts_cooperative_views
from orders.payouts.views import seller as payouts_seller_views
from orders.purchasing import api as purchasing_api
from orders.purchasing import checks as purchasing_checks
from orders.purchasing import tasks as purchasing_tasks
from orders.purchasing.views import buyer as purchasing_buyer_views
from orders.purchasing.views import cooperative as purchasing_cooperative_views
from orders.purchasing.views import seller as purchasing_seller_views
from search import api as search_api
from search import commands as search_commands
from search import setup as search_setup
from search import subscriptions as search_subscriptions
from search import tasks as search_tasks
from search import views as search_views
from search.record import subscriptions as record_subscriptions
from search.record import tasks as record_tasks
from search.record.views import browser as record_views
from search.record.views import cooperative as demand_views
from search.record.views import seller as invitations_views
from search.saved import tasks as saved_searches_tasks
from search.saved import views as saved_searches_views
from server import attach
from server.errors import ServerError

REGISTERED = (
    importing_tasks,
    closures_tasks,
    stock_checks,
    products_letters,
    products_tasks,
    prices_tasks,
    payments_checks,
    payments_tasks,
    purchasing_checks,
    purchasing_tasks,
    fulfilment_tasks,
    billing_checks,
    billing_tasks,
    payouts_checks,
    payouts_tasks,
    search_tasks,
    saved_searches_tasks,
    record_tasks,
)
"""Modules that are imported for the jobs and the checks they name."""


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; without `settings` they are read from the environment, else from the embedded servers."""
    settings = settings or _settings()
    app = Flask(__name__, template_folder="templates", static_folder=None)
    app.jinja_environment = templating.SharingEnvironment
    _configure(app, settings)
    logs.init_app(app)  # first, so that even a request refused at the door is noted
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    uploads.init_app(app)  # before CSRF, which reads the form
    csrf = CSRFProtect(app)
    files.use(files.store_for(settings))
    mail.use(mail.outbox_for(settings), sender=settings.mail_from, site=settings.base_url)
    provider.use(provider.gateway_for(settings))
    acting.init_app(app)
    for part in (locale, limits):
        part.init_app(app)
    setup.init_app(app, settings)
    Compress(app)
    search_setup.init_app(app, settings)
    _add_pages(app, csrf)
    _add_api(app, csrf)
    _add_commands(app)
    _subscribe()
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.trusted_proxies,
            x_proto=settings.trusted_proxies,
            x_host=settings.trusted_proxies,
        )
    return app


def _settings() -> Settings:
    try:
        return Settings.from_environment(attach.ensure_servers())
    except (BadSetting, ServerError) as error:
        raise SystemExit(f"Pasok cannot start: {error}") from error


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        ROOT=Path(ROOT),
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_SECURE=settings.session_cookie_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=["text/html", "application/json", "application/problem+json", "text/csv"],
        COMPRESS_STREAMS=False,
    )


def _add_pages(app: Flask, csrf: CSRFProtect) -> None:
    """Every page, from the ground floor up.

    A webhook is believed for its signature, and a way out of letters for its token, so they need no CSRF token.
    """
    for blueprint in (
        accounts_views.bp,
        organisations_views.bp,
        membership_views.bp,
        health.bp,
        api_docs.bp,
        payments_views.bp,
        ledger_views.bp,
        products_views.bp,
        sitemap_views.bp,
        seller_imports_views.bp,
        cooperative_imports_views.bp,
        seller_products_views.bp,
        seller_variants_views.bp,
        certificates_views.bp,
        moderation_views.bp,
        changes_views.bp,
        verification_views.bp,
        scans_views.bp,
        categories_views.bp,
        categories_views.platform_bp,
        margins_views.bp,
        stock_views.bp,
        capacity_views.bp,
        promises_views.bp,
        closures_views.bp,
        seller_contracts_views.bp,
        contracts_views.bp,
        cooperative_contracts_views.bp,
        planned_prices_views.bp,
        comparing_views.bp,
        search_views.bp,
        record_views.bp,
        demand_views.bp,
        invitations_views.bp,
        saved_searches_views.bp,
        saved_searches_views.letters_bp,
        cart_views.bp,
        purchasing_buyer_views.bp,
        purchasing_seller_views.bp,
        purchasing_cooperative_views.bp,
        shipping_views.bp,
        receiving_views.bp,
        returns_views.bp,
        deliveries_views.bp,
        billing_buyer_views.bp,
        billing_seller_views.bp,
        billing_cooperative_views.bp,
        billing_transfers_views.bp,
        payouts_seller_views.bp,
        payouts_cooperative_views.bp,
        desks_views.bp,
    ):
        app.register_blueprint(blueprint)
    cart_views.init_app(app)
    returns_views.init_app(app)
    csrf.exempt(payments_views.bp)
    csrf.exempt(saved_searches_views.letters_bp)


def _add_api(app: Flask, csrf: CSRFProtect) -> None:
    """Every part of /api/v1; it takes bearer tokens, never the login cookie, so it needs no CSRF token."""
    blueprints = (
        accounts_api.bp,
        membership_api.bp,
        categories_api.bp,
        products_api.bp,
        stock_api.bp,
        change_api.bp,
        prices_api.bp,
        purchasing_api.bp,
        fulfilment_api.bp,
        search_api.bp,
        ledger_api.bp,
        billing_api.bp,
        payouts_api.bp,
    )
    api.init_app(app, *blueprints)
    for blueprint in blueprints:
        csrf.exempt(blueprint)


def _add_commands(app: Flask) -> None:
    """Every `flask …` command."""
    for command in (
        accounts_commands.users,
        accounts_commands.tokens,
        importing_commands.catalog,
        ledger_commands.ledger,
        search_commands.search,
        demo_commands.demo,
        worker.worker,
    ):
        app.cli.add_command(command)


def _subscribe() -> None:
    """Upper floors listen to what lower floors announce."""
    billing_subscriptions.subscribe()
    products_subscriptions.subscribe()
    search_subscriptions.subscribe()
    record_subscriptions.subscribe()
    payouts_subscriptions.subscribe()
