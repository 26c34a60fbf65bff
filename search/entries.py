"""Keeps `search_entries` what the catalogue is: the first stop of every change on its way to what is found."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, func, select

from catalog.products.models import Product
from market.copying import as_json, copy_rows
from market.db import atomic, session
from search import findable
from search.documents import ProductDocument, describe
from search.models import SearchEntry
from search.words import vectors_of

READ_BATCH = 2500
"""How many products are read at once when all are gone through."""

_LOCK_KEY = 0x5EA2C403
"""The number of the advisory lock, which means nothing to anybody else in the database."""

_STORED = select(SearchEntry.product_id, SearchEntry.document)

_COLUMNS = (
    *("product_id", "seller_id", "category_id", "district_code", "price", "min_order", "largest_order", "made_within"),
    *("lead_time_days", "in_stock", "published_at", "certifications", "spec", "name_words", "words", "document"),
)


def write_entries(product_ids: Iterable[int]) -> dict[int, str]:
    """Bring the entries of these products in step: write those that buyers may find, remove the others.

    Answers with the documents of those written, as JSON, by id.
    """
    wanted = set(product_ids)
    with _one_at_a_time():
        products = findable.list_findable(wanted)
        _remove(wanted)
        return _add(products, describe(products))


def remove_entries_of(seller_id: int) -> None:
    """Take everything of a seller out, at once."""
    with _one_at_a_time():
        session.execute(delete(SearchEntry).where(SearchEntry.seller_id == seller_id))


def compare_entries(after: int, *, limit: int, mend: bool) -> tuple[dict[int, ProductDocument], int, int | None]:
    """Compare the products that follow the id `after` with their entries, and with `mend` write what differs.

    Answers the documents as they should be, how many entries were not so, and where to go on (None: nowhere).
    """
    with _one_at_a_time():
        products = findable.list_findable_after(after, limit=limit)
        until = products[-1].id if len(products) == limit else None
        wanted = {document["id"]: document for document in describe(products)}
        found = _documents_between(after, until)
        wrong = [product for product in products if found.get(product.id) != wanted[product.id]]
        surplus = found.keys() - wanted.keys()
        if mend:
            _remove(surplus | {product.id for product in wrong})
            _add(wrong, [wanted[product.id] for product in wrong])
    return wanted, len(wrong) + len(surplus), until


def mend_entries(progress: Callable[[int], None] | None = None) -> None:
    """See to it that every product that buyers may find has its entry, and no other product one."""
    after: int | None = 0
    while after is not None:
        documents, _stale, after = compare_entries(after, limit=READ_BATCH, mend=True)
        if progress:
            progress(len(documents))


def documents_of(product_ids: Iterable[int]) -> dict[int, ProductDocument]:
    """The documents of these products that have an entry, by id."""
    return _documents(_STORED.where(SearchEntry.product_id == func.any(list(product_ids))))


def documents_after(after: int, *, limit: int) -> dict[int, ProductDocument]:
    """The documents of the next entries, in id order."""
    following = _STORED.where(SearchEntry.product_id > after)
    with atomic():  # whoever compares or sends them now needs no transaction
        return _documents(following.order_by(SearchEntry.product_id).limit(limit))


def _documents_between(after: int, until: int | None) -> dict[int, ProductDocument]:
    """The documents of the entries whose product's id is above `after` and at most `until`."""
    following = _STORED.where(SearchEntry.product_id > after)
    return _documents(following if until is None else following.where(SearchEntry.product_id <= until))


def _documents(query: Any) -> dict[int, ProductDocument]:
    return dict(session.execute(query).tuples().all())


def _add(products: Iterable[Product], documents: Iterable[ProductDocument]) -> dict[int, str]:
    """Write new entries, PostgreSQL storing some while the documents of the next are made; answers with these."""
    added: dict[int, str] = {}

    def rows() -> Iterator[tuple[Any, ...]]:
        for product, document in zip(products, documents, strict=True):
            added[product.id] = as_json(document)
            yield (*_row(product, document), added[product.id])

    copy_rows("search_entries", _COLUMNS, rows())
    return added


def _row(product: Product, document: ProductDocument) -> tuple[Any, ...]:
    """The values of `_COLUMNS` but the last, the document itself."""
    item = document["item"]
    return (
        product.id,
        product.seller_id,
        product.category_id,
        document["district_code"],
        item["price"],
        document["smallest_order"],
        document["largest_order"],
        as_json(document["made_within"]),
        item["lead_time_days"],
        document["in_stock"],
        document["published_at"],
        item["certifications"],
        as_json(document["spec"]),
        *vectors_of(document["words"]),
    )


def _remove(product_ids: Iterable[int]) -> None:
    if ids := list(product_ids):
        session.execute(delete(SearchEntry).where(SearchEntry.product_id == func.any(ids)))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One change after the other, so that what was read later is also written later."""
    with atomic():
        session.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
        yield
