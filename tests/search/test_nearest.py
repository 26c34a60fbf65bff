"""The nearest first: page by page, whatever district a page begins or ends in."""

from search.nearest import Part, parts_of
from search.queries import search
from search.request import EngineName, SearchRequest, Sort
from tests.factories import make_product, make_seller

CIBITUNG, CIKARANG_BARAT, BEKASI_TIMUR = "32.16.07", "32.16.08", "32.75.01"


def nearest(page: int, per_page: int, **more: object) -> SearchRequest:
    return SearchRequest(q="kardus", near=CIBITUNG, sort=Sort.NEAREST, page=page, per_page=per_page, **more)


def test_a_page_takes_what_its_districts_have_left():
    parts = parts_of(nearest(2, 4), {CIBITUNG: 3, CIKARANG_BARAT: 3, BEKASI_TIMUR: 9}, total=15)
    assert [(part.first, part.number) for part in parts] == [(1, 2), (0, 2)]
    assert parts[0].condition == f'district_code = "{CIKARANG_BARAT}"'
    assert parts_of(nearest(5, 4), {CIBITUNG: 3}, total=3) == []
    (last,) = parts_of(nearest(1, 4), {}, total=2)
    assert last == Part(last.condition, 0, 2)
    assert last.condition.startswith("district_code NOT IN")


def test_all_pages_together_are_all_products_from_the_nearest_to_those_of_unknown_place(announce):
    places = [BEKASI_TIMUR, CIBITUNG, None, CIKARANG_BARAT]
    sellers = [make_seller(district_code=code) for code in places]
    announce(*(make_product(name=f"Kardus {n}", seller=sellers[n % 4], unit_price=1000 + n) for n in range(12)))
    pages = [search(nearest(page, 5)) for page in (1, 2, 3, 4)]
    assert {page.engine for page in pages} == {EngineName.MEILISEARCH}
    assert [page.total for page in pages] == [12] * 4
    assert [len(page.hits) for page in pages] == [5, 5, 2, 0]
    hits = [hit for page in pages for hit in page.hits]
    assert len({hit["id"] for hit in hits}) == 12
    assert [hit["district_code"] for hit in hits] == [
        *[CIBITUNG] * 3,
        *[CIKARANG_BARAT] * 3,
        *[BEKASI_TIMUR] * 3,
        *[None] * 3,
    ]
    cheap = search(nearest(1, 5, max_price=1003))
    assert [hit["district_code"] for hit in cheap.hits] == [CIBITUNG, CIKARANG_BARAT, BEKASI_TIMUR, None]
