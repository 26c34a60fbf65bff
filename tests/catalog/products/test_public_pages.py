"""A product's page as buyers see it, and its pictures."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from catalog.categories.queries import get_category
from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.models import Certificate, Product
from catalog.products.states import ProductState
from market import files
from market.accounts.roles import Role
from market.db import session
from market.organisations.kinds import TaxRole
from market.organisations.states import SellerState
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller


def url(product: Product) -> str:
    return f"/products/{product.slug}"


def test_the_page_says_everything_a_buyer_asks(client) -> None:
    seller = make_seller(
        name="Karya Kardus", district_code="32.16.06", cooperative=make_cooperative(name="Koperasi Maju")
    )
    product = make_product(
        seller=seller,
        name="Kardus <polos>",
        description="Satu dinding.",
        specification=[["Tinggi", "30 cm"]],
        category=get_category("kardus-polos"),
        unit_price=3500,
        tiers=[(500, 3300)],
        min_order=60,
        order_multiple=25,
        on_hand=1200,
        reserved=200,
        lead_time_days=3,
        sku="K-40",
    )
    session.add(Certificate(product=product, kind=CertificateKind.SNI, number="SNI 14", expires_on=date(2099, 1, 1)))
    session.flush()
    page = client.get(url(product)).text
    for words in (
        "Kardus &lt;polos&gt;",
        "Rp\u00a03.500",
        "mulai 500",
        "Rp\u00a03.300",
        "Stok 1.000 pcs",
        "Perkiraan siap",
        "Minimal 75 pcs, kelipatan 25: 75, 100, 125",
        "Tinggi",
        "SNI 14",
        "sampai 1 Jan 2099",
        "Karya Kardus",
        "Tambun Selatan",
        "Koperasi Maju",
        "Kardus &amp; karton",
        "tanpa PPN",
        "Masuk untuk memesan",
    ):
        assert words in page, words


def test_a_buyer_can_put_it_into_the_cart(client) -> None:
    product = make_product(min_order=10)
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    page = client.get(url(product) + "?quantity=7").text
    assert f'name="product_id" value="{product.id}"' in page
    assert 'value="7"' in page
    assert "Masuk untuk memesan" not in page
    assert 'value="10"' in client.get(url(product)).text


def test_nobody_else_is_offered_the_cart(client) -> None:
    product = make_product()
    client.log_in(make_actor(product.seller, Role.SELLER))
    page = client.get(url(product)).text
    assert "Tambah ke keranjang" not in page
    assert "Masuk untuk memesan" not in page


def test_goods_that_are_out_of_stock_say_so(client) -> None:
    assert "Stok sedang habis" in client.get(url(make_product(on_hand=5, reserved=5))).text


@pytest.mark.parametrize(
    ("seller_taxable", "cooperative_taxable", "role", "words"),
    [
        (True, False, TaxRole.AGENT, "belum termasuk PPN"),
        (False, True, TaxRole.AGENT, "tanpa PPN"),
        (False, True, TaxRole.PRINCIPAL, "belum termasuk PPN"),
        (True, False, TaxRole.PRINCIPAL, "tanpa PPN"),
    ],
)
def test_the_price_says_whether_ppn_comes_on_top(client, seller_taxable, cooperative_taxable, role, words) -> None:
    cooperative = make_cooperative(taxable=cooperative_taxable, tax_role=role)
    product = make_product(seller=make_seller(cooperative=cooperative, taxable=seller_taxable))
    assert words in client.get(url(product)).text


@pytest.mark.parametrize("state", [state for state in ProductState if state is not ProductState.PUBLISHED])
def test_what_is_not_for_sale_is_shown_only_to_its_own(client, state: ProductState) -> None:
    product = make_product(state=state)
    assert client.get(url(product)).status_code == 404
    for stranger in (
        make_actor(make_buyer(), Role.BUYER),
        make_actor(make_seller(cooperative=product.seller.cooperative), Role.SELLER),
        make_actor(make_cooperative(), Role.ADMIN),
    ):
        assert client.log_in(stranger).get(url(product)).status_code == 404
    for own in (make_actor(product.seller, Role.SELLER), make_actor(product.seller.cooperative, Role.ADMIN)):
        answer = client.log_in(own).get(url(product))
        assert answer.status_code == 200
        assert "Pratinjau" in answer.text


@pytest.mark.parametrize("state", [state for state in SellerState if state is not SellerState.APPROVED])
def test_products_of_a_seller_that_may_not_sell_are_hidden(client, state: SellerState) -> None:
    product = make_product(seller=make_seller(state=state))
    assert client.get(url(product)).status_code == 404


@pytest.mark.parametrize("slug", ["tidak-ada", "%00", "a" * 5000, "..%2f..%2fetc", "'; DROP TABLE products --"])
def test_an_unknown_address_is_not_found(client, slug: str) -> None:
    assert client.get(f"/products/{slug}").status_code in (400, 404)


def test_the_page_costs_a_fixed_number_of_queries(client, count_queries) -> None:
    plain = make_product()
    rich = make_product(tiers=[(n, 9000 - n) for n in range(2, 7)], category=get_category("kardus-polos"))
    for kind in CertificateKind:
        session.add(Certificate(product=rich, kind=kind, number="1"))
    session.flush()

    def cost(product: Product) -> int:
        address = url(product)
        with count_queries() as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert cost(rich) == cost(plain) <= 8


def test_pictures_are_kept_by_browsers_for_ever(client) -> None:
    seller = make_seller()
    written = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(written, "PNG")
    product = operations.create_product(
        {"name": "Boneka", "price": 1}, by=make_actor(seller, Role.SELLER), pictures=[written.getvalue()]
    )
    product.state = ProductState.PUBLISHED
    session.commit()
    assert f"/files/{product.pictures[0].file_key}" in client.get(url(product)).text
    for key in (product.pictures[0].file_key, product.pictures[0].small_key):
        answer = client.get(f"/files/{key}")
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()


def test_no_other_file_is_given_out(client) -> None:
    secret = files.store.save(b"rahasia", folder="documents", suffix=".webp")
    files.store.save(b"<script>", folder="pictures", suffix=".html")
    name = files.store.save(b"<script>", folder="pictures", suffix=".html").removeprefix("pictures/")
    for path in (
        secret,
        f"pictures/{name}",
        f"pictures/..%2f{secret}",
        f"pictures/../{secret}",
        "pictures/none.webp",
        "pictures/",
        "pictures/%2e%2e/%2e%2e/market/config.py",
    ):
        assert client.get(f"/files/{path}").status_code == 404, path
