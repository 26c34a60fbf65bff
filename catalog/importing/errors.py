"""What can be wrong with a file as a whole."""

from flask_babel import lazy_gettext as _l

from market.errors import Invalid


class UnreadableFile(Invalid):
    """The file is no table we can read, or lacks what every row must have."""

    message = _l("Berkas ini tidak dapat dibaca.")
