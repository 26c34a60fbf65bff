"""What is found, and how: words, misspellings, synonyms, filters, counts, order and pages."""

import pytest

from catalog.categories.queries import get_category
from catalog.products.models import Certificate
from search.queries import search, suggest
from search.request import EngineName, SearchRequest, Sort
from tests.factories import make_category, make_cooperative, make_product, make_seller


def found(**asked):
    """The names of what is found."""
    return [hit["item"]["name"] for hit in search(SearchRequest(**asked)).hits]


def test_a_product_is_found_by_its_name_description_number_category_and_seller(announce):
    product = make_product(
        name="Kardus polos",
        description="Untuk ekspor, dinding ganda.",
        sku="KP-4030",
        category=make_category(name="Kemasan", name_en="Packaging"),
        seller=make_seller(name="Karya Bunda"),
    )
    announce(product, make_product(name="Sapu lidi"))
    for words in ("kardus", "ekspor", "KP-4030", "kemasan", "packaging", "karya bunda", "kardus bunda", "kar"):
        assert found(q=words) == ["Kardus polos"], words


def test_a_misspelt_word_is_understood(announce):
    announce(make_product(name="Sarung tangan karet"), make_product(name="Helm proyek"))
    assert found(q="sarumg tangn") == ["Sarung tangan karet"]


def test_a_number_or_code_is_not_taken_for_another(announce):
    seller = make_seller(name="Karya Bunda", cooperative=make_cooperative(name="Koperasi Bekasi"))
    announce(make_product(name="Lakban 48 mm", sku="LB-4801", seller=seller))
    assert found(q="LB-4801") == ["Lakban 48 mm"]
    assert found(q="LB-4802") == []
    assert found(q="lakban 49") == []
    assert found(q="lakban 4") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("karton", "Kardus polos"),
        ("box", "Kardus polos"),
        ("handscoon", "Sarung tangan karet"),
        ("glove", "Sarung tangan karet"),
        ("ppe", "Paket APD lengkap"),
        ("k3", "Paket APD lengkap"),
        ("baju bengkel", "Wearpack terusan"),
        ("coverall", "Wearpack terusan"),
    ],
)
def test_what_people_call_it_otherwise_finds_it(announce, typed, meant):
    names = ("Kardus polos", "Sarung tangan karet", "Paket APD lengkap", "Wearpack terusan", "Sapu lidi")
    announce(*(make_product(name=name, category=make_category(name="Barang", name_en="Goods")) for name in names))
    assert found(q=typed) == [meant]


def test_every_word_must_match_unless_any_will_do(announce):
    announce(make_product(name="Kardus polos"), make_product(name="Kardus cetak"))
    assert found(q="kardus polos") == ["Kardus polos"]
    assert set(found(q="kardus mengkilap", any_word=True)) == {"Kardus polos", "Kardus cetak"}


def test_a_branch_of_the_tree_holds_what_is_below_it(announce):
    root, leaf = get_category("kemasan"), get_category("kardus")
    announce(make_product(name="A", category=leaf), make_product(name="B", category=root), make_product(name="C"))
    assert set(found(category="kemasan")) == {"A", "B"}
    assert found(category="kardus") == ["A"]


def test_several_districts_mean_any_of_them_and_several_filters_all_of_them(announce):
    near, far = make_seller(district_code="32.16.07"), make_seller(district_code="32.75.01")
    announce(
        make_product(name="A", seller=near, unit_price=5000),
        make_product(name="B", seller=far, unit_price=5000),
        make_product(name="C", seller=far, unit_price=9000),
        make_product(name="D", seller=make_seller(district_code="32.16.22"), unit_price=5000),
    )
    assert set(found(districts=("32.16.07", "32.75.01"))) == {"A", "B", "C"}
    assert set(found(districts=("32.16.07", "32.75.01"), max_price=5000)) == {"A", "B"}


def test_only_what_is_left_in_the_smallest_order_is_in_stock(announce):
    announce(
        make_product(name="Ada", on_hand=12, min_order=12),
        make_product(name="Kurang", on_hand=11, min_order=12),
        make_product(name="Bukan kelipatan", on_hand=15, min_order=10, order_multiple=8),
        make_product(name="Dipesan orang", on_hand=100, reserved=100),
        make_product(name="Habis", on_hand=0),
    )
    assert found(in_stock=True) == ["Ada"]


def test_what_can_be_ordered_comes_before_what_cannot(announce):
    announce(make_product(name="Kardus habis", on_hand=0), make_product(name="Kardus ada"))
    assert found(q="kardus") == ["Kardus ada", "Kardus habis"]
    assert found() == ["Kardus ada", "Kardus habis"]


