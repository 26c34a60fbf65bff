"""Which of a cooperative's sellers may be able to supply what buyers look for: those who make such goods first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from catalog.categories.kbli import codes_for, covers
from catalog.categories.models import Category
from catalog.products.models import Product
from catalog.products.states import ProductState
from market.db import session
from market.organisations.models import Seller
from search.queries import nearly, search
from search.record.queries import invited_lately, list_invitable
from search.request import SearchRequest

MOST_SHOWN = 40
_NEAR = 8
"""So many products that come near say which categories are meant."""


@dataclass(frozen=True)
class Candidate:
    """A seller who could be invited."""

    seller: Seller
    sells: list[str]
    """The names of the categories meant in which it sells already."""
    registered_for: list[str]
    """The names of those that its KBLI covers."""
    invited_at: datetime | None
    """When it was invited for the same words, if that is too short ago to do it again."""

    @property
    def reason(self) -> str:
        """Why it may be able to supply; empty when nothing speaks for it."""
        if self.sells:
            return _("Sudah menjual %(categories)s", categories=", ".join(self.sells))
        if self.registered_for:
            return _("KBLI-nya mencakup %(categories)s", categories=", ".join(self.registered_for))
        return ""


def list_candidates(cooperative_id: int, words: str, written: str, *, name: str = "") -> list[Candidate]:
    """The cooperative's sellers, those first who sell what comes near, then those registered for it; at most forty.

    `name` looks for some by their name or owner.
    """
    meant = _categories_meant(written)
    sellers = list_invitable(cooperative_id, name)
    selling = _selling(sellers, meant)
    invited = invited_lately([seller.id for seller in sellers], words)
    found = [
        Candidate(
            seller,
            [category.label for category in meant if category.id in selling.get(seller.id, ())],
            [category.label for category in meant if codes_for(category) and covers(seller.kbli, category)],
            invited.get(seller.id),
        )
        for seller in sellers
    ]
    found.sort(key=lambda each: (-len(each.sells), -len(each.registered_for), each.seller.name))
    return found[:MOST_SHOWN]


def _categories_meant(written: str) -> list[Category]:
    """The categories of what is found for the words, or comes near, most frequent first."""
    found = search(SearchRequest(written, per_page=_NEAR))
    hits = [*found.hits, *nearly(SearchRequest(written), found)][:_NEAR]
    slugs = [hit["item"]["category"] for hit in hits]
    order = sorted(set(slugs), key=lambda slug: (-slugs.count(slug), slugs.index(slug)))
    rows = {row.slug: row for row in session.scalars(select(Category).where(Category.slug.in_(order)))}
    return [rows[slug] for slug in order if slug in rows]


def _selling(sellers: Iterable[Seller], categories: Iterable[Category]) -> dict[int, set[int]]:
    """In which of these categories each seller has something for sale."""
    query = (
        select(Product.seller_id, Product.category_id)
        .where(
            Product.seller_id.in_([seller.id for seller in sellers]),
            Product.category_id.in_([category.id for category in categories]),
            Product.state == ProductState.PUBLISHED,
        )
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for seller_id, category_id in session.execute(query).tuples():
        found.setdefault(seller_id, set()).add(category_id)
    return found
