"""Forms of login, profile and password."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Optional

from market.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from market.web.locale import LANGUAGES

WRITE_EMAIL = _l("Isi alamat email Anda.")
WRITE_PASSWORD = _l("Isi kata sandi Anda.")


class LoginForm(FlaskForm):
    """Who are you?"""

    email = EmailField(_l("Email"), [InputRequired(WRITE_EMAIL), Length(max=254)])
    password = PasswordField(_l("Kata sandi"), [InputRequired(WRITE_PASSWORD), Length(max=MAX_LENGTH)])
    remember = BooleanField(_l("Tetap masuk di perangkat ini"))


class ProfileForm(FlaskForm):
    """How we name and reach you."""

    name = StringField(_l("Nama"), [InputRequired(_l("Isi nama Anda.")), Length(max=120)])
    phone = TelField(_l("Nomor telepon"), [Optional(), Length(max=30)])
    locale = SelectField(_l("Bahasa"), choices=[SelectChoice(*language) for language in LANGUAGES.items()])


class PasswordForm(FlaskForm):
    """A new password."""

    present = PasswordField(_l("Kata sandi sekarang"), [InputRequired(WRITE_PASSWORD), Length(max=MAX_LENGTH)])
    wanted = PasswordField(
        _l("Kata sandi baru"),
        [
            InputRequired(_l("Isi kata sandi baru.")),
            Length(min=MIN_LENGTH, max=MAX_LENGTH, message=_l("Kata sandi minimal 10 dan maksimal 200 karakter.")),
        ],
    )
    again = PasswordField(_l("Ulangi kata sandi baru"), [EqualTo("wanted", _l("Kedua kata sandi baru tidak sama."))])
