"""Imports and their rows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, array
from sqlalchemy.orm import joinedload

from catalog.importing.models import ImportRowResult, ImportRun
from catalog.importing.states import Outcome
from catalog.prices.models import PriceChange
from catalog.products.models import Offer, Product
from market import clock
from market.accounts.models import User
from market.db import HIGHEST_ID, ModelT, lock, page_of, session
from market.errors import NotFound
from market.organisations.models import Seller
from market.pages import Page

_AT_ONCE = 5000
"""Rows that are read into memory together."""

_TURN = 0x1A9047
"""Number of an advisory lock, which means nothing to anybody else in the database."""


def get_run(run_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None) -> ImportRun:
    """An import of this seller, or for one of this cooperative's sellers; raises NotFound."""
    return _found(session.scalar(_of(seller_id, cooperative_id).where(_has_id(run_id))))


def lock_run(run_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None) -> ImportRun:
    """As `get_run`, locked until the change is committed; raises NotFound."""
    return _found(session.scalar(lock(_of(seller_id, cooperative_id).where(_has_id(run_id)))))


def lock_any_run(run_id: int) -> ImportRun:
    """An import, whoever's it is, locked: for the job that works on it; raises NotFound."""
    return _found(session.scalar(lock(select(ImportRun).where(_has_id(run_id)))))


def get_language(run_id: int) -> str:
    """The language of the person who brought the file."""
    query = select(User.locale).join(ImportRun, ImportRun.created_by_id == User.id).where(ImportRun.id == run_id)
    return session.scalar(query) or "id"


def list_runs(
    *, seller_id: int | None = None, cooperative_id: int | None = None, page: int = 1, per_page: int = 10
) -> Page[ImportRun]:
    """The imports of this seller, or for this cooperative's sellers, newest first."""
    query = _of(seller_id, cooperative_id).order_by(ImportRun.id.desc())
    shown = joinedload(ImportRun.seller), joinedload(ImportRun.created_by)
    return page_of(query.options(*shown), page=page, per_page=per_page)


def list_results(
    run_id: int, *, outcome: Outcome | None = None, to_confirm: bool = False, page: int = 1, per_page: int = 50
) -> Page[ImportRowResult]:
    """The rows of an import that change something or cannot be taken, in the file's order."""
    query = select(ImportRowResult).where(ImportRowResult.run_id == run_id)
    if outcome is not None:
        query = query.where(ImportRowResult.outcome == outcome)
    if to_confirm:
        query = query.where(ImportRowResult.to_confirm)
    return page_of(query.order_by(ImportRowResult.line), page=page, per_page=per_page)


def stream_results(run_id: int) -> Iterator[ImportRowResult]:
    """The rows of an import that change something or cannot be taken, some thousand in memory at a time."""
    after = -1
    query = select(ImportRowResult).where(ImportRowResult.run_id == run_id).order_by(ImportRowResult.line)
    while rows := list(session.scalars(query.where(ImportRowResult.line > after).limit(_AT_ONCE))):
        yield from rows
        after = rows[-1].line


def stream_said(run_id: int, *, confirmed: bool) -> Iterator[list[dict[str, Any]]]:
    """What the rows that are to be written say, some thousand at a time; `confirmed`: those with odd prices too."""
    after = -1
    wanted = select(ImportRowResult.line, ImportRowResult.said).order_by(ImportRowResult.line).limit(_AT_ONCE)
    wanted = wanted.where(ImportRowResult.run_id == run_id, ImportRowResult.said.is_not(None))
    if not confirmed:
        wanted = wanted.where(~ImportRowResult.to_confirm)
    while True:
        # One value for thousands of rows: reading a value for each takes as long as writing them.
        rows = wanted.where(ImportRowResult.line > after).subquery()
        said = func.json_agg(aggregate_order_by(rows.c.said, rows.c.line))
        last, batch = session.execute(select(func.max(rows.c.line), said)).one()
        if last is None:
            return
        yield batch
        after = last


def lock_goods(run_id: int, seller_id: int) -> None:
    """Lock every product that the rows to be written are about, then their offers, each in id order."""
    parent = ImportRowResult.said["parent"].astext
    rows = select(func.unnest(array([ImportRowResult.sku, parent]))).where(
        ImportRowResult.run_id == run_id, ImportRowResult.said.is_not(None)
    )
    products = select(Offer.product_id).distinct().where(Offer.seller_id == seller_id, Offer.sku.in_(rows))
    ids = list(session.scalars(products))
    if not ids:
        return
    # Two statements that answer with nothing: what counts is the order in which they lock.
    product_rows = select(Product.id).where(Product.id == func.any(ids)).order_by(Product.id)
    offer_rows = select(Offer.id).where(Offer.product_id == func.any(ids)).order_by(Offer.id)
    for locked in (product_rows.with_for_update(key_share=True), offer_rows.with_for_update()):
        session.scalar(select(func.count()).select_from(locked.subquery()))


def list_offers_with_due_price(run_id: int, seller_id: int) -> list[Offer]:
    """The offers whose price the import changes while a planned price, due by now, has not been written into them."""
    repriced = select(ImportRowResult.sku).where(
        ImportRowResult.run_id == run_id,
        ImportRowResult.outcome == Outcome.UPDATED,
        or_(ImportRowResult.changes.has_key("price"), ImportRowResult.changes.has_key("tiers")),
    )
    due = select(PriceChange.offer_id).where(
        PriceChange.starts_on <= clock.today(), PriceChange.applied_at.is_(None), PriceChange.cancelled_at.is_(None)
    )
    query = select(Offer).where(Offer.seller_id == seller_id, Offer.sku.in_(repriced), Offer.id.in_(due))
    return list(session.scalars(query.options(joinedload(Offer.product)).execution_options(populate_existing=True)))


def list_importing_sellers(cooperative_id: int) -> list[Seller]:
    """The sellers for whom their cooperative may bring files, by name."""
    return list(session.scalars(select(Seller).where(Seller.cooperative_id == cooperative_id).order_by(Seller.name)))


def get_own_seller(seller_id: int, *, cooperative_id: int) -> Seller:
    """One of the cooperative's sellers; raises NotFound."""
    query = select(Seller).where(Seller.id == min(seller_id, HIGHEST_ID), Seller.cooperative_id == cooperative_id)
    return _found(session.scalar(query))


def take_turn(seller_id: int) -> None:
    """Wait until no other import of this seller is at work, and hold the turn until the change is committed."""
    session.execute(select(func.pg_advisory_xact_lock(_TURN, seller_id % 2**31)))


def _of(seller_id: int | None, cooperative_id: int | None) -> Select[tuple[ImportRun]]:
    if (seller_id is None) == (cooperative_id is None):
        raise ValueError("say whose imports: the seller's or the cooperative's")
    query = select(ImportRun).join(ImportRun.seller)
    return query.where(Seller.id == seller_id if cooperative_id is None else Seller.cooperative_id == cooperative_id)


def _has_id(run_id: int) -> ColumnElement[bool]:
    return ImportRun.id == min(run_id, HIGHEST_ID)


def _found(row: ModelT | None) -> ModelT:
    if row is None:
        raise NotFound
    return row
