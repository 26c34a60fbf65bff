"""Rows by the ten thousand: PostgreSQL's COPY, within the present change.

The models' own defaults do not apply, and rows that the session has loaded do not notice: expire what you still need.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from psycopg import Cursor
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import text

from market.db import session


def as_json(value: Any) -> str:
    """A plain value as a JSONB column takes it."""
    return orjson.dumps(value, default=_plain).decode()


def _plain(value: object) -> object:
    """What JSON has no word for: a named tuple is a list."""
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a table, each with a value for every one of `columns`."""
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), _listed(columns))
    with _cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Give rows of a table, named by the id at the front of each of `rows`, the values of `columns` that follow it."""
    rows = list(rows)
    if not rows:
        return
    given = f"given_{table}"
    names = {"given": Identifier(given), "table": Identifier(table), "columns": _listed(["id", *columns])}
    begin = SQL("CREATE TEMP TABLE IF NOT EXISTS {given} ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0")
    changes = SQL(", ").join(SQL("{0} = given.{0}").format(Identifier(column)) for column in columns)
    change = SQL("UPDATE {table} SET {changes} FROM {given} AS given WHERE {table}.id = given.id")
    with _cursor() as cursor:
        cursor.execute(begin.format(**names))
    copy_rows(given, ["id", *columns], rows)
    with _cursor() as cursor:
        cursor.execute(change.format(changes=changes, **names))
        cursor.execute(SQL("DROP TABLE {given}").format(**names))


def draw_ids(table: str, number: int) -> list[int]:
    """Ids for new rows of a table, before they are written."""
    # As one value: a hundred thousand rows of one number each take seconds to fetch.
    drawn = text("SELECT array_agg(nextval(pg_get_serial_sequence(:table, 'id'))) FROM generate_series(1, :number)")
    return session.scalar(drawn, {"table": table, "number": number}) or []


def _cursor() -> Cursor[Any]:
    connection: Any = session.connection().connection.driver_connection
    cursor: Cursor[Any] = connection.cursor()
    return cursor


def _listed(columns: Sequence[str]) -> Composed:
    return SQL(", ").join(map(Identifier, columns))
