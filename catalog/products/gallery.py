"""A product's pictures as one list, in the order that is shown: kept as files, compared, and hung.

Each is a list of three keys of `market.files.store`: large, medium, small. That form stands in change requests, where
a picture that waits for the cooperative has no row yet.
"""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from catalog.products import images, limits
from catalog.products.models import Picture, Product
from market import db, files
from market.errors import Invalid

FOLDER = "pictures"
"""Where the store keeps them; everything in it may be seen by everybody who has its address."""


def picture_list(product: Product) -> list[list[str]]:
    """The product's pictures, each as its three keys."""
    return [picture.keys for picture in product.pictures]


def keep_pictures(contents: Iterable[bytes], *, present: int = 0) -> list[list[str]]:
    """Prepare the files that a person sent and keep them; `present` is how many pictures there are already.

    It takes seconds and may wait for a network, so the database is let go meanwhile. Raises Invalid, whose
    `details["picture"]` counts from 0 which of them is wrong, or StoreAway; no product shows any of them then.
    """
    db.let_go()
    kept = []
    for number, content in enumerate(contents):
        if present + number >= limits.MOST_PICTURES:
            raise too_many()
        try:
            prepared = images.prepare(content)
        except Invalid as error:
            raise Invalid(error.text, field=error.field, details={"picture": number}) from error
        kept.append([files.store.save(size, folder=FOLDER, suffix=".webp") for size in prepared])
    return kept


def set_pictures(product: Product, wanted: Sequence[Sequence[str]]) -> None:
    """Make these the product's pictures, in this order; the same one twice counts once.

    A picture that stays keeps its row, and so stays the picture of its variants; variants whose picture goes have none
    of their own any more. The product must be locked. Raises Invalid when there are too many.
    """
    present = {picture.file_key: picture for picture in reversed(product.pictures)}
    hung = {}
    for position, (file_key, medium_key, small_key) in enumerate(each_once(wanted)):
        picture = present.get(file_key) or Picture(file_key=file_key, medium_key=medium_key, small_key=small_key)
        picture.position = position
        hung[file_key] = picture
    for offer in product.offers:
        if offer.picture is not None and offer.picture.file_key not in hung:
            offer.picture = None
    product.pictures = list(hung.values())


def each_once(wanted: Iterable[Sequence[str]]) -> list[list[str]]:
    """The list as it will hang: each picture where it first stands; raises Invalid when there are too many."""
    first: dict[str, list[str]] = {}
    for keys in wanted:
        first.setdefault(keys[0], list(keys))
    if len(first) > limits.MOST_PICTURES:
        raise too_many()
    return list(first.values())


def too_many() -> Invalid:
    """More pictures than a product may have."""
    return Invalid(_("Paling banyak %(most)s gambar.", most=limits.MOST_PICTURES), field="pictures")
