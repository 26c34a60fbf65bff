"""The states of a product."""

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class ProductState(State):
    """A seller drafts and submits; the cooperative publishes or rejects; the seller may withdraw."""

    DRAFT = "draft", _l("Konsep"), Tone.IDLE
    SUBMITTED = "submitted", _l("Menunggu persetujuan koperasi"), Tone.WAITING
    PUBLISHED = "published", _l("Tayang"), Tone.DONE
    REJECTED = "rejected", _l("Ditolak"), Tone.REFUSED
    WITHDRAWN = "withdrawn", _l("Ditarik"), Tone.IDLE


TRANSITIONS: Transitions[ProductState] = {
    ProductState.DRAFT: frozenset({ProductState.SUBMITTED}),
    ProductState.SUBMITTED: frozenset({ProductState.PUBLISHED, ProductState.REJECTED, ProductState.DRAFT}),
    ProductState.REJECTED: frozenset({ProductState.SUBMITTED}),
    ProductState.PUBLISHED: frozenset({ProductState.WITHDRAWN, ProductState.SUBMITTED}),
    ProductState.WITHDRAWN: frozenset({ProductState.SUBMITTED}),
}
