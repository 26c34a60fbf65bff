"""`flask worker`: runs jobs and keeps saying that it is alive."""

import os
import socket
import threading
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from market import jobs
from market.db import Model, Now, atomic, session

BEAT_SECONDS = 5
SILENT_AFTER = timedelta(seconds=20)


class WorkerBeat(Model):
    """When a worker last said that it is alive."""

    __tablename__ = "worker_beats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Now]


def is_alive() -> bool:
    """Whether some worker has said so within the last seconds, by the database's clock."""
    newest = session.scalar(select(func.max(WorkerBeat.at)))
    return newest is not None and bool(session.scalar(select(func.now() - newest < SILENT_AFTER)))


@click.command("worker")
@click.option("--concurrency", default=2, show_default=True, help="How many jobs run side by side.")
@with_appcontext
def worker(concurrency: int) -> None:
    """Run jobs until stopped by SIGTERM or Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    name = f"{socket.gethostname()}-{os.getpid()}"
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(app, name, stop), daemon=True)
    beat.start()
    try:
        jobs.run_worker(app, name=name, concurrency=concurrency)
    finally:
        stop.set()
        beat.join(timeout=BEAT_SECONDS)


def _beat(app: Flask, name: str, stop: threading.Event) -> None:
    while not stop.is_set():
        with app.app_context(), atomic():
            session.execute(
                insert(WorkerBeat)
                .values(name=name, at=func.now())
                .on_conflict_do_update(index_elements=["name"], set_={"at": func.now()})
            )
            session.execute(delete(WorkerBeat).where(WorkerBeat.at < func.now() - timedelta(hours=1)))
        stop.wait(BEAT_SECONDS)
