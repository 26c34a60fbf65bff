"""Keeps `search_entries` what the catalogue is: the first stop of every change on its way to what is found."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, func, select, text

from catalog.products.models import Product
from market.db import atomic, session
from search import findable
from search.documents import ProductDocument, describe
from search.models import SearchEntry
from search.words import words_in

READ_BATCH = 1000
"""How many products are read at once when all are gone through."""

_LOCK_KEY = 0x5EA2C403
"""The number of the advisory lock, which means nothing to anybody else in the database."""

_STORED = select(SearchEntry.product_id, SearchEntry.document)

_PUT = text(
    """
    INSERT INTO search_entries (
        product_id, seller_id, category_id, district_code, price, min_order, largest_order, made_within, lead_time_days,
        in_stock, published_at, certifications, spec, name_words, words, document
    )
    SELECT
        (row->>'id')::bigint, (row->>'seller_id')::bigint, (row->>'category_id')::bigint, row->>'district_code',
        (row->>'price')::bigint, (row->>'min_order')::bigint, (row->>'largest_order')::bigint, row->'made_within',
        (row->>'lead_time_days')::bigint, (row->>'in_stock')::boolean, (row->>'published_at')::bigint,
        ARRAY(SELECT jsonb_array_elements_text(row->'certifications')), row->'spec',
        to_tsvector('simple', row->>'name'),
        setweight(to_tsvector('simple', row->>'name'), 'A') || setweight(to_tsvector('simple', row->>'near'), 'B')
            || setweight(to_tsvector('simple', row->>'far'), 'C'),
        row->'document'
    FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS row
    ON CONFLICT (product_id) DO UPDATE SET
        seller_id = excluded.seller_id, category_id = excluded.category_id, district_code = excluded.district_code,
        price = excluded.price, min_order = excluded.min_order, largest_order = excluded.largest_order,
        made_within = excluded.made_within, lead_time_days = excluded.lead_time_days,
        in_stock = excluded.in_stock, published_at = excluded.published_at, certifications = excluded.certifications,
        spec = excluded.spec, name_words = excluded.name_words, words = excluded.words, document = excluded.document
    """
)


def write_entries(product_ids: Iterable[int]) -> None:
    """Bring the entries of these products in step: write those that buyers may find, remove the others."""
    wanted = set(product_ids)
    with _one_at_a_time():
        products = findable.list_findable(wanted)
        documents = describe(products)
        _put([(product, documents[product.id]) for product in products])
        _remove(wanted - {product.id for product in products})


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
        wanted = describe(products)
        found = _documents_between(after, until)
        wrong = [(each, wanted[each.id]) for each in products if found.get(each.id) != wanted[each.id]]
        surplus = found.keys() - wanted.keys()
        if mend:
            _put(wrong)
            _remove(surplus)
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
    return _documents(_STORED.where(SearchEntry.product_id.in_(set(product_ids))))


def documents_after(after: int, *, limit: int) -> dict[int, ProductDocument]:
    """The documents of the next entries, in id order."""
    following = _STORED.where(SearchEntry.product_id > after)
    return _documents(following.order_by(SearchEntry.product_id).limit(limit))


def _documents_between(after: int, until: int | None) -> dict[int, ProductDocument]:
    """The documents of the entries whose product's id is above `after` and at most `until`."""
    following = _STORED.where(SearchEntry.product_id > after)
    return _documents(following if until is None else following.where(SearchEntry.product_id <= until))


def _documents(query: Any) -> dict[int, ProductDocument]:
    return dict(session.execute(query).tuples().all())


def _put(described: Sequence[tuple[Product, ProductDocument]]) -> None:
    if described:
        rows = [_row(product, document) for product, document in described]
        session.execute(_PUT, {"rows": json.dumps(rows, ensure_ascii=False)})


def _row(product: Product, document: ProductDocument) -> dict[str, Any]:
    item = document["item"]
    name, near, far = words_in(document)
    return {
        "id": product.id,
        "seller_id": product.seller_id,
        "category_id": product.category_id,
        "district_code": document["district_code"],
        "price": item["price"],
        "min_order": document["smallest_order"],
        "largest_order": document["largest_order"],
        "made_within": document["made_within"],
        "lead_time_days": item["lead_time_days"],
        "in_stock": document["in_stock"],
        "published_at": document["published_at"],
        "certifications": item["certifications"],
        "spec": document["spec"],
        "name": name,
        "near": near,
        "far": far,
        "document": document,
    }


def _remove(product_ids: Iterable[int]) -> None:
    if product_ids:
        session.execute(delete(SearchEntry).where(SearchEntry.product_id.in_(set(product_ids))))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One change after the other, so that what was read later is also written later."""
    with atomic():
        session.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
        yield
