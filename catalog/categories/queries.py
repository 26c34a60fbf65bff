"""Categories, one and all."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import lazyload

from catalog.categories.models import Category
from market.db import session
from market.errors import NotFound


def get_category(slug: str) -> Category:
    """The category with this slug; raises NotFound."""
    category = session.scalar(select(Category).where(Category.slug == slug))
    if category is None:
        raise NotFound
    return category


def find_category(text: str) -> Category | None:
    """The category that a person means by its slug or its name in either language, however it is capitalised."""
    wanted = plain(text)
    query = (
        select(Category)
        .where(
            or_(Category.slug == wanted, func.lower(Category.name) == wanted, func.lower(Category.name_en) == wanted)
        )
        .order_by((Category.slug == wanted).desc(), Category.position, Category.id)
        .limit(1)
    )
    return session.scalar(query)


def list_tree() -> list[Category]:
    """Every category, parents before their children, in the order in which they are shown: one SELECT."""
    # The parents are among the rows already; joining them three deep would only build each several times.
    query = select(Category).options(lazyload(Category.parent)).order_by(Category.position, Category.id)
    return list(session.scalars(query))


def list_spellings() -> dict[str, Category]:
    """Every category by each way to write it (as `plain` leaves it), for reading thousands of rows."""
    tree = list_tree()
    spellings = {plain(name): category for category in tree for name in (category.name_en, category.name)}
    return spellings | {category.slug: category for category in tree}


def plain(text: str) -> str:
    """A name as it is compared: small letters, single spaces."""
    return " ".join(text.split()).lower()
