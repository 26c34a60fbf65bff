"""The forms of an import: the file, and the decision."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from catalog.importing.states import ImportMode
from market.organisations.models import Seller


class FileForm(FlaskForm):
    """A file of one's own products."""

    file = FileField(_l("Berkas XLSX atau CSV"), [FileRequired(_l("Pilih dulu berkasnya."))])


class SellersFileForm(FileForm):
    """A file for one of the cooperative's sellers."""

    seller = SelectField(_l("Penjual"), [InputRequired(_l("Pilih penjualnya."))])

    def offer(self, sellers: list[Seller]) -> None:
        """Let these sellers be chosen from."""
        self.seller.choices = [
            SelectChoice("", _("Pilih penjual")),
            *(SelectChoice(str(seller.id), seller.name) for seller in sellers),
        ]


class DecisionForm(FlaskForm):
    """What is to be written."""

    mode = RadioField(
        _l("Yang disimpan"),
        [InputRequired(_l("Pilih salah satu."))],
        choices=lambda: [
            SelectChoice(ImportMode.ALL.value, _("Semua atau tidak sama sekali")),
            SelectChoice(ImportMode.VALID.value, _("Hanya baris yang benar")),
        ],
    )
    prices_confirmed = BooleanField(_l("Saya sudah memeriksa harga yang ditandai"))
