"""The certificates of a product, as they are filled in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, FormField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from catalog.products import limits
from catalog.products.certificates import CertificateKind, format_warning
from catalog.products.choices import certificate_choices
from catalog.products.details import CertificateDetails
from catalog.products.forms.rows import Row, Rows
from catalog.products.marks import Mark
from catalog.products.scans import Scan

MOST_CERTIFICATES = len(CertificateKind)
SPARE_CERTIFICATES = 2
"""Empty rows after those that are filled in."""


class CertificateRow(Row):
    """A mark with its number; an empty choice is no row."""

    kind = SelectField(_l("Sertifikat"), choices=certificate_choices, default="")
    number = StringField(_l("Nomor"), [Length(max=limits.LONGEST_CERTIFICATE_NUMBER)])
    expires_on = DateField(_l("Berlaku sampai"), [Optional()])

    @property
    def doubt(self) -> str | None:
        """What looks wrong about a row that is filled in and can be kept as it is."""
        if self.errors or not (self.kind.data and self.number.data):
            return None
        return format_warning(CertificateKind(self.kind.data), self.number.data, self.expires_on.data)

    def validate_number(self, field: StringField) -> None:
        """A mark has a number, and a number a mark."""
        if self.kind.data and not (field.data or "").strip():
            raise ValidationError(_("Tulis nomor sertifikatnya."))
        if field.data and not self.kind.data:
            raise ValidationError(_("Pilih dulu jenis sertifikatnya."))


class CertificateForm(FlaskForm):
    """One certificate of a product, with its file."""

    number = StringField(
        _l("Nomor sertifikat"),
        [InputRequired(_l("Tulis nomor sertifikatnya.")), Length(max=limits.LONGEST_CERTIFICATE_NUMBER)],
    )
    expires_on = DateField(_l("Berlaku sampai"), [Optional()])
    scan = FileField(_l("Berkas"))

    def sent_scan(self) -> Scan | None:
        """The file that was chosen."""
        file = self.scan.data
        return Scan(file.read(), file.filename) if file and file.filename else None


def certificate_rows() -> Rows:
    """At most one row for each mark."""
    return Rows(FormField(CertificateRow), _l("Sertifikat"), max_entries=MOST_CERTIFICATES)


def add_spare_rows(rows: Rows) -> None:
    """Let there be some empty rows after those that are filled in."""
    filled = len([row for row in rows if row.form.kind.data])
    while len(rows) < min(filled + SPARE_CERTIFICATES, MOST_CERTIFICATES):
        rows.append_entry()


def filled_certificates(rows: Rows) -> list[CertificateDetails]:
    """The rows with a mark."""
    return [
        CertificateDetails(CertificateKind(row.form.kind.data), row.form.number.data, row.form.expires_on.data)
        for row in rows
        if row.form.kind.data
    ]


def certificate_values(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """What stands in the rows of certificates that are there."""
    return [
        {"kind": kind, "number": number, "expires_on": date.fromisoformat(ends) if ends else None}
        for kind, number, ends, _file_key, _file_name in marks
    ]
