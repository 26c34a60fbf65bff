"""How many SQL statements a page of search costs: two at most, whoever looks and whatever is found."""

import pytest

from catalog.categories.queries import get_category
from market.accounts.roles import Role
from tests.factories import make_actor, make_buyer, make_product, make_seller, make_variants

HTMX = {"HX-Request": "true"}

ADDRESSES = (
    "/search",
    "/search?q=kardus",
    "/search?q=kardus&page=2",
    "/search?q=tidakada",
    "/search?q=kardus&max_price=1",
    "/search?category=kardus-polos",
    "/search?q=kardus&district=32.16.07&in_stock=1&max_lead_time=7&sort=price",
    "/",
    "/suggest?q=kar",
)


@pytest.fixture
def goods(announce) -> None:
    """More than a page of cards, some with variants and prices of larger quantities."""
    category = get_category("kardus-polos")
    seller = make_seller(district_code="32.16.07")
    plain = [make_product(name=f"Kardus {n}", category=category, seller=seller, tiers=[(10, 9)]) for n in range(28)]
    announce(*plain, make_variants(("Ukuran",), ("S",), ("L",), name="Kardus seragam", category=category))


@pytest.mark.parametrize(("role", "most"), [(None, 0), (Role.BUYER, 2), (Role.SELLER, 1)])
def test_a_page_costs_two_statements_at_most(goods, client, count_queries, role, most):
    if role is not None:
        client.log_in(make_actor(make_buyer() if role is Role.BUYER else make_seller(), role))
    for address in ADDRESSES:
        for headers in ({}, HTMX):
            client.get(address, headers=headers)  # what the process keeps is read
            with count_queries() as queries:
                assert client.get(address, headers=headers).status_code == 200
            assert len(queries) <= most, (address, headers, queries.statements)
