"""Forms about payouts."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from market.web.fields import RupiahField


class TransferredForm(FlaskForm):
    """A payout as the treasurer has sent it."""

    amount = RupiahField(_l("Jumlah yang Anda transfer"), [InputRequired(_l("Isi jumlahnya."))], lowest=1)
    transfer_reference = StringField(
        _l("Nomor referensi transfer"),
        [DataRequired(_l("Isi nomor referensi dari bukti transfer.")), Length(max=100)],
        filters=[lambda text: (text or "").strip()],
    )
