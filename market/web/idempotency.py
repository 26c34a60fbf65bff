"""A POST sent twice under the same Idempotency-Key is done once and answered twice."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_babel import gettext as _
from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint, and_, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from market import clock
from market.db import Id, Model, Now, atomic, session
from market.web.problems import is_api, problem

MAX_KEY_LENGTH = 255

GIVEN_UP_AFTER = timedelta(minutes=5)
"""A request that has no answer after this long died with its process, and may be made again."""


class IdempotentRequest(Model):
    """A request that was made under a key, and what was answered; no status yet means it is still being worked on."""

    __tablename__ = "idempotent_requests"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None]
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    mimetype: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Now]


def init_app(app: Flask) -> None:
    """Watch the API's POSTs; must come after the bearer token was read."""
    app.before_request(_begin)
    app.after_request(_keep)


def _begin() -> Response | None:
    key = request.headers.get("Idempotency-Key")
    if not key or not is_api() or request.method != "POST" or g.get("api_actor") is None:
        return None
    if len(key) > MAX_KEY_LENGTH:
        return problem(422, _("Idempotency-Key maksimal 255 karakter."))
    user_id, fingerprint = g.api_actor.user_id, _fingerprint()
    with atomic():
        claimed = session.scalar(
            insert(IdempotentRequest)
            .values(user_id=user_id, key=key, fingerprint=fingerprint)
            .on_conflict_do_update(
                index_elements=["user_id", "key"],
                set_={"created_at": clock.now()},
                where=and_(
                    IdempotentRequest.status.is_(None),
                    IdempotentRequest.fingerprint == fingerprint,
                    IdempotentRequest.created_at < clock.now() - GIVEN_UP_AFTER,
                ),
            )
            .returning(IdempotentRequest.id)
        )
    if claimed:
        g.idempotent_id = claimed
        return None
    earlier = session.scalar(
        select(IdempotentRequest)
        .where(IdempotentRequest.user_id == user_id, IdempotentRequest.key == key)
        .execution_options(populate_existing=True)
    )
    return _answer_again(earlier, fingerprint)


def _answer_again(earlier: IdempotentRequest | None, fingerprint: str) -> Response:
    if earlier is None or (earlier.fingerprint == fingerprint and earlier.status is None):
        return problem(409, _("Permintaan dengan Idempotency-Key ini masih dikerjakan. Coba lagi sebentar."))
    if earlier.fingerprint != fingerprint:
        return problem(422, _("Idempotency-Key ini sudah dipakai untuk permintaan lain."))
    answer = current_app.response_class(earlier.answer, status=earlier.status, mimetype=earlier.mimetype)
    answer.headers["Idempotent-Replayed"] = "true"
    return answer


def _keep(response: Response) -> Response:
    claimed = g.pop("idempotent_id", None)
    if claimed is None:
        return response
    with atomic():
        record = session.get_one(IdempotentRequest, claimed)
        if response.status_code >= 500:
            session.execute(delete(IdempotentRequest).where(IdempotentRequest.id == claimed))
        else:
            record.status, record.answer, record.mimetype = response.status_code, response.get_data(), response.mimetype
    return response


def _fingerprint() -> str:
    body: Any = request.get_json(silent=True)
    canonical = json.dumps(body, sort_keys=True) if body is not None else request.get_data(as_text=True)
    return hashlib.sha256(f"{request.method} {request.path}\n{canonical}".encode()).hexdigest()
