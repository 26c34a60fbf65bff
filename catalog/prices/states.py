"""How a contract stands on a day."""

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone


class ContractState(State):
    """Where a contract stands; nobody moves it, the days do, unless its seller calls it off."""

    PLANNED = "planned", _l("Akan datang"), Tone.IDLE
    RUNNING = "running", _l("Berlaku"), Tone.ACTIVE
    OVER = "over", _l("Berakhir"), Tone.DONE
    ENDED = "ended", _l("Dihentikan"), Tone.REFUSED
