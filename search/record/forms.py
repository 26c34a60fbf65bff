"""The shape of an invitation."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from search.record.limits import LONGEST_MESSAGE


class InvitationForm(FlaskForm):
    """What is written to the sellers who are invited; who they are is chosen in a list beside it."""

    message = TextAreaField(
        _l("Pesan"),
        [InputRequired(_l("Tuliskan pesannya.")), Length(max=LONGEST_MESSAGE)],
    )
