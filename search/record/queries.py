"""What was looked for, as cooperatives see it. All see the same: it is no personal data and nobody's secret."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from catalog.products.models import Product
from market import clock
from market.db import HIGHEST_ID, lock, session
from market.errors import NotFound
from market.organisations.models import Seller
from market.organisations.states import SellerState
from market.pages import Page, within_limits
from search.normal import normal
from search.queries import count_each
from search.record.limits import INVITATIONS_SHOWN, INVITED_AGAIN_AFTER
from search.record.models import SearchDemand, SearchInvitation, SearchOpening, SearchSeeker
from search.record.states import View
from search.record.weeks import this_week
from search.request import SearchRequest

PER_PAGE = 20
MOST_EXPORTED = 5000


@dataclass(frozen=True)
class Demand:
    """Some words and how it went with them in one week."""

    id: int
    week: date
    words: str
    written: str
    searches: int
    unfound: int
    few: int
    buyers: int
    unserved_buyers: int
    clicks: int
    """How often a product was opened from their results."""


@dataclass(frozen=True)
class Invited:
    """How many of a cooperative's sellers were invited for some words, and when last."""

    sellers: int
    last_at: datetime


def list_demands(week: date, view: View, *, total: int, page: int = 1, per_page: int = PER_PAGE) -> Page[Demand]:
    """A page of what was looked for in a week, what most buyers looked for first; `total` from `count_demands`."""
    page, per_page = within_limits(page, per_page)
    return Page(
        items=read_demands(week, view, limit=per_page, offset=(page - 1) * per_page),
        total=total,
        page=page,
        per_page=per_page,
    )


def read_demands(week: date, view: View, *, limit: int = MOST_EXPORTED, offset: int = 0) -> list[Demand]:
    """Some of what was looked for in a week, what most buyers looked for first."""
    query = _demands(SearchDemand.week == week)
    columns = query.selected_columns
    most = [columns.unserved_buyers.desc(), columns.unfound.desc()] if view is View.UNFOUND else []
    query = query.where(_belongs(view)).order_by(
        *most, columns.buyers.desc(), SearchDemand.searches.desc(), SearchDemand.words
    )
    return [Demand(**row) for row in session.execute(query.limit(limit).offset(offset)).mappings()]


def count_demands(week: date) -> dict[View, int]:
    """How many words there are in a week, by how it went with them."""
    counted = (func.count().filter(_belongs(view)).label(view.value) for view in View)
    row = session.execute(select(*counted).where(SearchDemand.week == week)).mappings().one()
    return {view: row[view.value] for view in View}


def get_demand(demand_id: int) -> Demand:
    """One week's demand for some words; raises NotFound."""
    row = session.execute(_demands(SearchDemand.id == min(demand_id, HIGHEST_ID))).mappings().one_or_none()
    if row is None:
        raise NotFound
    return Demand(**row)


def list_weeks() -> list[date]:
    """The weeks there is something of, newest first, and always the one that runs."""
    found = set(session.scalars(select(SearchDemand.week).distinct()))
    return sorted(found | {this_week()}, reverse=True)


def newest_week() -> date:
    """The newest week there is something of: on Monday morning that is last week."""
    return session.scalar(select(func.max(SearchDemand.week))) or this_week()


def list_invited(cooperative_id: int, words: list[str]) -> dict[str, Invited]:
    """For which of these words a cooperative has invited sellers lately."""
    query = (
        select(
            SearchInvitation.words,
            func.count(SearchInvitation.seller_id.distinct()),
            func.max(SearchInvitation.invited_at),
        )
        .where(
            SearchInvitation.cooperative_id == cooperative_id,
            SearchInvitation.words.in_(words),
            SearchInvitation.invited_at > clock.now() - INVITATIONS_SHOWN,
        )
        .group_by(SearchInvitation.words)
    )
    return {found: Invited(sellers, last_at) for found, sellers, last_at in session.execute(query).tuples()}


def invited_lately(seller_ids: Iterable[int], words: str) -> dict[int, datetime]:
    """Which of these sellers were invited for the same words too short ago to do it again, each with when."""
    query = (
        select(SearchInvitation.seller_id, func.max(SearchInvitation.invited_at))
        .where(
            SearchInvitation.seller_id.in_(list(seller_ids)),
            SearchInvitation.words == words,
            SearchInvitation.invited_at > clock.now() - INVITED_AGAIN_AFTER,
        )
        .group_by(SearchInvitation.seller_id)
    )
    return dict(session.execute(query).tuples().all())


def list_invitable(cooperative_id: int, name: str = "") -> list[Seller]:
    """The cooperative's sellers who may be invited, by name; `name` looks for some by their name or owner."""
    query = _invitable(cooperative_id)
    if name:
        called = (column.icontains(name, autoescape=True) for column in (Seller.name, Seller.owner_name))
        query = query.where(or_(*called))
    return list(session.scalars(query.order_by(Seller.name)))


