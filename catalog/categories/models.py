"""Categories, a tree, and what the products in them are asked for."""

from flask_babel import get_locale
from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.categories.kinds import AttributeKind
from market.db import Id, Model, choice
from market.organisations.models import Cooperative


class Category(Model):
    """A kind of goods. `path` holds the slugs from the root down, so that a branch is one prefix."""

    __tablename__ = "categories"
    __table_args__ = (Index(None, "path", postgresql_ops={"path": "text_pattern_ops"}),)

    id: Mapped[Id]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    slug: Mapped[str] = mapped_column(Text, unique=True)
    path: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    icon: Mapped[str] = mapped_column(Text, default="package")
    unspsc: Mapped[str | None] = mapped_column(Text)
    kbli: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """The KBLI 2020 codes of those who make such goods; empty where none is certain."""
    position: Mapped[int] = mapped_column(default=0)

    parent: Mapped["Category | None"] = relationship(remote_side="Category.id", lazy="joined", join_depth=3)

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if str(get_locale()) == "en" else self.name

    @property
    def lineage(self) -> list["Category"]:
        """The categories from the root down to this one."""
        return [*(self.parent.lineage if self.parent else []), self]


class CategoryAttribute(Model):
    """One thing a cooperative wants to know of every product in a category and in those below it."""

    __tablename__ = "category_attributes"
    __table_args__ = (UniqueConstraint("cooperative_id", "category_id", "key"), Index(None, "category_id"))

    id: Mapped[Id]
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    key: Mapped[str] = mapped_column(Text)
    """What it is called in addresses, in the search index and in the API: "gramatur"."""
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    kind: Mapped[AttributeKind] = mapped_column(choice(AttributeKind))
    unit: Mapped[str | None] = mapped_column(Text)
    """What a number is measured in, as it is written behind it: "gsm"."""
    choices: Mapped[list[str]] = mapped_column(JSONB, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    """Whether a product without it cannot be submitted."""
    facet: Mapped[bool] = mapped_column(default=True)
    """Whether buyers can narrow a search by it."""
    position: Mapped[int] = mapped_column(default=0)

    category: Mapped[Category] = relationship()
    cooperative: Mapped[Cooperative] = relationship()

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if str(get_locale()) == "en" else self.name
