"""Categories, a tree."""

from flask_babel import get_locale
from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.db import Id, Model


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
    position: Mapped[int] = mapped_column(default=0)

    parent: Mapped["Category | None"] = relationship(remote_side="Category.id", lazy="joined", join_depth=2)

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if str(get_locale()) == "en" else self.name

    @property
    def lineage(self) -> list["Category"]:
        """The categories from the root down to this one."""
        return [*(self.parent.lineage if self.parent else []), self]
