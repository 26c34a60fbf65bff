"""WTForms' own error sentences in plain Indonesian; the library brings translations, but none into Indonesian."""

from typing import Any

from flask import Flask, request
from flask_babel import lazy_gettext as _l

NOT_A_CHOICE = _l("Pilih salah satu dari daftar.")
WRITE_WHOLE = _l("Tulis angka bulat, misalnya 1.500.")
WRITE_DECIMAL = _l("Tulis angka, misalnya 2,5.")
NOT_CHANGEABLE = _l("Isian ini tidak dapat diubah.")
OPENED_LONG_AGO = _l("Halaman ini sudah lama terbuka. Muat ulang, lalu kirim sekali lagi.")
UNREADABLE = _l("Isian ini tidak dapat dibaca.")

SENTENCES: dict[str, Any] = {
    "This field is required.": _l("Bagian ini harus diisi."),
    "Invalid input.": UNREADABLE,
    "Invalid email address.": _l("Tulis alamat email yang lengkap, misalnya nama@perusahaan.co.id."),
    "Invalid IP address.": UNREADABLE,
    "Invalid Mac address.": UNREADABLE,
    "Invalid URL.": _l("Tulis alamat web yang lengkap, misalnya https://contoh.co.id."),
    "Invalid UUID.": UNREADABLE,
    "Invalid field name '%s'.": UNREADABLE,
    "Field must be equal to %(other_name)s.": _l("Kedua isian ini harus sama."),
    "Field must be at least %(min)d character long.": _l("Tulis paling sedikit %(min)d karakter."),
    "Field cannot be longer than %(max)d character.": _l("Tulis paling banyak %(max)d karakter."),
    "Field must be exactly %(max)d character long.": _l("Tulis tepat %(max)d karakter."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Tulis %(min)d sampai %(max)d karakter."),
    "Number must be at least %(min)s.": _l("Paling sedikit %(min)s."),
    "Number must be at most %(max)s.": _l("Paling banyak %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Isi antara %(min)s dan %(max)s."),
    "Date must be at least %(min)s.": _l("Pilih tanggal mulai %(min)s."),
    "Date must be at most %(max)s.": _l("Pilih tanggal sampai %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Pilih tanggal antara %(min)s dan %(max)s."),
    "Invalid value, must be one of: %(values)s.": _l("Isi salah satu dari: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": _l("Isian ini tidak boleh: %(values)s."),
    "This field cannot be edited.": NOT_CHANGEABLE,
    "This field is disabled and cannot have a value.": NOT_CHANGEABLE,
    "Invalid CSRF Token.": OPENED_LONG_AGO,
    "CSRF token missing.": OPENED_LONG_AGO,
    "CSRF failed.": OPENED_LONG_AGO,
    "CSRF token expired.": OPENED_LONG_AGO,
    "Invalid Choice: could not coerce.": NOT_A_CHOICE,
    "Choices cannot be None.": NOT_A_CHOICE,
    "Not a valid choice.": NOT_A_CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": NOT_A_CHOICE,
    "'%(value)s' is not a valid choice for this field.": NOT_A_CHOICE,
    "Not a valid datetime value.": _l("Tulis tanggal dan jamnya dengan lengkap."),
    "Not a valid date value.": _l("Tulis tanggal yang lengkap, misalnya 21-11-2026."),
    "Not a valid time value.": _l("Tulis jam yang lengkap, misalnya 14.00."),
    "Not a valid week value.": _l("Tulis minggunya dengan lengkap."),
    "Not a valid integer value.": WRITE_WHOLE,
    "Not a valid decimal value.": WRITE_DECIMAL,
    "Not a valid float value.": WRITE_DECIMAL,
    "File does not have an approved extension.": _l("Jenis berkas ini tidak diterima."),
    "File does not have an approved extension: {extensions}": _l(
        "Jenis berkas ini tidak diterima. Kirim salah satu dari: {extensions}"
    ),
}


class FormSentences:
    """What Flask-WTF asks for the sentence in place of WTForms' English one."""

    def ugettext(self, sentence: str) -> str:
        """The sentence fit to show; one that is not ours, such as a form's own, stays as it is."""
        return str(SENTENCES.get(sentence, sentence))

    def ungettext(self, singular: str, _plural: str, _count: int) -> str:
        """As `ugettext`: Indonesian has no plural forms."""
        return self.ugettext(singular)


def init_app(app: Flask) -> None:
    """Let forms speak Indonesian: Flask-WTF looks for its translations at the request."""

    def speak_indonesian() -> None:
        request.wtforms_translations = FormSentences()  # type: ignore[attr-defined]

    app.before_request(speak_indonesian)
