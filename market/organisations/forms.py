"""Forms of places of delivery, buying rules, and new organisations."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from market.organisations.fields import ReadAs, district_field
from market.organisations.identifiers import read_npwp, read_phone
from market.organisations.kinds import TaxRole, Terms
from market.organisations.operations import Place
from market.web.fields import RupiahField

WRITE_NAME = _l("Isi namanya.")
WRITE_ADDRESS = _l("Isi alamat lengkapnya.")


class ShipToForm(FlaskForm):
    """A place of delivery."""

    name = StringField(_l("Nama tempat"), [InputRequired(WRITE_NAME), Length(max=120)])
    address = TextAreaField(_l("Alamat"), [InputRequired(WRITE_ADDRESS), Length(max=500)])
    district_code = district_field(_l("Kecamatan"), optional=True)
    contact_name = StringField(_l("Nama penerima"), [Optional(), Length(max=120)])
    contact_phone = StringField(_l("Telepon penerima"), [Optional(), Length(max=30), ReadAs(read_phone)])
    notes = TextAreaField(_l("Catatan untuk pengirim"), [Optional(), Length(max=500)])

    def place(self) -> Place:
        """What was filled in."""
        return Place(
            name=self.name.data.strip(),
            address=self.address.data.strip(),
            district_code=self.district_code.data or None,
            contact_name=self.contact_name.data or None,
            contact_phone=self.contact_phone.data or None,
            notes=self.notes.data or None,
        )


class BuyingRulesForm(FlaskForm):
    """When an order needs an approver, and when invoices are due."""

    approval_threshold = RupiahField(_l("Pesanan perlu persetujuan mulai dari"), [Optional()])
    terms = SelectField(_l("Cara bayar bawaan"), choices=lambda: [SelectChoice(t.value, t.label) for t in Terms])


class CooperativeForm(FlaskForm):
    """A new cooperative."""

    name = StringField(_l("Nama koperasi"), [InputRequired(WRITE_NAME), Length(max=160)])
    legal_number = StringField(_l("Nomor badan hukum"), [Optional(), Length(max=60)])
    nik = StringField(_l("NIK koperasi"), [Optional(), Length(max=30)])
    npwp = StringField(_l("NPWP"), [Optional(), ReadAs(read_npwp)])
    address = TextAreaField(_l("Alamat"), [InputRequired(WRITE_ADDRESS), Length(max=500)])
    district_code = district_field(_l("Kecamatan"))
    tax_role = SelectField(
        _l("Peran dalam penjualan"), choices=lambda: [SelectChoice(r.value, r.label) for r in TaxRole]
    )
    taxable = BooleanField(_l("Pengusaha Kena Pajak (PKP)"))


class BuyerForm(FlaskForm):
    """A new factory."""

    name = StringField(_l("Nama perusahaan"), [InputRequired(WRITE_NAME), Length(max=160)])
    npwp = StringField(_l("NPWP"), [InputRequired(_l("Isi NPWP.")), ReadAs(read_npwp)])
    address = TextAreaField(_l("Alamat"), [InputRequired(WRITE_ADDRESS), Length(max=500)])
    district_code = district_field(_l("Kecamatan"))
