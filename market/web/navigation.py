"""The menus: which pages a person in certain roles goes to, and under what words.

The left navigation has at most seven entries; what is seldom needed moves to the person's menu when there are more.
The bottom bar on a phone has four.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from market.web.links import place

MOST_ENTRIES = 7
MOST_AT_THE_BOTTOM = 4

VISITOR = "visitor"
BUYING = frozenset({"buyer", "approver", "receiving", "finance"})


@dataclass(frozen=True)
class MenuEntry:
    """One page in a menu, and the roles that see it."""

    label: Any
    endpoint: str
    icon: str
    roles: frozenset[str]
    group: Any = ""
    seldom: bool = False


@dataclass(frozen=True)
class Link:
    """A menu entry on the page that is open."""

    label: str
    url: str
    icon: str
    endpoint: str
    group: str
    active: bool


@dataclass(frozen=True)
class Navigation:
    """The menus of one page: `entries` beside or above it, `more` in the person's menu, `bottom` on a phone."""

    entries: list[Link]
    more: list[Link]
    bottom: list[Link]
    shows_cart: bool

    @property
    def groups(self) -> list[tuple[str, list[Link]]]:
        """The entries under the nouns they belong to, in order; an entry that is alone needs no noun above it."""
        grouped = [(noun, list(links)) for noun, links in groupby(self.entries, key=lambda link: link.group)]
        return [(noun if len(links) > 1 else "", links) for noun, links in grouped]


def _roles(*names: str) -> frozenset[str]:
    return frozenset(names)


# Indonesian has no plural, other languages do.
PRODUCTS = lazy_pgettext("plural", "Produk")
ORDERS = lazy_pgettext("plural", "Pesanan")
INVOICES = lazy_pgettext("plural", "Tagihan")
SELLERS = lazy_pgettext("plural", "Penjual")
MARGINS = lazy_pgettext("plural", "Marjin")
CONTRACTS = lazy_pgettext("plural", "Kontrak")
CATEGORIES = lazy_pgettext("plural", "Kategori")
CERTIFICATES = lazy_pgettext("plural", "Sertifikat")
MONEY, MEMBERS = _l("Keuangan"), _l("Anggota")

ENTRIES = (
    MenuEntry(_l("Beranda"), "search.home", "home", BUYING),
    MenuEntry(ORDERS, "purchasing.index", "clipboard-list", BUYING),
    MenuEntry(_l("Penerimaan"), "receiving.index", "package-import", _roles("receiving")),
    MenuEntry(INVOICES, "billing.index", "file-invoice", _roles("buyer", "finance")),
    MenuEntry(
        _l("Harga kontrak"), "contracts.index", "file-certificate", _roles("buyer", "approver", "finance"), seldom=True
    ),
    MenuEntry(_l("Pencarian tersimpan"), "saved_searches.index", "bookmark", BUYING, seldom=True),
    MenuEntry(_l("Perusahaan"), "organisations.company", "building-factory-2", BUYING),
    MenuEntry(_l("Ringkasan"), "desks.seller", "layout-dashboard", _roles("seller")),
    MenuEntry(PRODUCTS, "seller_products.index", "package", _roles("seller"), PRODUCTS),
    MenuEntry(_l("Stok"), "stock.index", "building-warehouse", _roles("seller"), PRODUCTS),
    MenuEntry(CERTIFICATES, "seller_certificates.index", "certificate", _roles("seller"), PRODUCTS, seldom=True),
    MenuEntry(CONTRACTS, "seller_contracts.index", "file-certificate", _roles("seller"), PRODUCTS, seldom=True),
    MenuEntry(ORDERS, "seller_orders.index", "clipboard-list", _roles("seller"), ORDERS),
    MenuEntry(INVOICES, "seller_invoices.index", "file-invoice", _roles("seller"), MONEY),
    MenuEntry(_l("Pencairan dana"), "seller_payouts.index", "cash", _roles("seller"), MONEY),
    MenuEntry(_l("Usaha saya"), "membership.business", "building-store", _roles("seller"), MEMBERS),
    MenuEntry(_l("Hari tutup"), "closures.index", "calendar-off", _roles("seller"), MEMBERS, seldom=True),
    MenuEntry(_l("Ringkasan"), "desks.cooperative", "layout-dashboard", _roles("admin", "treasurer")),
    MenuEntry(SELLERS, "membership.sellers", "building-store", _roles("admin"), MEMBERS),
    MenuEntry(_l("Pemeriksaan produk"), "moderation.index", "checklist", _roles("admin"), PRODUCTS),
    MenuEntry(_l("Permintaan"), "demand.index", "chart-bar", _roles("admin", "treasurer"), PRODUCTS, seldom=True),
    MenuEntry(CERTIFICATES, "certificate_checks.index", "certificate", _roles("admin"), PRODUCTS, seldom=True),
    MenuEntry(CATEGORIES, "categories.index", "category", _roles("admin"), PRODUCTS, seldom=True),
    MenuEntry(MARGINS, "margins.index", "percentage", _roles("admin", "treasurer"), PRODUCTS, seldom=True),
    MenuEntry(
        CONTRACTS,
        "cooperative_contracts.index",
        "file-certificate",
        _roles("admin", "treasurer"),
        PRODUCTS,
        seldom=True,
    ),
    MenuEntry(ORDERS, "cooperative_orders.index", "clipboard-list", _roles("admin", "treasurer"), ORDERS),
    MenuEntry(INVOICES, "cooperative_invoices.index", "file-invoice", _roles("admin", "treasurer"), MONEY),
    MenuEntry(_l("Pencairan dana"), "payouts.index", "cash", _roles("treasurer"), MONEY),
    MenuEntry(_l("Jurnal"), "ledger.journal", "book-2", _roles("treasurer"), MONEY),
    MenuEntry(_l("Neraca saldo"), "ledger.trial_balance", "scale", _roles("treasurer"), MONEY, seldom=True),
    MenuEntry(_l("Ringkasan"), "desks.platform", "layout-dashboard", _roles("platform")),
    MenuEntry(CATEGORIES, "platform_categories.tree", "category", _roles("platform")),
)

