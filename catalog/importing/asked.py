"""What a cooperative asks for of products in each category, found in the columns of a file."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask_babel import gettext as _

from catalog.categories.attributes import Values, read_value
from catalog.categories.models import CategoryAttribute
from catalog.categories.queries import attributes_for, list_attributes, list_tree
from catalog.categories.tree import OTHER
from catalog.importing.columns import plain_heading
from catalog.importing.rows import ImportedRow
from market.errors import Invalid


class Asked:
    """The attributes of one cooperative's categories, each known by its headings."""

    def __init__(self, cooperative_id: int):
        self.attributes = list_attributes(cooperative_id)
        self._cooperative_id = cooperative_id
        self._categories = {category.slug: category for category in list_tree()}
        self._of_category = cache(self._find)

    @property
    def headings(self) -> frozenset[str]:
        """Every heading under which one of them may stand, as `plain_heading` leaves it."""
        return frozenset(heading for attribute in self.attributes for heading in _headings(attribute))

    def of_category(self, slug: str) -> list[CategoryAttribute]:
        """What is asked for in a category, what holds above it included."""
        return self._of_category(slug)[0]

    def understood(self, row: ImportedRow, values: Mapping[str, Any]) -> ImportedRow:
        """The row with what its texts say, beside the product's present values; raises Invalid."""
        if not row.texts:
            return row
        slug = row.said.get("category") or values.get("category") or OTHER
        by_heading = self._of_category(slug)[1]
        read: Values = dict(values.get("attributes") or {})
        for heading, text in row.texts.items():
            attribute = by_heading.get(heading)
            if attribute is None:
                raise Invalid(
                    _('kategori "%(name)s" tidak memakai kolom ini. Kosongkan.', name=self._categories[slug].name),
                    field=self._name_of(heading),
                )
            try:
                value = read_value(attribute, text)
            except Invalid as error:
                raise Invalid(str(error), field=attribute.name) from error
            if value is not None:
                read[attribute.key] = value
        return row._replace(said={**row.said, "attributes": read}, texts={})

    def _find(self, slug: str) -> tuple[list[CategoryAttribute], dict[str, CategoryAttribute]]:
        asked = attributes_for(self._categories[slug], self._cooperative_id)
        return asked, {heading: attribute for attribute in reversed(asked) for heading in _headings(attribute)}

    def _name_of(self, heading: str) -> str:
        return next(each.name for each in self.attributes if heading in _headings(each))


def _headings(attribute: CategoryAttribute) -> set[str]:
    return {plain_heading(words) for words in (attribute.name, attribute.name_en, attribute.key)} - {""}