def lock_invitable(seller_ids: Sequence[int], cooperative_id: int) -> list[Seller]:
    """These sellers, locked in id order: whoever invites one of them at the same moment waits, and then sees it.

    Raises NotFound when one of them may not be invited by this cooperative.
    """
    query = _invitable(cooperative_id).where(Seller.id.in_(seller_ids)).order_by(Seller.id)
    sellers = list(session.scalars(lock(query, referable=True)))
    if len(sellers) < len(seller_ids):
        raise NotFound
    return sellers


def _invitable(cooperative_id: int) -> Select[tuple[Seller]]:
    return select(Seller).where(
        Seller.cooperative_id == cooperative_id, Seller.state == SellerState.APPROVED, Seller.active
    )


def get_invitation(invitation_id: int, *, seller_id: int) -> SearchInvitation:
    """An invitation of this seller; raises NotFound."""
    found = session.scalar(
        select(SearchInvitation).where(
            SearchInvitation.id == min(invitation_id, HIGHEST_ID), SearchInvitation.seller_id == seller_id
        )
    )
    if found is None:
        raise NotFound
    return found


def list_invitations(invitation_ids: list[int]) -> list[SearchInvitation]:
    """These invitations, with the seller and its cooperative."""
    query = (
        select(SearchInvitation)
        .where(SearchInvitation.id.in_(invitation_ids))
        .options(joinedload(SearchInvitation.seller).joinedload(Seller.cooperative))
        .order_by(SearchInvitation.id)
    )
    return list(session.scalars(query))


def list_open_invitations(seller_id: int) -> list[SearchInvitation]:
    """What a seller is invited to list and has neither listed since nor put away, newest first, each thing once.

    Something listed since answers an invitation when its name has one of the words.
    """
    query = (
        select(SearchInvitation)
        .where(
            SearchInvitation.seller_id == seller_id,
            SearchInvitation.dismissed_at.is_(None),
            SearchInvitation.invited_at > clock.now() - INVITATIONS_SHOWN,
        )
        .options(joinedload(SearchInvitation.seller).joinedload(Seller.cooperative))
        .order_by(SearchInvitation.id.desc())
    )
    invitations = list({each.words: each for each in reversed(list(session.scalars(query)))}.values())[::-1]
    if not invitations:
        return []
    since = min(each.invited_at for each in invitations)
    listed = session.execute(
        select(Product.name, Product.created_at).where(Product.seller_id == seller_id, Product.created_at > since)
    ).tuples()
    named = [(set(normal(name).split()), created_at) for name, created_at in listed]
    return [
        each
        for each in invitations
        if not any(created_at > each.invited_at and words & set(each.words.split()) for words, created_at in named)
    ]


def count_found_now(written: list[str]) -> list[int]:
    """How many products buyers would find for each of these words today, in their order; Meilisearch is asked once."""
    return count_each([SearchRequest(q=text) for text in written])


def _demands(where: ColumnElement[bool]) -> Select[Any]:
    """Demands with their buyers: those of closed weeks are counted, those of the running one still digests."""
    demanded = select(SearchDemand.id).where(where)
    seeking = (
        select(
            SearchSeeker.demand_id,
            func.count().label("buyers"),
            func.count().filter(SearchSeeker.unserved).label("unserved"),
        )
        .where(SearchSeeker.demand_id.in_(demanded))
        .group_by(SearchSeeker.demand_id)
        .subquery()
    )
    opened = (
        select(SearchOpening.demand_id, func.sum(SearchOpening.clicks).label("clicks"))
        .where(SearchOpening.demand_id.in_(demanded))
        .group_by(SearchOpening.demand_id)
        .subquery()
    )
    plain = ("id", "week", "words", "written", "searches", "unfound", "few")
    return (
        select(
            *(getattr(SearchDemand, name) for name in plain),
            (SearchDemand.buyers + func.coalesce(seeking.c.buyers, 0)).label("buyers"),
            (SearchDemand.unserved_buyers + func.coalesce(seeking.c.unserved, 0)).label("unserved_buyers"),
            func.coalesce(opened.c.clicks, 0).label("clicks"),
        )
        .outerjoin(seeking, seeking.c.demand_id == SearchDemand.id)
        .outerjoin(opened, opened.c.demand_id == SearchDemand.id)
        .where(where)
    )


def _belongs(view: View) -> ColumnElement[bool]:
    """The condition that a demand is shown in a view."""
    was_opened = select(SearchOpening.demand_id).where(SearchOpening.demand_id == SearchDemand.id).exists()
    return {
        View.UNFOUND: SearchDemand.unfound > 0,
        View.FEW: SearchDemand.few > 0,
        View.UNOPENED: (SearchDemand.searches > SearchDemand.unfound) & ~was_opened,
        View.ALL: SearchDemand.id.is_not(None),
    }[view]
