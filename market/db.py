"""The database: the model base, the session, and `atomic()`, the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Enum, Identity, MetaData, Select, func, select
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, scoped_session

from market import clock
from market.pages import Page, within_limits

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

HIGHEST_ID = 2**63 - 1
"""The database can be asked for no higher one."""

Rupiah = Annotated[int, mapped_column(BigInteger)]
"""A column of whole rupiah."""

Quantity = Annotated[int, mapped_column(BigInteger)]
"""A column of pieces, in the product's unit."""

Id = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
"""A primary key that the database hands out."""

Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
"""A moment with its zone."""

Now = Annotated[datetime, mapped_column(DateTime(timezone=True), default=clock.now)]
"""A moment that is the time of writing when nothing else is said."""


class Model(DeclarativeBase):
    """What every table's class is."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {int: BigInteger, datetime: DateTime(timezone=True)}


ModelT = TypeVar("ModelT", bound=Model)


def choice(options: type[StrEnum]) -> Enum:
    """A text column that holds one of `options`; the database refuses any other word."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in options.__name__).lstrip("_")
    return Enum(
        options,
        name=f"{name}_known",
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


db = SQLAlchemy(
    metadata=Model.metadata,
    session_options={"expire_on_commit": False},
    engine_options={"pool_pre_ping": True},
)
session = cast(scoped_session[Session], db.session)


def storable(text: str) -> bool:
    """Whether the database can keep the text: it knows neither NUL nor halves of characters, which JSON can spell."""
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False


class NestedDurable(RuntimeError):
    """A durable block was opened inside another: its commit would not have happened when it says so."""


@contextmanager
def atomic(*, durable: bool = False) -> Iterator[Session]:
    """Commit everything inside the block at once, or nothing of it.

    Nested blocks join the outermost one. `durable=True` refuses to be nested: after it, the change is committed.
    """
    current = session()
    if current.info.get("in_atomic"):
        if durable:
            raise NestedDurable("a durable change was asked for inside another change")
        yield current
        return
    current.info["in_atomic"] = True
    try:
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info.pop("in_atomic", None)


def let_go() -> None:
    """Give the connection back before something slow that needs no database; what was read stays at hand.

    Inside `atomic()` nothing happens: half a change would be committed.
    """
    if not session().info.get("in_atomic"):
        with atomic():
            pass


def lock(query: Select[tuple[ModelT]], *, referable: bool = False) -> Select[tuple[ModelT]]:
    """Lock the rows of a query, and read them afresh: a row this session saw earlier would otherwise be stale.

    `referable` lets others write rows that only refer to these, such as an order line to its product.
    """
    entity = query.column_descriptions[0]["entity"]
    return query.with_for_update(of=entity, key_share=referable).execution_options(populate_existing=True)


def page_of(query: Select[Any], *, page: int = 1, per_page: int = 25) -> Page[Any]:
    """One page of a query's rows, with the count of all: two SELECTs, whatever the number of rows."""
    page, per_page = within_limits(page, per_page)
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    items = session.scalars(query.limit(per_page).offset((page - 1) * per_page)).unique().all()
    return Page(items=list(items), total=total, page=page, per_page=per_page)
