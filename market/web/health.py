"""Is Pasok up, and are all its parts?"""

from collections.abc import Callable

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from market import worker
from market.db import session
from market.web.logs import log

bp = Blueprint("health", __name__)

Check = Callable[[], bool]
CHECKS = "readiness_checks"


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process is up."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Each part: ok or not. 503 when one is not."""
    parts = {"database": _database(), "worker": False}
    if parts["database"]:
        parts["worker"] = worker.is_alive()
    parts |= {name: check() for name, check in current_app.extensions.get(CHECKS, {}).items()}
    ready = all(parts.values())
    answer = jsonify(
        status="ok" if ready else "not ready", **{name: "ok" if up else "down" for name, up in parts.items()}
    )
    answer.status_code = 200 if ready else 503
    return answer


def _database() -> bool:
    try:
        return session.scalar(text("SELECT 1")) == 1
    except SQLAlchemyError as error:
        log.error("database_down", reason=str(error.__cause__ or error))
        session.rollback()
        return False
