"""What the sandbox remembers: objects, answers given under an idempotency key, deliveries, switches.

One SQLite file in the data folder. Every request runs in one `transaction()`, one after the other, so an object, its
events and the answer saved under its key are there together or not at all, also after a power cut.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

StripeObject = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_of_a_kind ON objects (kind, position);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    body TEXT NOT NULL,
    given_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL REFERENCES objects (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'abandoned')),
    attempts INTEGER NOT NULL DEFAULT 0,
    first_due_at REAL NOT NULL,
    due_at REAL NOT NULL,
    last_answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (due_at) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY);
"""


@dataclass
class Delivery:
    """One webhook on its way: an event, and how far sending it has come. Times are Unix seconds."""

    id: int
    event: str
    state: str
    attempts: int
    first_due_at: float
    due_at: float
    last_answer: str | None


class Store:
    """The data folder's file. All methods but `transaction` and `close` are called inside a transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(folder / "sandbox.sqlite3", isolation_level=None, check_same_thread=False)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or nothing when it raises. Others wait. Do not nest."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Waits for a running transaction, then closes the file."""
        with self._lock:
            self._database.close()

    def forget_everything(self) -> None:
        """Back to an empty account."""
        for table in ("deliveries", "answers", "switches", "objects"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608

    # Objects

    def add(self, thing: StripeObject) -> StripeObject:
        """Keeps a new object under its `id` and kind (`object`)."""
        self._database.execute(
            "INSERT INTO objects (id, kind, body) VALUES (?, ?, ?)", (thing["id"], thing["object"], json.dumps(thing))
        )
        return thing

    def save(self, thing: StripeObject) -> StripeObject:
        """Keeps the new state of an object that is already there."""
        self._database.execute("UPDATE objects SET body = ? WHERE id = ?", (json.dumps(thing), thing["id"]))
        return thing

    def find(self, object_id: str, kind: str | None = None) -> StripeObject | None:
        """The object with this id (and, when given, of this kind), or None."""
        row = self._database.execute(
            "SELECT body FROM objects WHERE id = ? AND kind = coalesce(?, kind)", (object_id, kind)
        ).fetchone()
        return json.loads(row["body"]) if row else None

    def get(self, object_id: str) -> StripeObject:
        """The object behind an id that the sandbox itself wrote down. Raises LookupError: the file is damaged."""
        found = self.find(object_id)
        if found is None:
            raise LookupError(f"{object_id} is referred to and not there")
        return found

    def list_objects(
        self,
        kind: str,
        *,
        matching: Mapping[str, str] | None = None,
        created: Mapping[str, int] | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[StripeObject]:
        """Objects of a kind, newest first, whose fields equal `matching`.

        `created` holds bounds (`gt`, `gte`, `lt`, `lte`) of Unix seconds; `after` and `before` are ids to page from.
        """
        conditions: list[str] = ["kind = ?"]
        values: list[str | int] = [kind]
        for field, wanted in (matching or {}).items():
            conditions.append("json_extract(body, ?) = ?")
            values += [f"$.{field}", wanted]
        for bound, moment in (created or {}).items():
            comparison = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}[bound]
            conditions.append(f"json_extract(body, '$.created') {comparison} ?")
            values.append(moment)
        for neighbour, comparison in ((after, "<"), (before, ">")):
            if neighbour is not None:
                conditions.append(f"position {comparison} (SELECT position FROM objects WHERE id = ?)")  # noqa: S608
                values.append(neighbour)
        # Paging backwards takes the rows nearest to `before`, which are the oldest of those that match.
        direction = "ASC" if before is not None else "DESC"
        # Only comparisons and placeholders are put together here; whatever a caller sent is in `values`.
        rows = self._database.execute(
            f"SELECT body FROM objects WHERE {' AND '.join(conditions)} ORDER BY position {direction} LIMIT ?",  # noqa: S608
            [*values, -1 if limit is None else limit],
        ).fetchall()
        found = [json.loads(row["body"]) for row in rows]
        return found[::-1] if before is not None else found

    # Answers given under an idempotency key

    def find_answer(self, key: str) -> tuple[str, StripeObject] | None:
        """The request this key was first used with and what was answered, or None."""
        row = self._database.execute("SELECT request, body FROM answers WHERE key = ?", (key,)).fetchone()
        return (row["request"], json.loads(row["body"])) if row else None

    def keep_answer(self, key: str, request: str, body: StripeObject, now: int) -> None:
        """Remembers what was answered to the first request under this key."""
        self._database.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (key, request, json.dumps(body), now))

    def forget_answers(self, given_before: int) -> None:
        """Frees keys first used before this moment."""
        self._database.execute("DELETE FROM answers WHERE given_at < ?", (given_before,))

    # Deliveries

    def add_delivery(self, event_id: str, due_at: float) -> None:
        """Puts an event in line to be sent."""
        self._database.execute(
            "INSERT INTO deliveries (event, state, first_due_at, due_at) VALUES (?, 'waiting', ?, ?)",
            (event_id, due_at, due_at),
        )

    def save_delivery(self, delivery: Delivery) -> None:
        """Keeps how far a delivery has come."""
        self._database.execute(
            "UPDATE deliveries SET state = ?, attempts = ?, due_at = ?, last_answer = ? WHERE id = ?",
            (delivery.state, delivery.attempts, delivery.due_at, delivery.last_answer, delivery.id),
        )

    def list_deliveries(self, *, event_id: str | None = None, waiting: bool = False) -> list[Delivery]:
        """Deliveries in the order they are due, all or those of an event, all or those still waiting."""
        rows = self._database.execute(
            "SELECT * FROM deliveries WHERE event = coalesce(?, event) AND (state = 'waiting' OR NOT ?)"
            " ORDER BY due_at, id",
            (event_id, waiting),
        ).fetchall()
        return [Delivery(**row) for row in rows]

    # Switches

    def is_on(self, switch: str) -> bool:
        """Whether a test has turned this switch on."""
        return bool(self._database.execute("SELECT 1 FROM switches WHERE name = ?", (switch,)).fetchone())

    def turn(self, switch: str, *, on: bool) -> None:
        """Turns a switch on or off, for good: a restart keeps it."""
        statement = "INSERT OR IGNORE INTO switches VALUES (?)" if on else "DELETE FROM switches WHERE name = ?"
        self._database.execute(statement, (switch,))
