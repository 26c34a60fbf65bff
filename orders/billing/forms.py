"""Forms about payments."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

MAX_REFERENCE = 100


class TransferForm(FlaskForm):
    """A bank transfer as the buyer reports it."""

    transfer_reference = StringField(
        _l("Nomor referensi transfer"),
        [DataRequired(_l("Isi nomor referensi dari bukti transfer.")), Length(max=MAX_REFERENCE)],
        filters=[lambda text: (text or "").strip()],
    )
    transfer_from = StringField(
        _l("Dari rekening atas nama"), [Length(max=MAX_REFERENCE)], filters=[lambda text: (text or "").strip()]
    )


class ReceivedTransferForm(FlaskForm):
    """A bank transfer as the treasurer found it on the bank's statement."""

    transfer_reference = StringField(
        _l("Keterangan di mutasi rekening"),
        [DataRequired(_l("Isi keterangan transfer dari mutasi rekening.")), Length(max=MAX_REFERENCE)],
        filters=[lambda text: (text or "").strip()],
    )
