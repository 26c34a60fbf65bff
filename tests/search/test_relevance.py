"""What factories type finds what they mean, in Meilisearch and in PostgreSQL."""

from collections import Counter

import pytest

from catalog.categories.queries import get_category
from search import engine
from search.engine import SearchEngine
from search.normal import normal
from search.queries import FEW, nearly, search, suggest
from search.request import EngineName, SearchRequest
from search.settings import INDEX_SETTINGS, MISTAKABLE
from search.synonyms import SAME_WORDS
from tests.factories import make_category, make_cooperative, make_product, make_seller


@pytest.fixture(params=list(EngineName))
def asked_engine(request, index):
    """Each engine in turn."""
    if request.param is EngineName.POSTGRESQL:
        engine.use(SearchEngine(None, None, index=index.index))
    yield request.param
    engine.use(index)


@pytest.fixture
def sell(announce):
    """Offer goods of these names, all by one seller whose name says nothing."""

    def offer(*names, **given):
        seller = make_seller(name="Maju Bersama", cooperative=make_cooperative(name="Koperasi Sejahtera"))
        category = given.pop("category", None) or make_category(name="Barang", name_en="Goods")
        letters = ("AA", "BB", "CC", "DD", "EE", "FF", "GG", "HH", "II", "JJ", "KK")
        made = [
            make_product(**{"name": name, "seller": seller, "category": category, "sku": letters[place], **given})
            for place, name in enumerate(names)
        ]
        announce(*made)
        return made

    return offer


def found(typed):
    return [hit["item"]["name"] for hit in search(SearchRequest(q=typed)).hits]


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        (
            "Kardus polos 20 x 20 x 15 cm",
            ["20x20x15", "20 x 20 x 15", "20 × 20 × 15 cm", "kardus 20x20x15cm", "200x200x150 mm", "20x20"],
        ),
        ("Baut hex M8x40", ["M8 x 40", "M8x40", "baut m8", "m8 40", "baut M 8 x 40 mm"]),
        ("Kertas HVS A4 80gsm", ["A4 80 gsm", "a4 80gsm", "kertas a 4 80 gram", "hvs 80"]),
        ("Cairan pembersih 100 ml", ["100ml", "100 ml", "100 mililiter", "0,1 liter"]),
        ('Nipple 1/2"', ["1/2 inch", "nipple ½ inci", "1/2inci"]),
        ("Pulpen gel 0,5 mm", ["0.5 mm", "0,5mm", "pulpen 0.5"]),
        ("Lakban bening 48 mm x 90 yard", ["lakban 48mm", "48 mm x 90 yard", "48x90", "lakban48mm"]),
    ],
)
def test_sizes_are_found_however_they_are_written(sell, asked_engine, name, ways):
    sell(name, "Sapu lidi")
    for typed in ways:
        assert found(typed) == [name], typed


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Kardus 20x20x15 cm", ["20x20x12", "20x20x16", "kardus 30x20x15"]),
        ("Baut M8 x 40", ["M6 x 40", "M8 x 45", "baut m1", "m10"]),
        ("Lakban 48 mm", ["lakban 4", "lakban 49", "48 cm", "lakban 8"]),
        ("Kertas A4 80 gsm", ["a3", "kertas 70 gsm", "kertas 8"]),
    ],
)
def test_a_size_is_never_taken_for_another(sell, asked_engine, name, others):
    sell(name)
    for typed in others:
        assert found(typed) == [], typed


