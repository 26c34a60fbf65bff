"""The forms of saved searches."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from search.saved.limits import LONGEST_NAME


class NameForm(FlaskForm):
    """What a search is called."""

    name = StringField(
        _l("Nama"),
        [InputRequired(_l("Beri nama pencarian ini.")), Length(max=LONGEST_NAME)],
    )


class SaveForm(NameForm):
    """A search to keep: what it asks for stands in the form, as in the address of its results."""

    question = HiddenField()
    letters = BooleanField(_l("Kirimi saya email bila ada produk baru"))
