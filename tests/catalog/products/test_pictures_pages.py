"""The pictures of a product on pages and in the API: sent several at once, put in order, offered in every size."""

from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from catalog.products import operations
from catalog.products.limits import MOST_PICTURES
from catalog.products.models import Product
from catalog.products.presenter import picture_sizes
from catalog.products.states import ProductState
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from tests.catalog.products.drawing import picture, png_claiming
from tests.catalog.products.pictured import keys, made
from tests.factories import make_actor


def sent(*contents: bytes) -> list[FileStorage]:
    return [FileStorage(BytesIO(content), f"foto-{number}.jpg") for number, content in enumerate(contents)]


def submit_large(client, url: str, data: dict[str, Any]) -> int:
    """As `client.submit`, but whole in memory: werkzeug's test client leaves its temporary files open."""
    boundary, body = encode_multipart({**data, "csrf_token": client.csrf_token()})
    answer = client.post(url, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    return answer.status_code


def test_several_pictures_are_sent_at_once_and_put_in_order(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper)
    client.log_in(shopkeeper)
    page = f"/seller/products/{product.id}"
    answer = client.submit(f"{page}/pictures", {"pictures": sent(picture(), picture())})
    assert answer.status_code == 302
    first, second = keys(product)
    shown = client.get(page).text
    assert shown.count("Geser ke depan") == shown.count("Geser ke belakang") == 4  # a word and a hint each
    assert client.submit(f"{page}/pictures/move", {"picture": second, "to": "0"}).status_code == 302
    assert keys(product) == [second, first]
    assert client.submit(f"{page}/pictures/remove", {"picture": second}).status_code == 302
    assert keys(product) == [first]


def test_the_pictures_of_a_published_product_wait_while_the_seller_sees_them(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture())
    product.description = "Boneka beruang dari kain halus."
    product.name = "Boneka beruang"
    product.state = ProductState.PUBLISHED
    session.commit()
    before = keys(product)
    client.log_in(shopkeeper)
    page = f"/seller/products/{product.id}"
    answer = client.submit(f"{page}/pictures", {"pictures": sent(picture(), picture())}, follow_redirects=True)
    assert "Yang menunggu persetujuan koperasi: gambar" in answer.text
    assert keys(product) == before
    assert product.pending_change is not None
    wanted = product.pending_change.wanted["pictures"]
    assert all(picture_sizes(each)["small"] in answer.text for each in wanted)
    assert client.submit(f"{page}/pictures/move", {"picture": wanted[2][0], "to": "0"}).status_code == 302
    assert client.submit(f"{page}/pictures/remove", {"picture": wanted[1][0]}).status_code == 302
    assert keys(product) == before
    assert product.pending_change.wanted["pictures"] == [wanted[2], wanted[0]]
    bought = client.get(f"/products/{product.slug}").text
    assert picture_sizes(wanted[0])["small"] in bought
    assert picture_sizes(wanted[2])["small"] not in bought
    cooperative = product.seller.cooperative
    operations.approve_change(product.pending_change.id, by=make_actor(cooperative, Role.ADMIN))
    assert keys(product) == [wanted[2][0], wanted[0][0]]


def test_more_than_twenty_megabytes_of_pictures_arrive(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper)
    client.log_in(shopkeeper)
    heavy = [picture() + bytes(8_000_000) for _each in range(3)]
    assert submit_large(client, f"/seller/products/{product.id}/pictures", {"pictures": sent(*heavy)}) == 302
    assert len(keys(product)) == 3


def test_elsewhere_so_much_is_refused(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper)
    client.log_in(shopkeeper)
    assert submit_large(client, f"/seller/products/{product.id}/stock", {"stock": sent(bytes(22_000_000))}) == 413


def test_the_file_that_is_wrong_is_named_on_the_page(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper)
    client.log_in(shopkeeper)
    answer = client.submit(f"/seller/products/{product.id}/pictures", {"pictures": sent(picture(), b"<svg>")})
    assert answer.status_code == 422
    assert "foto-1.jpg: Berkas ini bukan gambar yang dapat dibaca." in answer.text
    assert keys(product) == []


@pytest.mark.parametrize("form", [{}, {"pictures": ""}, {"pictures": "text"}, {"pictures": (BytesIO(b""), "")}])
def test_no_file_chosen_is_said_at_the_field(client, shopkeeper: Actor, form: dict[str, Any]) -> None:
    product = made(shopkeeper)
    client.log_in(shopkeeper)
    answer = client.submit(f"/seller/products/{product.id}/pictures", form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Pilih dulu gambarnya." in answer.text


def test_a_store_that_is_away_is_said_at_the_field(client, shopkeeper: Actor, away: Any) -> None:
    product = made(shopkeeper)
    client.log_in(shopkeeper)
    away()
    answer = client.submit(f"/seller/products/{product.id}/pictures", {"pictures": sent(picture())})
    assert answer.status_code == 503
    assert 'id="picture-error"' in answer.text
    assert "Tempat penyimpanan berkas sedang tidak dapat dihubungi." in answer.text


def test_a_new_product_says_at_the_field_which_picture_is_wrong(client, shopkeeper: Actor, away: Any) -> None:
    session.commit()
    client.log_in(shopkeeper)
    filled = {
        "name": "Boneka beruang",
        "category": "lainnya",
        "unit": "H87",
        "price": "1000",
        "min_order": "1",
        "order_multiple": "1",
        "lead_time_days": "0",
        "stock": "1",
    }
    answer = client.submit(
        "/seller/products/new", {**filled, "pictures": sent(picture(), png_claiming(50_000, 50_000))}
    )
    assert answer.status_code == 422
    assert "foto-1.jpg: Gambar terlalu besar" in answer.text
    away()
    answer = client.submit("/seller/products/new", {**filled, "pictures": sent(picture())})
    assert answer.status_code == 422
    assert "Tempat penyimpanan berkas sedang tidak dapat dihubungi." in answer.text
    assert session.query(Product).count() == 0


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("move", {}, 400),
        ("move", {"picture": "x"}, 400),
        ("move", {"picture": "x", "to": "first"}, 400),
        ("move", {"picture": "x", "to": "9" * 6000}, 400),
        ("move", {"picture": "x", "to": "1"}, 404),
        ("remove", {}, 404),
        ("remove", {"picture": "x" * 100_000}, 404),
    ],
)
def test_a_form_made_by_hand_breaks_nothing(client, shopkeeper: Actor, path: str, form: Any, status: int) -> None:
    product = made(shopkeeper, picture())
    client.log_in(shopkeeper)
    assert client.submit(f"/seller/products/{product.id}/pictures/{path}", form).status_code == status
    assert len(keys(product)) == 1


