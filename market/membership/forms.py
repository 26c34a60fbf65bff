"""Forms of a seller's business."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from market.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from market.membership.operations import Business
from market.organisations.fields import Chosen, KbliField, ReadAs, bank_field, district_field
from market.organisations.identifiers import read_bank_account, read_nib, read_npwp, read_phone
from market.organisations.kinds import SizeClass


class BusinessForm(FlaskForm):
    """What a cooperative must know of a business."""

    name = StringField(_l("Nama usaha"), [InputRequired(_l("Isi nama usaha.")), Length(max=120)])
    owner_name = StringField(_l("Nama pemilik"), [InputRequired(_l("Isi nama pemilik.")), Length(max=120)])
    description = TextAreaField(
        _l("Usaha Anda membuat apa?"), [InputRequired(_l("Ceritakan dalam satu dua kalimat.")), Length(max=1000)]
    )
    district_code = district_field(_l("Kecamatan"))
    address = TextAreaField(_l("Alamat usaha"), [InputRequired(_l("Isi alamat usaha.")), Length(max=500)])
    phone = StringField(_l("Nomor WhatsApp"), [InputRequired(_l("Isi nomor telepon.")), ReadAs(read_phone)])
    nib = StringField(_l("NIB"), [InputRequired(_l("Isi NIB.")), ReadAs(read_nib)])
    kbli = KbliField(_l("KBLI"))
    npwp = StringField(_l("NPWP"), [Optional(), ReadAs(read_npwp)])
    size_class = RadioField(
        _l("Ukuran usaha"),
        choices=lambda: [SelectChoice(size.value, size.label) for size in SizeClass],
        default=SizeClass.MICRO,
    )
    taxable = BooleanField(_l("Pengusaha Kena Pajak (PKP)"))
    bank_code = bank_field(_l("Bank"))
    bank_account = StringField(
        _l("Nomor rekening"), [InputRequired(_l("Isi nomor rekening.")), ReadAs(read_bank_account)]
    )
    bank_holder = StringField(_l("Atas nama"), [InputRequired(_l("Isi nama pemilik rekening.")), Length(max=120)])

    def business(self) -> Business:
        """What was filled in."""
        return Business(
            name=self.name.data.strip(),
            owner_name=self.owner_name.data.strip(),
            description=self.description.data.strip(),
            district_code=self.district_code.data,
            address=self.address.data.strip(),
            phone=self.phone.data,
            nib=self.nib.data,
            kbli=self.kbli.data or [],
            npwp=self.npwp.data or None,
            size_class=SizeClass(self.size_class.data),
            taxable=self.taxable.data,
            bank_code=self.bank_code.data,
            bank_account=self.bank_account.data,
            bank_holder=self.bank_holder.data.strip(),
        )


class ApplicationForm(BusinessForm):
    """A person who is logged in already applies with a business."""

    cooperative = SelectField(_l("Koperasi"), [Chosen(_l("Pilih koperasi."))], coerce=int)


class NewcomerForm(ApplicationForm):
    """Somebody new applies, and gets an account with it."""

    email = EmailField(
        _l("Email"),
        [
            InputRequired(_l("Isi alamat email.")),
            Length(max=254),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Alamat email ini tidak lengkap.")),
        ],
    )
    password = PasswordField(
        _l("Kata sandi"),
        [
            InputRequired(_l("Isi kata sandi.")),
            Length(min=MIN_LENGTH, max=MAX_LENGTH, message=_l("Kata sandi minimal 10 dan maksimal 200 karakter.")),
        ],
    )
