"""The pictures of a product: kept in three sizes, in the seller's order, all that were sent or none."""

from typing import Any

import pytest

from catalog.products import gallery, images, operations
from catalog.products.gallery import picture_list, set_pictures
from catalog.products.limits import MOST_PICTURES
from catalog.products.models import Picture, Product
from market import audit, files
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Forbidden, Invalid, NotFound
from market.files import StoreAway
from tests.catalog.products.drawing import opened, picture
from tests.catalog.products.pictured import keys, made
from tests.factories import make_actor, make_seller


def size_in_store(key: str) -> tuple[int, int]:
    content = files.store.read(key)
    assert content is not None
    return opened(content).size


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