def test_a_number_of_the_seller_is_found_whole_and_from_its_beginning(announce, asked_engine):
    announce(make_product(name="Sapu", sku="KK-P-201515"), make_product(name="Pel", sku="KK-P-201516"))
    assert found("KK-P-201515") == ["Sapu"]
    assert found("kkp201515") == ["Sapu"]
    assert set(found("kk-p-2015")) == {"Sapu", "Pel"}
    assert found("KK-P-201517") == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("karton", "Kardus polos"),
        ("box", "Kardus polos"),
        ("dus", "Kardus polos"),
        ("kardus", "Karton tebal"),
        ("handscoon", "Sarung tangan"),
        ("glove", "Sarung tangan"),
        ("sarung tangan", "Handscoon lateks"),
        ("apd", "Paket PPE"),
        ("ppe", "Paket K3"),
        ("k3", "Paket APD"),
        ("coverall", "Wearpack oranye"),
        ("baju bengkel", "Wearpack oranye"),
        ("wearpack", "Baju bengkel biru"),
        ("lusin", "Spidol isi 12 pcs"),
        ("12 pcs", "Spidol satu lusin"),
        ("plastic bag", "Kantong plastik bening"),
        ("t-shirt", "Kaos oblong"),
        ("jual kardus murah", "Kardus polos"),
        ("kardus-kardus", "Kardus polos"),
        ("kemasan", "Pengemasan ulang"),
        ("percetakan", "Cetak brosur"),
    ],
)
def test_other_words_for_it_find_it(sell, asked_engine, typed, name):
    sell(name, "Sapu lidi")
    assert found(typed) == [name]


def test_packing_is_not_gold_and_printing_no_crate(sell, asked_engine):
    sell("Cincin emas", "Kotak peti")
    assert found("pengemasan") == []
    assert found("percetakan") == []


def test_a_word_that_is_one_letter_from_another_is_no_misspelling(sell):
    sell("Kabel listrik", "Paket lengkap", "Poros roda")
    assert found("palet") == []
    assert found("polos") == []
    assert set(MISTAKABLE) <= set(INDEX_SETTINGS["typoTolerance"]["disableOnWords"])


def test_codes_are_exempt_from_guessing_wherever_they_stand():
    attributes = INDEX_SETTINGS["searchableAttributes"]
    codes = [name for name in attributes if name.endswith(("codes", "numbers"))]
    assert codes
    assert set(codes) == set(INDEX_SETTINGS["typoTolerance"]["disableOnAttributes"])


def test_what_a_thing_is_counts_before_what_it_is_for(sell):
    sell("Kalender meja", "Meja kerja", "Lampu untuk meja")
    assert found("meja")[0] == "Meja kerja"


def test_words_that_only_ask_are_words_when_there_are_no_others(sell, asked_engine):
    sell("Grosir serba ada")
    assert found("grosir") == ["Grosir serba ada"]


def test_who_finds_few_is_shown_what_has_some_of_the_words(sell, asked_engine):
    sell("Kardus cetak merah", "Kardus polos", "Sapu merah")
    request = SearchRequest(q="kardus merah")
    result = search(request)
    assert [hit["item"]["name"] for hit in result.hits] == ["Kardus cetak merah"]
    near = [hit["item"]["name"] for hit in nearly(request, result)]
    assert "Kardus polos" in near
    assert "Kardus cetak merah" not in near
    assert nearly(SearchRequest(q="kardus"), search(SearchRequest(q="kardus"))) == []


def test_the_page_shows_near_ones_below_few_and_none_below_many(sell, client):
    sell(*(f"Kardus nomor {number}" for number in ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan")))
    assert FEW == 8
    title = "Yang memuat sebagian kata Anda"
    assert title not in client.get("/search?q=kardus+nomor").text
    assert title in client.get("/search?q=kardus+satu").text


def test_suggestions_understand_sizes_and_other_words(sell, asked_engine):
    sell("Kardus 20x20x15 cm", category=get_category("kardus-polos"))
    for typed in ("20 x 20", "karton 20 × 20 × 15", "jual kard"):
        assert [hit["item"]["name"] for hit in suggest(typed).products] == ["Kardus 20x20x15 cm"], typed


def test_an_amount_may_be_unfinished_while_one_types(sell):
    sell("Lakban 48 mm")
    assert [hit["item"]["name"] for hit in suggest("lakban 4").products] == ["Lakban 48 mm"]


def test_no_word_of_the_trade_stands_in_two_groups_and_no_phrase_is_too_long():
    written = [normal(word) for group in SAME_WORDS for word in group]
    assert [word for word, count in Counter(written).items() if count > 1] == []
    assert [word for word in written if len(word.split()) > 3 or not word] == []
