"""A small application that shows every pattern with made-up content, to look at and to test without a database.

`python -m tests.market.web.gallery PORT` serves it.
"""

import sys
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Flask, abort, flash, render_template, request
from flask_babel import Babel
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import BooleanField, DateField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from market import clock
from market.config import ROOT, Settings
from market.errors import DomainError
from market.pages import Page
from market.web import setup
from market.web.fields import PercentField, RupiahField, WholeNumberField
from market.web.navigation import BOTTOM_ENTRIES, ENTRIES

OTHER_ENDPOINTS = {
    "accounts.logout",
    "accounts.profile",
    "accounts.switch",
    "accounts.language",
    "search.results",
    "cart.show",
}
ROLES_OF = {
    "buyer": {"buyer", "finance"},
    "approver": {"approver"},
    "receiving": {"receiving"},
    "seller": {"seller"},
    "admin": {"admin"},
    "treasurer": {"treasurer"},
    "pengurus": {"admin", "treasurer"},
    "platform": {"platform"},
}


class State(StrEnum):
    """One made-up state for each tone."""

    DRAFT = "draft"
    SHIPPED = "shipped"
    AWAITING = "awaiting"
    DONE = "done"
    LATE = "late"

    @property
    def label(self) -> str:
        return {"draft": "Draf", "shipped": "Dikirim", "awaiting": "Menunggu", "done": "Selesai", "late": "Terlambat"}[
            self
        ]

    @property
    def tone(self) -> str:
        return {"draft": "grey", "shipped": "blue", "awaiting": "yellow", "done": "green", "late": "red"}[self]


@dataclass
class Person:
    """Who looks at the gallery; `as=` in the address chooses."""

    is_authenticated: bool = False
    name: str = ""
    email: str = ""
    roles: set[str] = field(default_factory=set)
    organisation: Any = None
    organisations: list[Any] = field(default_factory=list)


class ProductForm(FlaskForm):
    """Every kind of field."""

    name = StringField("Nama produk", [InputRequired("Isi nama produk."), Length(max=80)])
    category = SelectField(
        "Kategori", choices=[SelectChoice("kemasan", "Kemasan"), SelectChoice("seragam", "Seragam kerja")]
    )
    description = TextAreaField("Deskripsi", render_kw={"rows": 4})
    price = RupiahField("Harga satuan", [InputRequired("Isi harga satuan.")], lowest=1)
    minimum = WholeNumberField("Minimal pembelian", lowest=1)
    lead_time = WholeNumberField("Lama pengerjaan", highest=365)
    margin = PercentField("Marjin")
    ready = DateField("Tersedia mulai")
    picture = FileField("Gambar")
    terms = RadioField(
        "Pembayaran",
        choices=[SelectChoice("prepaid", "Langsung"), SelectChoice("top30", "Tempo 30 hari")],
        default="top30",
    )
    halal = BooleanField("Produk ini bersertifikat halal")


def create_gallery(var_dir: Path) -> Flask:
    """The gallery; endpoints that the menus lead to are there, empty."""
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(Path(__file__).parent / "templates")]
    )
    app.config.update(SECRET_KEY="gallery", ROOT=ROOT)
    Babel(app, default_locale="id", locale_selector=lambda: request.args.get("lang", "id"))
    CSRFProtect(app)
    app.jinja_env.globals.update(current_actor=_Chosen(), cart_count=3)
    settings = Settings.from_environment(
        {"SECRET_KEY": "gallery", "DATABASE_URL": "postgresql://nowhere/none", "VAR_DIR": str(var_dir)}
    )
    setup.init_app(app, settings)
    _add_empty_pages(app)
    _add_gallery_pages(app)
    _add_failing_pages(app)
    return app


