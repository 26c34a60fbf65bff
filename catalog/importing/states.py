"""The states of an import, and what becomes of its rows."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class ImportState(State):
    """A file is checked first; a person decides; then it is written."""

    WAITING = "waiting", _l("Menunggu giliran"), Tone.IDLE
    CHECKING = "checking", _l("Sedang diperiksa"), Tone.ACTIVE
    CHECKED = "checked", _l("Menunggu keputusan Anda"), Tone.WAITING
    WRITING = "writing", _l("Sedang disimpan"), Tone.ACTIVE
    DONE = "done", _l("Selesai"), Tone.DONE
    FAILED = "failed", _l("Gagal"), Tone.REFUSED
    DROPPED = "dropped", _l("Dibatalkan"), Tone.IDLE


TRANSITIONS: Transitions[ImportState] = {
    ImportState.WAITING: frozenset({ImportState.CHECKING, ImportState.FAILED, ImportState.DROPPED}),
    ImportState.CHECKING: frozenset({ImportState.CHECKED, ImportState.FAILED}),
    ImportState.CHECKED: frozenset({ImportState.WRITING, ImportState.DROPPED}),
    ImportState.WRITING: frozenset({ImportState.DONE, ImportState.FAILED}),
    ImportState.DONE: frozenset(),
    ImportState.FAILED: frozenset(),
    ImportState.DROPPED: frozenset(),
}


class ImportMode(StrEnum):
    """What happens to the rows that are right when others are wrong."""

    ALL = "all"
    VALID = "valid"


class Outcome(State):
    """What becomes of a row."""

    CREATED = "created", _l("Baru"), Tone.DONE
    UPDATED = "updated", _l("Berubah"), Tone.ACTIVE
    UNCHANGED = "unchanged", _l("Tetap"), Tone.IDLE
    REJECTED = "rejected", _l("Ditolak"), Tone.REFUSED
