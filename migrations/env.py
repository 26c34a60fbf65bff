"""Alembic's entry: compares and migrates the metadata of all models."""

from alembic import context
from flask import current_app

target = current_app.extensions["migrate"].db


def not_ours(name: str | None, type_: str, parent_names: dict[str, str | None]) -> bool:
    """Leave Procrastinate's tables to Procrastinate."""
    return not (type_ == "table" and name is not None and name.startswith("procrastinate_"))


def run_migrations() -> None:
    """Migrate over one connection of the application's engine."""
    with target.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target.metadatas[None],
            compare_type=True,
            compare_server_default=False,
            include_name=not_ours,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
