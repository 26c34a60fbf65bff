"""The states of a product."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import Tone, Transitions


class ProductState(StrEnum):
    """A seller drafts and submits; the cooperative publishes or rejects; the seller may withdraw."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state as people call it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The state's colour."""
        return _TONES[self]


TRANSITIONS: Transitions[ProductState] = {
    ProductState.DRAFT: frozenset({ProductState.SUBMITTED}),
    ProductState.SUBMITTED: frozenset({ProductState.PUBLISHED, ProductState.REJECTED, ProductState.DRAFT}),
    ProductState.REJECTED: frozenset({ProductState.SUBMITTED}),
    ProductState.PUBLISHED: frozenset({ProductState.WITHDRAWN, ProductState.SUBMITTED}),
    ProductState.WITHDRAWN: frozenset({ProductState.SUBMITTED}),
}

_LABELS = {
    ProductState.DRAFT: _l("Konsep"),
    ProductState.SUBMITTED: _l("Menunggu persetujuan koperasi"),
    ProductState.PUBLISHED: _l("Tayang"),
    ProductState.REJECTED: _l("Ditolak"),
    ProductState.WITHDRAWN: _l("Ditarik"),
}
_TONES = {
    ProductState.DRAFT: Tone.IDLE,
    ProductState.SUBMITTED: Tone.WAITING,
    ProductState.PUBLISHED: Tone.DONE,
    ProductState.REJECTED: Tone.REFUSED,
    ProductState.WITHDRAWN: Tone.IDLE,
}