class _Chosen:
    """Stands for the proxy of `market.accounts`: asks the request each time."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_person(request.args.get("as", "")), name)


def _person(kind: str) -> Person:
    if kind not in ROLES_OF:
        return Person()
    home = SimpleNamespace(
        id=1,
        name="PT Cikarang Komponen Presisi" if kind in ("buyer", "approver", "receiving") else "Koperasi Karya Bekasi",
        kind=kind,
    )
    if kind == "seller":
        home.name = "Konveksi Berkah Tambun"
    other = SimpleNamespace(id=2, name="CV Sumber Plastik Jaya", kind="seller")
    return Person(True, "Siti Nur Aminah", "siti@contoh.test", ROLES_OF[kind], home, [home, other])


def _add_empty_pages(app: Flask) -> None:
    endpoints = {entry.endpoint for entry in (*ENTRIES, *BOTTOM_ENTRIES)} | OTHER_ENDPOINTS
    blueprints: dict[str, Blueprint] = {}
    for endpoint in sorted(endpoints):
        part, name = endpoint.split(".")
        blueprint = blueprints.setdefault(part, Blueprint(part, __name__))
        path = "/" if endpoint == "search.home" else f"/{part}/{name}"
        blueprint.add_url_rule(
            path, name, lambda: render_template("gallery/list.html", **_list_content()), methods=["GET", "POST"]
        )
    blueprints["search"].add_url_rule(
        "/search/suggest", "suggest", lambda: render_template("gallery/suggestions.html", q=request.args.get("q", ""))
    )
    for blueprint in blueprints.values():
        app.register_blueprint(blueprint)


def _add_gallery_pages(app: Flask) -> None:
    app.add_url_rule("/gallery/list", "list", lambda: render_template("gallery/list.html", **_list_content()))
    app.add_url_rule("/gallery/desk", "desk", lambda: render_template("gallery/desk.html", **_record_content()))
    app.add_url_rule("/gallery/search", "search", lambda: render_template("gallery/search.html", **_search_content()))
    app.add_url_rule(
        "/gallery/document", "document", lambda: render_template("gallery/document.html", **_record_content())
    )
    app.add_url_rule("/gallery/login", "login", lambda: render_template("gallery/login.html", form=ProductForm()))
    app.add_url_rule("/gallery/parts", "parts", _parts)
    app.add_url_rule("/gallery/record", "record", _record)
    app.add_url_rule("/gallery/form", "form", _form, methods=["GET", "POST"])


def _add_failing_pages(app: Flask) -> None:
    def refuse() -> str:
        raise DomainError("Stok tinggal 40 dus, Anda meminta 50.")

    def break_down() -> str:
        raise RuntimeError("a secret of the inside")

    app.add_url_rule("/gallery/refused", "refused", refuse)
    app.add_url_rule("/gallery/broken", "broken", break_down)
    app.add_url_rule("/gallery/abort/<int:code>", "abort", abort)
    app.add_url_rule("/api/v1/refused", "api_refused", refuse)
    app.add_url_rule("/api/v1/broken", "api_broken", break_down)


def _parts() -> str:
    return render_template("gallery/parts.html", states=list(State), now=clock.now())


def _record() -> str:
    flash("Pesanan dikirim untuk disetujui.", "success")
    flash("Satu baris berubah sejak Anda membukanya.", "warning")
    return render_template("gallery/record.html", **_record_content())


def _form() -> str:
    form = ProductForm(
        data={"name": "Kotak karton B-flute 40 × 30 × 20 cm", "price": 12500, "minimum": 1500, "margin": 250}
    )
    if form.validate_on_submit():
        flash("Produk disimpan.", "success")
    return render_template("gallery/form.html", form=form)


def _list_content() -> dict[str, Any]:
    now = clock.now()
    rows = [
        SimpleNamespace(
            number=f"PO/2026/11/{n:04d}",
            reference=ref,
            seller=seller,
            at=now - timedelta(hours=n * 9),
            total=total,
            state=state,
        )
        for n, (ref, seller, total, state) in enumerate(
            [
                ("Line 3, penggantian seragam", "Konveksi Berkah Tambun", 148_500_000, State.AWAITING),
                ("Kebutuhan rutin November", "CV Sumber Plastik Jaya", 3_275_000, State.SHIPPED),
                ("MRO-2291", "Bengkel Bubut Setia", 67_250_410_500, State.LATE),
                ("Snack rapat", "Dapur Ibu Rahmah", 940_000, State.DONE),
                ("", "Palet Kayu Cibitung Mandiri Sejahtera", 22_000_000, State.DRAFT),
            ],
            start=1,
        )
    ]
    return {"page": Page(items=rows, total=212, page=2, per_page=25)}


def _record_content() -> dict[str, Any]:
    now = clock.now()
    lines = [
        SimpleNamespace(
            name="Kaos kerja lengan panjang, katun 24s, bordir logo",
            unit="pcs",
            price=86_000,
            quantity=1_200,
            amount=103_200_000,
        ),
        SimpleNamespace(
            name="Celana kargo drill, jahitan ganda", unit="pcs", price=118_000, quantity=350, amount=41_300_000
        ),
        SimpleNamespace(name="Sarung tangan katun bintik", unit="lusin", price=40_000, quantity=100, amount=4_000_000),
    ]
    events = [
        {
            "at": now - timedelta(hours=3),
            "title": "Sebagian barang dikirim",
            "by": "Konveksi Berkah Tambun",
            "note": "800 pcs dengan surat jalan SJ/0231",
            "tone": "blue",
        },
        {"at": now - timedelta(days=1), "title": "Penjual menerima pesanan", "by": "Rahmat Hidayat", "tone": "green"},
        {"at": now - timedelta(days=2), "title": "Pesanan dibuat", "by": "Siti Nur Aminah"},
    ]
    return {"lines": lines, "events": events, "now": now, "state": State.SHIPPED, "states": list(State)}


def _search_content() -> dict[str, Any]:
    products = [
        (
            "Kotak karton B-flute 40 × 30 × 20 cm, cetak satu warna",
            4_750,
            "pcs",
            500,
            "CV Sumber Kardus",
            "Cikarang Barat",
            "package",
            ["SNI"],
            12_000,
        ),
        (
            "Kaos kerja lengan panjang katun combed 24s",
            86_000,
            "pcs",
            24,
            "Konveksi Berkah Tambun",
            "Tambun Selatan",
            "shirt",
            ["SNI", "TKDN 62%"],
            640,
        ),
        (
            "Nasi kotak ayam bakar",
            28_000,
            "kotak",
            50,
            "Dapur Ibu Rahmah",
            "Setu",
            "tools-kitchen-2",
            ["Halal", "P-IRT"],
            0,
        ),
        (
            "Palet kayu pinus 110 × 110 cm, perlakuan panas ISPM 15",
            165_000,
            "pcs",
            10,
            "Palet Kayu Cibitung",
            "Cibitung",
            "wood",
            [],
            300,
        ),
        ("Sabun cuci tangan cair 5 liter", 62_000, "jeriken", 4, "Bersih Bersama", "Babelan", "spray", ["Halal"], 90),
        ("Boneka maskot 30 cm", 47_500, "pcs", 100, "Sentra Boneka Bekasi", "Rawalumbu", "balloon", [], 4_000),
        (
            "Bushing kuningan Ø20 mm sesuai gambar",
            35_000,
            "pcs",
            200,
            "Bengkel Bubut Setia",
            "Cikarang Utara",
            "tool",
            ["TKDN 80%"],
            0,
        ),
        (
            "Jasa servis forklift per kunjungan",
            750_000,
            "kali",
            1,
            "Mitra Teknik",
            "Cikarang Pusat",
            "settings",
            [],
            30,
        ),
    ]
    keys = ("name", "price", "unit", "minimum", "seller", "district", "icon", "certificates", "available")
    hits = [SimpleNamespace(**dict(zip(keys, product, strict=True))) for product in products]
    names = [
        "Kemasan",
        "Seragam & APD",
        "Makanan & katering",
        "Kebersihan",
        "ATK & percetakan",
        "Komponen mesin",
        "Kayu & palet",
        "Boneka & suvenir",
    ]
    categories = [
        {"value": name.lower(), "label": name, "count": 40 - 4 * n, "active": n == 1} for n, name in enumerate(names)
    ]
    return {"hits": hits, "categories": categories, "page": Page(items=hits, total=312, page=1, per_page=24)}


if __name__ == "__main__":
    create_gallery(Path(tempfile.gettempdir()) / "pasok-gallery").run(port=int(sys.argv[1]), threaded=True)
