"""The pictures of a product: kept in three sizes, in the seller's order, all that were sent or none."""

from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from catalog.products import gallery, images, operations
from catalog.products.gallery import picture_list, set_pictures
from catalog.products.limits import MOST_PICTURES
from catalog.products.models import Picture, Product
from catalog.products.presenter import picture_sizes
from catalog.products.states import ProductState
from market import audit, files
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Forbidden, Invalid, NotFound
from market.files import StoreAway
from tests.catalog.products.drawing import opened, picture, png_claiming
from tests.factories import make_actor, make_seller


@pytest.fixture
def shopkeeper() -> Actor:
    return make_actor(make_seller(), Role.SELLER)


def made(by: Actor, *contents: bytes) -> Product:
    """A draft with these pictures."""
    product = operations.create_product({"name": "Boneka", "price": 1}, by=by, pictures=contents)
    session.expire_all()
    return product


def keys(product: Product) -> list[str]:
    session.expire_all()
    return [each.file_key for each in product.pictures]


def size_in_store(key: str) -> tuple[int, int]:
    content = files.store.read(key)
    assert content is not None
    return opened(content).size


class AwayStore:
    """A store that answers to nobody, or only to the first few."""

    def __init__(self, answers: int = 0):
        self.inner, self.answers = files.store, answers

    def save(self, content: bytes, *, folder: str, suffix: str) -> str:
        self.answers -= 1
        if self.answers < 0:
            raise StoreAway
        return self.inner.save(content, folder=folder, suffix=suffix)

    def read(self, key: str) -> bytes | None:
        raise StoreAway

    def exists(self, key: str) -> bool:
        raise StoreAway


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the store answer only so often."""

    def go_away(*, after: int = 0) -> None:
        monkeypatch.setattr(files, "store", AwayStore(after))

    return go_away


# Kept, in order


def test_a_picture_is_kept_in_three_sizes(shopkeeper: Actor) -> None:
    shown = made(shopkeeper, picture((3000, 2000))).pictures[0]
    assert [size_in_store(key) for key in shown.keys] == [(1600, 1067), (800, 534), (320, 213)]
    assert shown.keys == [shown.file_key, shown.medium_key, shown.small_key]


def test_pictures_are_kept_in_order_and_taken_away(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture((60, 40)), picture((50, 50)))
    operations.add_pictures(product.id, [picture((30, 30)), picture((20, 20))], by=shopkeeper)
    assert [size_in_store(key) for key in keys(product)] == [(60, 40), (50, 50), (30, 30), (20, 20)]
    operations.remove_picture(product.id, keys(product)[1], by=shopkeeper)
    assert [size_in_store(key) for key in keys(product)] == [(60, 40), (30, 30), (20, 20)]
    assert [record.action for record in audit.list_records(product)] == [
        "product_picture_removed",
        "product_picture_added",
        "product_created",
    ]


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [(2, 0, "cab"), (0, 1, "bac"), (0, 99, "bca"), (1, -5, "bac"), (2, 1, "acb"), (0, 0, "abc")],
)
def test_a_picture_is_moved_to_another_place(shopkeeper: Actor, moved: int, to: int, order: str) -> None:
    product = made(shopkeeper, picture(), picture(), picture())
    named = dict(zip("abc", keys(product), strict=True))
    operations.move_picture(product.id, named["abc"[moved]], to=to, by=shopkeeper)
    assert keys(product) == [named[letter] for letter in order]
    deeds = [record.action for record in audit.list_records(product)]
    assert deeds[0] == ("product_created" if order == "abc" else "product_pictures_ordered")


def test_the_same_picture_twice_is_shown_once(shopkeeper: Actor) -> None:
    same = picture()
    product = made(shopkeeper, same, picture(), same)
    assert len(keys(product)) == 2
    operations.add_pictures(product.id, [same], by=shopkeeper)
    assert len(keys(product)) == 2


def test_two_products_may_show_the_same_picture(shopkeeper: Actor) -> None:
    same = picture()
    first, second = made(shopkeeper, same), made(shopkeeper, same)
    assert keys(first) == keys(second)
    operations.remove_picture(first.id, keys(first)[0], by=shopkeeper)
    assert files.store.exists(keys(second)[0])


def test_a_product_has_only_so_many_pictures(shopkeeper: Actor) -> None:
    product = made(shopkeeper, *[picture() for _each in range(MOST_PICTURES)])
    with pytest.raises(Invalid, match=str(MOST_PICTURES)):
        operations.add_pictures(product.id, [picture()], by=shopkeeper)
    assert len(keys(product)) == MOST_PICTURES


def test_more_pictures_than_there_may_be_are_not_even_looked_at(
    shopkeeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = made(shopkeeper, *[picture() for _each in range(MOST_PICTURES - 1)])
    looked_at = []
    monkeypatch.setattr(images, "prepare", lambda content: looked_at.append(content) or prepared)
    prepared = images.PreparedPicture(b"a", b"b", b"c")
    with pytest.raises(Invalid, match=str(MOST_PICTURES)):
        operations.add_pictures(product.id, [b"1", b"2", b"3"], by=shopkeeper)
    assert looked_at == [b"1"]


# Refused


def test_one_broken_picture_keeps_all_of_them_out_and_is_named(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture())
    with pytest.raises(Invalid, match="Kirim JPG") as refused:
        operations.add_pictures(product.id, [picture(), b"broken", picture()], by=shopkeeper)
    assert refused.value.details == {"picture": 1}
    assert len(keys(product)) == 1


def test_a_product_with_a_broken_picture_is_not_made(shopkeeper: Actor) -> None:
    session.commit()
    with pytest.raises(Invalid):
        made(shopkeeper, picture(), b"broken")
    assert session.query(Product).count() == 0


@pytest.mark.parametrize("after", [0, 1, 4])
def test_while_the_store_is_away_nothing_is_half_done(shopkeeper: Actor, away: Any, after: int) -> None:
    product = made(shopkeeper, picture())
    away(after=after)
    with pytest.raises(StoreAway):
        operations.add_pictures(product.id, [picture(), picture()], by=shopkeeper)
    with pytest.raises(StoreAway):
        made(shopkeeper, picture())
    assert len(keys(product)) == 1
    assert session.query(Product).count() == 1


def test_another_products_picture_cannot_be_touched(shopkeeper: Actor) -> None:
    shown = made(shopkeeper, picture())
    other = made(shopkeeper, picture())
    for key in (keys(shown)[0], "", "pictures/none.webp", "\x00"):
        with pytest.raises(NotFound):
            operations.remove_picture(other.id, key, by=shopkeeper)
        with pytest.raises(NotFound):
            operations.move_picture(other.id, key, to=0, by=shopkeeper)
    assert len(keys(shown)) == len(keys(other)) == 1


def test_another_sellers_product_cannot_be_touched(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture())
    key = keys(product)[0]
    stranger = make_actor(make_seller(), Role.SELLER)
    session.commit()
    for deed in (
        lambda: operations.add_pictures(product.id, [picture()], by=stranger),
        lambda: operations.remove_picture(product.id, key, by=stranger),
        lambda: operations.move_picture(product.id, key, to=0, by=stranger),
    ):
        with pytest.raises(NotFound):
            deed()
    assert keys(product) == [key]


def test_only_sellers_show_pictures(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture())
    with pytest.raises(Forbidden):
        operations.add_pictures(product.id, [picture()], by=make_actor(make_seller(), Role.ADMIN))


# The database meanwhile


def test_no_transaction_is_held_while_a_picture_is_prepared_and_kept(
    shopkeeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def prepare(content: bytes) -> images.PreparedPicture:
        held.append(session().in_transaction())
        return images.PreparedPicture(content, content, content)

    def save(content: bytes, **_where: str) -> str:
        held.append(session().in_transaction())
        return f"pictures/{content.hex()}.webp"

    monkeypatch.setattr(images, "prepare", prepare)
    monkeypatch.setattr(files.store, "save", save)
    product = made(shopkeeper, b"1")
    assert session().in_transaction() or product.pictures
    operations.add_pictures(product.id, [b"2", b"3"], by=shopkeeper)
    assert held == [False] * 12


def test_inside_a_change_the_half_of_it_is_not_committed(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture())
    with pytest.raises(RuntimeError), atomic():
        product.name = "Half done"
        gallery.keep_pictures([picture()])
        raise RuntimeError
    session.expire_all()
    assert product.name == "Boneka"


# As lists of keys


def test_pictures_that_were_listed_are_hung_again_as_they_were(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture(), picture(), picture())
    before, rows = picture_list(product), [each.id for each in product.pictures]
    with atomic():
        set_pictures(product, [before[2], before[0]])
    session.expire_all()
    assert picture_list(product) == [before[2], before[0]]
    assert [each.id for each in product.pictures] == [rows[2], rows[0]]
    with atomic():
        set_pictures(product, before)
    session.expire_all()
    assert picture_list(product) == before
    assert session.query(Picture).count() == 3


def test_a_variant_loses_its_picture_when_the_product_does(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture(), picture())
    with atomic():
        product.offer.picture = product.pictures[1]
    first, second = keys(product)
    operations.move_picture(product.id, second, to=0, by=shopkeeper)
    session.expire_all()
    assert product.offer.picture is not None
    assert product.offer.picture.file_key == second
    operations.remove_picture(product.id, first, by=shopkeeper)
    session.expire_all()
    assert product.offer.picture is not None
    operations.remove_picture(product.id, second, by=shopkeeper)
    session.expire_all()
    assert product.offer.picture_id is None
    assert session.query(Picture).count() == 0


def test_more_than_there_may_be_are_not_hung(shopkeeper: Actor) -> None:
    product = made(shopkeeper, picture())
    with pytest.raises(Invalid, match=str(MOST_PICTURES)), atomic():
        set_pictures(product, [[f"pictures/{each}", "m", "s"] for each in range(MOST_PICTURES + 1)])
    assert len(keys(product)) == 1


# On pages and in the API


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
