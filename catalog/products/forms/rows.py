"""Rows of fields that stand in another form, numbered from 0."""

from collections.abc import Iterable, Iterator

from flask_wtf import FlaskForm
from wtforms import FieldList


class Rows(FieldList):
    """Numbered rows of fields. Only names that a page of ours would send count as rows."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for index in range(self.max_entries):
            if any(name.startswith(f"{prefix}-{index}-") for name in formdata):
                yield index


class Row(FlaskForm):
    """Fields that stand in another form, whose token protects them too."""

    class Meta(FlaskForm.Meta):
        """As in every form of ours, but for the token."""

        csrf = False
