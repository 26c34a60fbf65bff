"""The form of a closure."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional

from catalog.closures.limits import LONGEST_NOTE


class ClosureForm(FlaskForm):
    """From when to when, and why."""

    first_day = DateField(_l("Hari pertama tutup"), [InputRequired(_l("Pilih hari pertama."))])
    last_day = DateField(_l("Hari terakhir tutup"), [InputRequired(_l("Pilih hari terakhir."))])
    note = StringField(_l("Alasan"), [Optional(), Length(max=LONGEST_NOTE)])