def test_a_product_full_of_pictures_says_so(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper, *[picture() for _each in range(MOST_PICTURES)])
    client.log_in(shopkeeper)
    shown = client.get(f"/seller/products/{product.id}").text
    assert f"Sudah {MOST_PICTURES} gambar" in shown
    assert 'type="file"' not in shown


def test_pages_offer_every_size_and_only_the_first_picture_hurries(client, shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture((900, 600)), picture((900, 600)))
    product.state = ProductState.PUBLISHED
    session.commit()
    shown = client.get(f"/products/{product.slug}").text
    for each in product.pictures:
        sizes = picture_sizes(each.keys)
        assert f'src="{sizes["medium"]}"' in shown
        for size, width in (("small", 320), ("medium", 800), ("large", 1600)):
            assert f"{sizes[size]} {width}w" in shown
    assert shown.count('fetchpriority="high"') == 1
    assert shown.count('loading="lazy"') == len(product.pictures) - 1


def test_the_api_names_every_size(api, shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture(), picture())
    item = api(shopkeeper).get(f"/products/{product.id}").json
    assert item["pictures"] == [picture_sizes(each.keys) for each in product.pictures]
    assert item["pictures"][0].keys() == {"small", "medium", "large"}
    assert (item["picture"], item["picture_small"]) == (item["pictures"][0]["large"], item["pictures"][0]["small"])


def test_a_picture_is_missing_or_away_as_the_store_says(client, shopkeeper: Actor, away: Any) -> None:
    product = made(shopkeeper, picture())
    address = f"/files/{keys(product)[0]}"
    assert client.get(address).status_code == 200
    assert client.get("/files/pictures/" + "0" * 32 + ".webp").status_code == 404
    away()
    answer = client.get(address)
    assert answer.status_code == 503
    assert "max-age" not in answer.headers.get("Cache-Control", "")
