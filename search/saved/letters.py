"""The daily letter: what is new in the searches that a person keeps, in the person's language."""

from collections.abc import Iterable

from flask_babel import force_locale, get_locale, ngettext
from flask_babel import gettext as _

from market import formats, mail
from market.accounts.models import User
from search.cards import agreed_price
from search.documents import ProductDocument
from search.saved.edition import News
from search.saved.unsubscribing import address_for


def write_to(person: User, news: list[News]) -> None:
    """Have one letter sent about all of it; part of the change in which it is noted as told."""
    with force_locale(person.locale):
        unsubscribe = address_for(person.id)
        mail.write(
            to=person.email, subject=_subject(news), text=_text(person, news, unsubscribe), unsubscribe=unsubscribe
        )


def _subject(news: list[News]) -> str:
    if len(news) == 1:
        return ngettext(
            "%(number)s produk baru: %(name)s",
            "%(number)s produk baru: %(name)s",
            news[0].total,
            number=formats.number(news[0].total),
            name=news[0].saved.name,
        )
    return ngettext(
        "Ada yang baru di %(num)s pencarian tersimpan", "Ada yang baru di %(num)s pencarian tersimpan", len(news)
    )


def _text(person: User, news: list[News], unsubscribe: str) -> str:
    return "\n\n\n".join(
        [
            _("Selamat pagi, %(name)s.", name=person.name)
            + "\n\n"
            + _("Ini produk yang baru tayang dan cocok dengan pencarian yang Anda simpan."),
            *map(_part, news),
            "\n".join(
                [
                    _("Harga per satuan sebelum PPN, seperti saat surat ini ditulis."),
                    _("Atur pencarian tersimpan: %(address)s", address=mail.address("/saved-searches")),
                    _("Tidak ingin surat ini lagi: %(address)s", address=unsubscribe),
                ]
            ),
        ]
    )


def _part(news: News) -> str:
    """One search: its name, what is new in it, and where all of it is."""
    saved = news.saved
    since = formats.date_short(saved.told_until, str(get_locale()))
    title = ngettext(
        "%(name)s: %(number)s baru sejak %(day)s",
        "%(name)s: %(number)s baru sejak %(day)s",
        news.total,
        name=saved.name.upper(),
        number=formats.number(news.total),
        day=since,
    )
    more = news.total - len(news.best)
    all_of_it = mail.address(f"/search?{saved.question}&sort=newest")
    words = [title, *(_product(hit, saved.buyer_id) for hit in news.best)]
    if more:
        words.append(
            ngettext(
                "… dan %(number)s lainnya: %(address)s",
                "… dan %(number)s lainnya: %(address)s",
                more,
                number=formats.number(more),
                address=all_of_it,
            )
        )
    else:
        words.append(_("Buka pencarian ini: %(address)s", address=all_of_it))
    return "\n\n".join(words)


def _product(hit: ProductDocument, buyer_id: int) -> str:
    item = hit["item"]
    seller = item["seller"]
    lines = [item["name"], _price(hit), " · ".join(filter(None, (seller["name"], seller["district"])))]
    if agreed := agreed_price(hit, buyer_id):
        lines.insert(
            2,
            _(
                "Harga kontrak Anda %(price)s mulai %(quantity)s",
                price=formats.rupiah(agreed["price"]),
                quantity=formats.number(agreed["quantity"]),
            ),
        )
    return _indented([*lines, mail.address(f"/products/{item['slug']}")])


def _price(hit: ProductDocument) -> str:
    item = hit["item"]
    words = {"price": formats.rupiah(item["price"]), "unit": item["unit_name"]}
    if len({variant["price"] for variant in item["variants"]}) > 1:
        return _("Mulai %(price)s / %(unit)s", **words)
    return _("%(price)s / %(unit)s", **words)


def _indented(lines: Iterable[str]) -> str:
    first, *others = lines
    return "\n".join([f"- {first}", *(f"  {line}" for line in others)])
