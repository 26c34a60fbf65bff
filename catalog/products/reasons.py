"""Why a cooperative gives something back: a reason from the list, words of its own, or both."""

from typing import NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from catalog.products import limits, rules
from catalog.products.states import ReasonKind
from market.errors import Invalid


class Reason(NamedTuple):
    """A reason from the list (None: words alone) and the words, which may be empty beside it."""

    kind: ReasonKind | None
    words: str

    @property
    def sentence(self) -> str:
        """The reason as the seller reads it: "Gambar tidak jelas atau bukan barangnya: tampak belakangnya hilang."""
        if self.kind in (None, ReasonKind.OTHER):
            return self.words
        return f"{self.kind.label}: {self.words}" if self.words else self.kind.label

    @property
    def kept_sentence(self) -> str:
        """As `sentence`, in the language in which what is kept is written, whoever reads it later."""
        with force_locale("id"):
            return self.sentence


def read_reason(kind: ReasonKind | None, words: str) -> Reason:
    """The reason meant; raises Invalid when it says nothing, or says too much."""
    rules.require_text("reason", words, limits.LONGEST_REASON)
    reason = Reason(kind, words.strip())
    if not reason.sentence:
        raise Invalid(_("Tulis alasannya, supaya penjual tahu apa yang harus diperbaiki."), field="reason")
    return reason
