"""Rows of fields that stand in another form, numbered from 0."""

import re
from collections.abc import Iterable, Iterator

from flask_wtf import FlaskForm
from wtforms import FieldList


class Rows(FieldList):
    """Numbered rows of fields. Only names that a page of ours would send count as rows."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        yield from numbers_of_rows(prefix, formdata, most=self.max_entries)


def numbers_of_rows(prefix: str, names: Iterable[str], *, most: int) -> list[int]:
    """The numbers below `most` of the rows whose fields have these names: "variants-12-price" is of row 12."""
    found = (re.match(rf"{re.escape(prefix)}-(0|[1-9]\d{{0,3}})-", name, re.ASCII) for name in names)
    return sorted({number for match in found if match and (number := int(match[1])) < most})


class Row(FlaskForm):
    """Fields that stand in another form, whose token protects them too."""

    class Meta(FlaskForm.Meta):
        """As in every form of ours, but for the token."""

        csrf = False
