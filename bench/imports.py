"""Bringing products by file: Pasok's worker beside plain COPY and INSERT, and its index beside Meilisearch's own work.

The worker is a process of its own, as in production; it is asked for the memory that it used at its highest.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import psycopg
import xlsxwriter
from flask_migrate import upgrade
from meilisearch import Client
from sqlalchemy import select, text

from bench.servers import working
from bench.timing import Measured, seconds
from catalog.importing import operations
from catalog.importing.models import ImportRun
from catalog.importing.queries import lock_any_run
from catalog.importing.states import ImportMode, ImportState
from catalog.products.models import Product
from catalog.products.states import ProductState
from catalog.signals import products_changed
from market import clock, jobs
from market.config import Settings
from market.db import atomic, session
from market.organisations.districts import DISTRICTS
from market.organisations.models import Cooperative, Seller
from market.organisations.states import SellerState
from search.engine import current
from search.settings import INDEX_SETTINGS
from server.errors import ServerError
from server.meilisearch import TemporaryMeilisearch
from server.postgres import TemporaryPostgres
from wsgi import create_app

HEADINGS = ("sku", "nama", "kategori", "deskripsi", "satuan", "harga", "minimal", "kelipatan", "stok", "lama")
PATIENCE = 3600.0
"""Seconds until a measurement is given up."""

_RAW_BATCH = 10_000

_RAW_INSERTS = (
    """
    INSERT INTO products (seller_id, category_id, slug, name, description, specification, attributes, options,
                          unit_code, lead_time_days, state, created_at, updated_at)
    SELECT {seller}, (SELECT id FROM categories WHERE slug = 'kardus-polos'), 'ukur-' || sku, name, description,
           '[]', '{{}}', '[]', 'H87', lead_time_days, 'draft', now(), now()
    FROM given ON CONFLICT (slug) DO UPDATE SET name = excluded.name
    """,
    """
    INSERT INTO offers (product_id, seller_id, sku, options, position, active, unit_price, min_order, order_multiple,
                        on_hand, reserved, made_to_order)
    SELECT products.id, {seller}, sku, '[]', 0, true, price, min_order, order_multiple, stock, 0, false
    FROM given JOIN products ON products.slug = 'ukur-' || sku
    ON CONFLICT (seller_id, sku) DO UPDATE SET unit_price = excluded.unit_price
    """,
    """
    INSERT INTO stock_movements (offer_id, kind, on_hand_change, reserved_change, at)
    SELECT offers.id, 'adjustment', on_hand, 0, now()
    FROM given JOIN offers ON offers.sku = given.sku AND offers.seller_id = {seller} WHERE on_hand > 0
    ON CONFLICT DO NOTHING
    """,
)
"""What the same rows cost without Pasok: nothing is checked, nothing reported, nothing written down."""


@dataclass(frozen=True)
class Imported:
    """What was measured: milliseconds, each beside the raw work, and the megabytes the worker used at its highest."""

    rows: list[Measured]
    megabytes: int


def measure(*, rows: int) -> Imported:
    """Import a workbook of so many rows, and index its products. Raises ServerError."""
    with ExitStack() as stack:
        postgres = stack.enter_context(TemporaryPostgres())
        meilisearch = stack.enter_context(TemporaryMeilisearch())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pasok-bench-")))
        settings = {
            "SECRET_KEY": "only for measuring",
            "DATABASE_URL": postgres.url,
            "MEILI_URL": meilisearch.url,
            "MEILI_KEY": meilisearch.key,
            "VAR_DIR": str(folder),
        }
        app = create_app(Settings.from_environment(settings))
        stack.enter_context(app.app_context())
        upgrade()
        file = folder / "produk.xlsx"
        _write_workbook(file, rows)
        return _measure(file, rows, settings, postgres.url, Client(meilisearch.url, meilisearch.key))


def _measure(file: Path, rows: int, settings: Mapping[str, str], database_url: str, meilisearch: Client) -> Imported:
    raw = _timed("COPY and INSERT", lambda: _raw_copy(database_url, _make_seller("mentah"), rows))
    seller_id = _make_seller("umkm")
    with working(settings, Path(settings["VAR_DIR"]) / "worker.log") as worker:
        imported = _timed("import of a workbook", lambda: _import(file, seller_id), beside=raw)
        _publish(seller_id)
        indexed_ms = seconds(lambda: _index(seller_id)) * 1000
        megabytes = _highest_megabytes(worker)
    documents = list(current().documents_between(0, None).values())
    alone = _timed("Meilisearch alone", lambda: _raw_index(meilisearch, documents))
    indexed = Measured("all searchable", indexed_ms, indexed_ms, beside=alone)
    return Imported([imported, indexed], megabytes)


def _timed(name: str, do: Callable[[], object], beside: Measured | None = None) -> Measured:
    took = seconds(do) * 1000
    return Measured(name, took, took, beside)


def _goods(rows: int) -> Iterator[tuple[Any, ...]]:
    for n in range(rows):
        name = f"Kardus polos nomor {n} ukuran {n % 97} cm"
        yield (
            f"UKUR-{n:06d}", name, "Kardus polos", f"{name}, satu dinding, kuat dan rapi, dari Bekasi.", "pcs",
            1000 + n % 5000 * 10, 10, 5, n % 1000, n % 14,
        )  # fmt: skip


def _write_workbook(path: Path, rows: int) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADINGS, *_goods(rows))):
            sheet.write_row(number, 0, row)


def _make_seller(slug: str) -> int:
    with atomic():
        cooperative = session.scalar(select(Cooperative)) or Cooperative(name="Koperasi Ukur", slug="koperasi-ukur")
        seller = Seller(
            name=f"UMKM {slug}",
            slug=slug,
            cooperative=cooperative,
            state=SellerState.APPROVED,
            district_code=DISTRICTS[0].code,
        )
        session.add(seller)
        session.flush()
    return seller.id


def _raw_copy(database_url: str, seller_id: int, rows: int) -> None:
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE given (sku text, name text, category text, description text, unit text, price bigint,"
            " min_order bigint, order_multiple bigint, stock bigint, lead_time_days bigint)"
        )
        with cursor.copy("COPY given FROM STDIN") as copy:
            for row in _goods(rows):
                copy.write_row(row)
        for insert in _RAW_INSERTS:
            cursor.execute(insert.format(seller=seller_id).encode())


def _import(file: Path, seller_id: int) -> None:
    """From the file in the store to the rows in the catalogue, as the worker does it."""
    run = operations.keep_file(file.read_bytes(), file.name, seller_id=seller_id, by=None, background=True)
    _wait_for(run.id, ImportState.CHECKED)
    with atomic():
        operations.settle_mode(lock_any_run(run.id), ImportMode.ALL, prices_confirmed=True)
        jobs.defer("importing.write", run_id=run.id, user_id=0, organisation_id=0)
    _wait_for(run.id, ImportState.DONE)


def _wait_for(run_id: int, state: ImportState) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        session.rollback()
        found = session.execute(select(ImportRun.state, ImportRun.problem).where(ImportRun.id == run_id)).one()
        if found.state is state:
            return
        if found.problem:
            raise ServerError(f"The import failed: {found.problem}")
        time.sleep(0.05)
    raise ServerError(f"The import was not {state} in time.")


def _publish(seller_id: int) -> None:
    """Let buyers find them all, without telling anybody."""
    with atomic():
        session.execute(
            text("UPDATE products SET state = :state, published_at = :now WHERE seller_id = :seller"),
            {"state": ProductState.PUBLISHED.value, "now": clock.now(), "seller": seller_id},
        )


def _index(seller_id: int) -> None:
    """Announce them all, and wait until the worker has brought the last one into the index."""
    with atomic():
        ids = list(session.scalars(select(Product.id).where(Product.seller_id == seller_id)))
        products_changed.send(None, product_ids=ids)
    waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        session.rollback()
        if not session.scalar(waiting):
            return
        time.sleep(0.1)
    raise ServerError("The products were not indexed in time.")


def _raw_index(meilisearch: Client, documents: list[Any]) -> None:
    """The same documents into an index of its own, as fast as Meilisearch takes them."""
    index = meilisearch.index("mentah")
    meilisearch.create_index("mentah", {"primaryKey": "id"})
    tasks = [index.update_settings(INDEX_SETTINGS)]
    tasks += index.add_documents_in_batches(documents, _RAW_BATCH)
    for task in tasks:
        meilisearch.wait_for_task(task.task_uid, timeout_in_ms=int(PATIENCE * 1000), interval_in_ms=50)


def _highest_megabytes(worker: Popen[bytes]) -> int:
    (peak,) = (
        line.split()[1] for line in Path(f"/proc/{worker.pid}/status").read_text().splitlines() if "VmHWM" in line
    )
    return int(peak) // 1024
