"""What certificates say of themselves: numbers that look wrong, days, and what stays of a row when it is changed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.products.certificates import CertificateKind, format_warning
from catalog.products.details import CertificateDetails
from catalog.products.marks import certificate_list, certificates_from, set_certificates
from catalog.products.models import Certificate
from catalog.products.states import CertificateState
from market import clock
from market.db import session
from tests.catalog.products.marked import A_DAY, HALAL, carry, days_after
from tests.factories import make_product

RIGHT = {
    CertificateKind.HALAL: ("ID32110000934120824", "id 32110000934120824"),
    CertificateKind.PIRT: ("2063275011820-29", "P-IRT No. 2063275011820-29", "PIRT 2063275011820-29"),
    CertificateKind.BPOM: ("MD 265210034918", "ML265210034918", "BPOM RI MD 265210034918"),
    CertificateKind.SNI: ("SNI 01-2891-1992", "SNI 3553:2015", "SNI ISO 8124-1:2010", "SNI 04-3892.1-2006"),
    CertificateKind.TKDN: ("42,50%", "62.4", "TKDN 40 %", "100"),
    CertificateKind.SLHS: ("503.4/0218/Dinkes/2025",),
    CertificateKind.ISO: ("ISO 9001:2015", "ISO/IEC 17025:2017", "ISO 22000:2018", "ISO 898-1:2013"),
}
WRONG = {
    CertificateKind.HALAL: ("ID3211000093412082", "32110000934120824", "ID321100009341208245", "halal"),
    CertificateKind.PIRT: ("206327501182-29", "2063275011820", "2063275011820-2029", "2063275011820 29"),
    CertificateKind.BPOM: ("MX 265210034918", "MD 26521003491", "265210034918"),
    CertificateKind.SNI: ("01-2891-1992", "SNI", "SNI 2891", "SNI 01-2891-92"),
    CertificateKind.TKDN: ("empat puluh", "40%%", "4000"),
    CertificateKind.SLHS: ("ada",),
    CertificateKind.ISO: ("9001:2015", "ISO 9001", "ISO sembilan ribu satu"),
}


@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind in RIGHT for number in RIGHT[kind]])
def test_numbers_as_they_are_printed_raise_no_doubt(kind: CertificateKind, number: str) -> None:
    assert format_warning(kind, number, date(2029, 5, 1)) is None
    assert format_warning(kind, f"  {number} ", date(2029, 5, 1)) is None


@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind in WRONG for number in WRONG[kind]])
def test_numbers_in_another_form_are_pointed_out_with_an_example(kind: CertificateKind, number: str) -> None:
    words = format_warning(kind, number, date(2029, 5, 1))
    assert words is not None
    assert kind.label in words
    assert kind.example in words


@pytest.mark.parametrize("kind", CertificateKind)
def test_every_kind_says_what_it_is_and_knows_a_number_of_its_own(kind: CertificateKind) -> None:
    assert kind.about.endswith(".")
    assert format_warning(kind, kind.example, date(2029, 1, 1)) is None


def test_a_pirt_number_names_the_year_in_which_it_ends() -> None:
    number = "2063275011820-29"
    assert format_warning(CertificateKind.PIRT, number, date(2029, 12, 31)) is None
    assert "2029" in str(format_warning(CertificateKind.PIRT, number, None))
    words = str(format_warning(CertificateKind.PIRT, number, date(2030, 1, 1)))
    assert "2029" in words
    assert "2030" in words


def test_more_than_all_of_it_cannot_come_from_indonesia() -> None:
    assert format_warning(CertificateKind.TKDN, "100%", None) is None
    assert "100%" in str(format_warning(CertificateKind.TKDN, "100,01%", None))


def test_a_number_that_is_missing_is_pointed_out() -> None:
    for kind in CertificateKind:
        assert format_warning(kind, "  ", None) == "Nomornya belum diisi."


@given(st.sampled_from(CertificateKind), st.text(max_size=80), st.none() | st.dates())
def test_whatever_is_written_there_is_a_sentence_or_nothing(kind: CertificateKind, number: str, ends) -> None:
    words = format_warning(kind, number, ends)
    assert words is None or words.endswith(".")


def test_a_certificate_holds_on_its_last_day_and_no_longer_on_the_next() -> None:
    certificate = Certificate(kind=CertificateKind.HALAL, number=HALAL, expires_on=A_DAY)
    assert (certificate.counts(A_DAY), certificate.counts(days_after(1))) == (True, False)
    assert [certificate.days_left(days_after(days)) for days in (-1, 0, 1)] == [1, 0, -1]
    assert [certificate.ends_soon(days_after(days)) for days in (-61, -60, 0, 1)] == [False, True, True, False]


def test_one_without_an_end_never_ends_and_a_refused_one_never_counts() -> None:
    endless = Certificate(kind=CertificateKind.SNI, number="SNI 3553:2015", expires_on=None)
    assert endless.counts(days_after(36500))
    assert not endless.ends_soon(A_DAY)
    refused = Certificate(kind=CertificateKind.SNI, number="SNI 3553:2015", state=CertificateState.REFUSED)
    assert not refused.counts(A_DAY)


def test_the_condition_of_a_query_agrees_with_the_row() -> None:
    product = make_product()
    for kind, state, ends in zip(
        CertificateKind,
        [*CertificateState, *CertificateState, CertificateState.VERIFIED],
        [None, A_DAY, days_after(-1), days_after(-1), A_DAY, None, days_after(1)],
        strict=True,
    ):
        carry(product, kind, state=state, expires_on=ends)
    for day in (days_after(-1), A_DAY, days_after(1)):
        found = set(session.query(Certificate.kind).filter(Certificate.counting(day)))
        assert {kind for (kind,) in found} == {each.kind for each in product.certificates if each.counts(day)}


@pytest.mark.parametrize(
    "change",
    [
        {"number": "ID32110000934120825"},
        {"expires_on": days_after(400)},
        {"file": ("certificates/new.pdf", "baru.pdf")},
    ],
)
def test_another_number_day_or_file_is_looked_at_again(change: dict) -> None:
    product = make_product()
    row = carry(product, expires_on=A_DAY, state=CertificateState.VERIFIED, verified_at=clock.now(), reminded_days=60)
    details = CertificateDetails(**{"kind": row.kind, "number": HALAL, "expires_on": A_DAY, **change})
    set_certificates(product, certificates_from([details], certificate_list(product)))
    assert product.certificates == [row]
    assert (row.state, row.verified_at, row.verified_by_id) == (CertificateState.UNVERIFIED, None, None)
    assert row.reminded_days == (None if "expires_on" in change else 60)


def test_the_same_said_again_keeps_what_the_cooperative_said() -> None:
    product = make_product()
    refused = carry(product, state=CertificateState.REFUSED, refusal="Buram.", file_key="f", file_name="f.pdf")
    for details in (CertificateDetails(CertificateKind.HALAL, f" {HALAL} "), CertificateDetails(CertificateKind.HALAL)):
        set_certificates(product, certificates_from([details], certificate_list(product)))
    assert (refused.state, refused.refusal, refused.file_name) == (CertificateState.REFUSED, "Buram.", "f.pdf")
