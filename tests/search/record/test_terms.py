"""What of a question is recorded, and what never is."""

import pytest

from search.record.terms import LONGEST, terms_of


def test_words_that_only_ask_are_left_out_and_their_order_does_not_matter():
    assert terms_of("Jual Pallet HDPE murah") == ("hdpe pallet", "pallet hdpe")
    assert terms_of("hdpe pallet").words == terms_of("PALLET  hdpe").words


def test_a_size_is_one_word_however_it_is_written_and_shown_as_it_was_typed():
    assert terms_of("kardus 20 x 20 x 15 cm").words == terms_of("kardus 20×20×15").words
    assert terms_of("Kabel 0,5 mm").written == "kabel 0,5 mm"


@pytest.mark.parametrize(
    "typed",
    [
        "budi@contoh.test",
        "hubungi budi @ contoh",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "3216070101900001",
        "01.234.567.8-901.000",
        "transfer 1234567890",
        "WA 0812",
        "https://contoh.test/pallet",
        "www.contoh.test",
        "jalan melati rt 03 rw 05",
    ],
)
def test_what_looks_like_personal_data_is_not_recorded(typed):
    assert terms_of(typed) is None


@pytest.mark.parametrize(
    "typed", ["kardus 40 x 30 x 30", "M8 x 40", "KK-P-201515", "kertas A4 80 gsm", "plastik 100 ml"]
)
def test_sizes_and_codes_are_no_personal_data(typed):
    assert terms_of(typed) is not None


@pytest.mark.parametrize("typed", ["", " ", "k", "!!"])
def test_what_is_no_word_yet_is_not_recorded(typed):
    assert terms_of(typed) is None


def test_what_is_kept_is_short():
    terms = terms_of(" ".join(f"kata{number}" for number in range(100)))
    assert len(terms.written) <= LONGEST
    assert len(terms.words.split()) <= 10
    assert len(terms_of("k" * 500).written) <= LONGEST