def test_results_are_sorted_as_asked(announce):
    announce(
        make_product(name="Kardus B", unit_price=2000, lead_time_days=1),
        make_product(name="Kardus A", unit_price=900, lead_time_days=9),
        make_product(name="Kardus C", unit_price=10_000, lead_time_days=3),
    )
    assert found(q="kardus", sort=Sort.PRICE) == ["Kardus A", "Kardus B", "Kardus C"]
    assert found(q="kardus", sort=Sort.PRICE_DOWN) == ["Kardus C", "Kardus B", "Kardus A"]
    assert found(q="kardus", sort=Sort.LEAD_TIME) == ["Kardus B", "Kardus C", "Kardus A"]
    assert found(q="kardus", sort=Sort.NEWEST) == ["Kardus C", "Kardus A", "Kardus B"]


def test_pages_follow_each_other_without_gap_or_repetition(announce):
    announce(*(make_product(name=f"Kardus {number}") for number in range(7)))
    pages = [search(SearchRequest(q="kardus", page=page, per_page=3)) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert len({hit["id"] for page in pages for hit in page.hits}) == 7


def test_a_facet_counts_as_if_it_were_not_set_itself(announce):
    root = get_category("kemasan")
    near, far = make_seller(district_code="32.16.07"), make_seller(district_code="32.75.01")
    halal = make_product(category=root, seller=near, unit_price=1000, lead_time_days=2)
    halal.certificates.append(Certificate(kind="halal", number="ID1"))
    announce(halal, make_product(category=root, seller=far, unit_price=3000, on_hand=0, lead_time_days=10))
    facets = search(SearchRequest(districts=("32.16.07",))).facets
    assert facets.districts == {"32.16.07": 1, "32.75.01": 1}
    assert facets.categories == {"kemasan": 1}
    assert facets.certifications == {"halal": 1}
    facets = search(SearchRequest(max_price=2000)).facets
    assert (facets.lowest_price, facets.highest_price) == (1000, 3000)
    assert facets.in_stock == 1
    assert search(SearchRequest()).facets.lead_times == {1: 0, 3: 1, 7: 1, 14: 2, 30: 2}


def test_a_seller_is_named_by_slug_or_id(announce):
    seller = make_seller()
    announce(make_product(name="A", seller=seller), make_product(name="B"))
    assert found(seller=seller.slug) == ["A"]
    assert found(seller=str(seller.id)) == ["A"]
    assert found(seller="99999999999999999999999") == []


@pytest.mark.parametrize(
    "wild", ['"', "\\", '" OR id > 0 OR category_path = "', "]", "'); DROP TABLE products; --", "𝕶 🙂"]
)
def test_what_looks_like_a_command_is_only_a_word(announce, wild):
    announce(make_product(name="Kardus"))
    for asked in ({"category": wild}, {"seller": wild}, {"districts": (wild,)}):
        result = search(SearchRequest(**asked))
        assert (result.total, result.engine) == (0, EngineName.MEILISEARCH)
    assert search(SearchRequest(q=wild)).engine is EngineName.MEILISEARCH


def test_suggestions_name_products_categories_and_sellers(announce):
    box = get_category("kardus-polos")
    seller = make_seller(name="Kardusindo Jaya")
    announce(
        make_product(name="Kardus besar", category=box, seller=seller),
        make_product(name="Kardus kecil", category=box),
        make_product(name="Sapu", seller=seller),
    )
    offered = suggest("kard")
    assert {hit["item"]["name"] for hit in offered.products} >= {"Kardus besar", "Kardus kecil"}
    assert next(iter(offered.categories.items())) == ("kardus-polos", 2)
    assert [hit["item"]["seller"]["name"] for hit in offered.sellers] == ["Kardusindo Jaya"]


@pytest.mark.parametrize("fixture", ["index", "away"])
def test_categories_that_are_called_so_are_offered_before_those_that_hold_more(announce, request, fixture):
    boxes, rice = get_category("kardus-polos"), get_category("beras-telur")
    announce(
        make_product(name="Kardus polos", category=boxes),
        *(make_product(name=f"Kardus beras {number}", category=rice) for number in range(3)),
    )
    request.getfixturevalue(fixture)
    assert suggest("kard").categories == {"kardus-polos": 1}
    assert suggest("kardus ber").categories == {"beras-telur": 3}
    assert suggest("plain").categories == {"kardus-polos": 1}
