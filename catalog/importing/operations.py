"""Bring a file, decide on what its check found, or leave it."""

from pathlib import PurePath

from flask_babel import gettext as _

from catalog.importing import limits
from catalog.importing.errors import UnreadableFile
from catalog.importing.models import ImportRun
from catalog.importing.queries import get_own_seller, lock_run
from catalog.importing.reading import too_big
from catalog.importing.states import TRANSITIONS, ImportMode, ImportState, Outcome
from catalog.importing.work import TO_CONFIRM
from market import files, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid
from market.lifecycle import require_step
from market.organisations.models import Seller
from market.organisations.queries import get_seller

FOLDER = "imports"
_LONGEST_FILE_NAME = 120


def bring_file(content: bytes, name: str, *, seller_id: int, by: Actor) -> ImportRun:
    """Keep a file and have it checked; sellers bring their own, cooperatives those of their sellers.

    Raises UnreadableFile, NotFound for a seller that is not theirs, or StoreAway.
    """
    return keep_file(content, name, seller_id=own_seller(seller_id, by=by).id, by=by, background=True)


def keep_file(content: bytes, name: str, *, seller_id: int, by: Actor | None, background: bool = False) -> ImportRun:
    """Keep a file for a seller; in the `background` a job checks it. Raises UnreadableFile or StoreAway."""
    if len(content) > limits.MAX_BYTES:
        raise UnreadableFile(too_big(), field="file")
    if not content.strip():
        raise UnreadableFile(_("Berkas ini kosong."), field="file")
    key = files.store.save(content, folder=FOLDER, suffix="")
    with atomic():
        run = ImportRun(
            seller_id=seller_id,
            file_key=key,
            file_name=PurePath(name.replace("\\", "/")).name[-_LONGEST_FILE_NAME:] or _("berkas"),
            created_by_id=by.user_id if by else None,
        )
        session.add(run)
        session.flush()
        if background:
            jobs.defer("importing.check", lock=_lock(run), run_id=run.id)
    return run


def decide(run_id: int, mode: ImportMode, *, prices_confirmed: bool, by: Actor) -> ImportRun:
    """Have the checked rows written: all or none of them, or only those that are right.

    Raises NotFound, IllegalTransition when somebody decided before, or Invalid at `mode` when not all are right.
    """
    with atomic():
        run = lock_run(run_id, **whose(by))
        settle_mode(run, mode, prices_confirmed=prices_confirmed)
        jobs.defer(
            "importing.write", lock=_lock(run), run_id=run.id, user_id=by.user_id, organisation_id=by.organisation_id
        )
    return run


def settle_mode(run: ImportRun, mode: ImportMode, *, prices_confirmed: bool) -> None:
    """Note what is to be written of a locked import; raises as `decide`."""
    state = require_step(TRANSITIONS, run.state, ImportState.WRITING)
    if mode is ImportMode.ALL:
        if run.counts.get(Outcome.REJECTED):
            raise Invalid(
                _("Masih ada baris yang salah. Perbaiki berkasnya, atau simpan yang benar saja."), field="mode"
            )
        if run.counts.get(TO_CONFIRM) and not prices_confirmed:
            raise Invalid(_("Periksa dulu harga yang ditandai, lalu centang."), field="prices_confirmed")
    run.state, run.mode, run.prices_confirmed, run.rows_done = state, mode, prices_confirmed, 0


def drop(run_id: int, *, by: Actor) -> ImportRun:
    """Leave it: nothing is written. Raises NotFound or IllegalTransition."""
    with atomic():
        run = lock_run(run_id, **whose(by))
        run.state = require_step(TRANSITIONS, run.state, ImportState.DROPPED)
    return run


def own_seller(seller_id: int, *, by: Actor) -> Seller:
    """The seller, when the person acts for it or for its cooperative; raises NotFound or Forbidden."""
    if by.has(Role.SELLER):
        return get_seller(by.require(Role.SELLER))
    return get_own_seller(seller_id, cooperative_id=by.require(Role.ADMIN))


def whose(by: Actor) -> dict[str, int]:
    """Whose imports a person may see, as the queries take it; raises Forbidden."""
    if by.has(Role.SELLER):
        return {"seller_id": by.require(Role.SELLER)}
    return {"cooperative_id": by.require(Role.ADMIN)}


def _lock(run: ImportRun) -> str:
    return f"import-{run.seller_id}"
