"""The numbers organisations are known by, read as people type them; a wrong one raises Invalid."""

import re

import phonenumbers
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import Invalid

NPWP_LENGTH, OLD_NPWP_LENGTH, NIB_LENGTH = 16, 15, 13
KBLI_LENGTH, MOST_KBLI = 5, 30


def read_npwp(text: str) -> str:
    """The 16 digits of an NPWP; an old one of 15 gets its leading 0.

    Its check digit is not looked at: the tax office's own sample fails the published algorithm.
    """
    digits = _digits(text)
    if len(digits) == OLD_NPWP_LENGTH:
        digits = "0" + digits
    if len(digits) != NPWP_LENGTH:
        raise Invalid(_l("NPWP terdiri dari 16 angka (atau 15 angka untuk NPWP lama)."), field="npwp")
    return digits


def read_nib(text: str) -> str:
    """The 13 digits of a business number (NIB)."""
    digits = _digits(text)
    if len(digits) != NIB_LENGTH:
        raise Invalid(_l("NIB terdiri dari 13 angka."), field="nib")
    return digits


def read_kbli(text: str) -> list[str]:
    """The five-figure KBLI codes in "14111, 14120", however they are parted, each once and in their order."""
    codes = [code for code in re.split(r"[\s,;/]+", text.strip()) if code]
    for code in codes:
        if len(code) != KBLI_LENGTH or not (code.isascii() and code.isdigit()):
            raise Invalid(
                _("Kode KBLI terdiri dari 5 angka, misalnya 14111. Periksa: %(code)s", code=code[:20]), field="kbli"
            )
    if len(codes) > MOST_KBLI:
        raise Invalid(_("Paling banyak %(most)s kode KBLI.", most=MOST_KBLI), field="kbli")
    return list(dict.fromkeys(codes))


def read_bank_account(text: str) -> str:
    """The 8 to 16 digits of a bank account."""
    digits = _digits(text)
    if not 8 <= len(digits) <= 16:
        raise Invalid(_l("Nomor rekening terdiri dari 8 sampai 16 angka."), field="bank_account")
    return digits


def read_phone(text: str) -> str:
    """A phone number with its country, as +62812…; a number without one is Indonesian."""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException as error:
        raise Invalid(_WRONG_PHONE, field="phone") from error
    if not phonenumbers.is_possible_number(number):
        raise Invalid(_WRONG_PHONE, field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_WRONG_PHONE = _l("Nomor telepon tidak dikenali. Contoh: 0812-3456-7890.")


def _digits(text: str) -> str:
    if re.search(r"[^\d\s.\-]", text):
        return ""
    return re.sub(r"\D", "", text)