BOTTOM_ENTRIES = (
    MenuEntry(_l("Beranda"), "search.home", "home", BUYING | {VISITOR}),
    MenuEntry(_l("Cari"), "search.results", "search", _roles(VISITOR)),
    MenuEntry(_l("Jadi penjual"), "membership.apply", "building-store", _roles(VISITOR)),
    MenuEntry(_l("Masuk"), "accounts.login", "login", _roles(VISITOR)),
    MenuEntry(_l("Keranjang"), "cart.show", "shopping-cart", _roles("buyer")),
    MenuEntry(ORDERS, "purchasing.index", "clipboard-list", BUYING),
    MenuEntry(_l("Penerimaan"), "receiving.index", "package-import", _roles("receiving")),
    MenuEntry(INVOICES, "billing.index", "file-invoice", _roles("buyer", "finance")),
    MenuEntry(_l("Perusahaan"), "organisations.company", "building-factory-2", BUYING),
    MenuEntry(_l("Ringkasan"), "desks.seller", "layout-dashboard", _roles("seller")),
    MenuEntry(PRODUCTS, "seller_products.index", "package", _roles("seller")),
    MenuEntry(ORDERS, "seller_orders.index", "clipboard-list", _roles("seller")),
    MenuEntry(_l("Stok"), "stock.index", "building-warehouse", _roles("seller")),
    MenuEntry(_l("Ringkasan"), "desks.cooperative", "layout-dashboard", _roles("admin", "treasurer")),
    MenuEntry(PRODUCTS, "moderation.index", "checklist", _roles("admin")),
    MenuEntry(SELLERS, "membership.sellers", "building-store", _roles("admin")),
    MenuEntry(INVOICES, "cooperative_invoices.index", "file-invoice", _roles("treasurer")),
    MenuEntry(_l("Pencairan"), "payouts.index", "cash", _roles("treasurer")),
    MenuEntry(ORDERS, "cooperative_orders.index", "clipboard-list", _roles("admin", "treasurer")),
    MenuEntry(_l("Ringkasan"), "desks.platform", "layout-dashboard", _roles("platform")),
    MenuEntry(CATEGORIES, "platform_categories.tree", "category", _roles("platform")),
    MenuEntry(_l("Cari"), "search.results", "search", _roles("platform")),
)


def navigation() -> Navigation:
    """The menus for whoever looks at this page; asked by the layouts only, so a fragment costs nothing."""
    actor: Any = current_app.jinja_env.globals["current_actor"]
    roles = frozenset(str(role) for role in actor.roles) if actor.is_authenticated else frozenset({VISITOR})
    entries, more = _within_limit(_seen_by(roles, ENTRIES))
    bottom = _seen_by(roles, BOTTOM_ENTRIES)[:MOST_AT_THE_BOTTOM]
    return Navigation(
        entries=_links(entries),
        more=_links(more),
        bottom=_links(bottom),
        shows_cart="buyer" in roles and bool(place("cart.show")),
    )


def _seen_by(roles: frozenset[str], entries: Iterable[MenuEntry]) -> list[MenuEntry]:
    return [entry for entry in entries if entry.roles & roles and entry.endpoint in current_app.view_functions]


def _within_limit(entries: list[MenuEntry]) -> tuple[list[MenuEntry], list[MenuEntry]]:
    room = MOST_ENTRIES - sum(not entry.seldom for entry in entries)
    seldom = [entry for entry in entries if entry.seldom]
    more = seldom[max(room, 0) :]
    return [entry for entry in entries if entry not in more], more


def _links(entries: list[MenuEntry]) -> list[Link]:
    here = _entry_of_this_page(entries)
    return [
        Link(
            label=str(entry.label),
            url=place(entry.endpoint),
            icon=entry.icon,
            endpoint=entry.endpoint,
            group=str(entry.group),
            active=entry is here,
        )
        for entry in entries
    ]


def _entry_of_this_page(entries: list[MenuEntry]) -> MenuEntry | None:
    """The entry whose page is open, or else the one whose part (blueprint) the open page belongs to."""
    for entry in entries:
        if entry.endpoint == request.endpoint:
            return entry
    return next((entry for entry in entries if entry.endpoint.rpartition(".")[0] == request.blueprint), None)
