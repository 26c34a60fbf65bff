"""Changes to the category tree, and to what cooperatives ask for of the products in it."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from catalog import signals
from catalog.categories import limits
from catalog.categories.errors import AttributeTaken
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import Category, CategoryAttribute
from catalog.categories.queries import get_attribute, get_category, list_tree, lock_attributes, lock_category
from catalog.categories.tree import TREE, Branch
from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session, storable
from market.errors import Invalid, NotFound
from market.organisations.identifiers import read_kbli
from market.slugs import plain_words


class AttributeDetails(NamedTuple):
    """What is asked for, and how."""

    name: str
    name_en: str = ""
    """The name in English; the same as `name` when left empty."""
    unit: str | None = None
    """Behind a number: "gsm"."""
    choices: Sequence[str] = ()
    required: bool = False
    """Whether a product without it cannot be submitted."""
    facet: bool = True
    """Whether buyers can narrow a search by it."""


class CategoryDetails(NamedTuple):
    """What a category is called, and under which codes others know it."""

    name: str
    name_en: str
    unspsc: str | None = None
    kbli: str = ""
    """Codes with commas or spaces between them."""


def define_attribute(
    category_slug: str, kind: AttributeKind, details: AttributeDetails, *, by: Actor, key: str | None = None
) -> CategoryAttribute:
    """Ask for something of every product in a category and below it, last in the order.

    `key` is made from the name when none is given, and never changes. Raises NotFound, Invalid or AttributeTaken.
    """
    cooperative_id = by.require(Role.ADMIN)
    details = _checked(details, kind)
    key = plain_words(key if key is not None else details.name)[: limits.LONGEST_NAME]
    if not key:
        raise Invalid(_("Pakai huruf atau angka dalam namanya."), field="name")
    with atomic():
        category = get_category(category_slug)
        present = lock_attributes(category, cooperative_id)
        if any(attribute.key == key for attribute in present):
            raise AttributeTaken(field="name")
        if len(present) >= limits.MOST_ATTRIBUTES:
            raise Invalid(_("Paling banyak %(most)s isian dalam satu kategori.", most=limits.MOST_ATTRIBUTES))
        attribute = CategoryAttribute(
            category=category,
            cooperative_id=cooperative_id,
            key=key,
            kind=kind,
            position=max((each.position for each in present), default=0) + 1,
        )
        _write(attribute, details)
        session.add(attribute)
        audit.record(attribute, "attribute_defined", by=by, category=category.slug, key=key)
    signals.categories_changed.send(None)
    return attribute


def change_attribute(attribute_id: int, details: AttributeDetails, *, by: Actor) -> CategoryAttribute:
    """Call it otherwise, offer other choices, or ask for it more or less firmly; key and kind stay.

    Values that products have stay as they are. Raises NotFound or Invalid.
    """
    cooperative_id = by.require(Role.ADMIN)
    with atomic():
        attribute, _present = _locked(attribute_id, cooperative_id)
        _write(attribute, _checked(details, attribute.kind))
        audit.record(attribute, "attribute_changed", by=by, key=attribute.key)
    signals.categories_changed.send(None)
    return attribute


def move_attribute(attribute_id: int, steps: int, *, by: Actor) -> CategoryAttribute:
    """Ask for it `steps` places later, or earlier when below zero; at either end it stays. Raises NotFound."""
    cooperative_id = by.require(Role.ADMIN)
    with atomic():
        attribute, present = _locked(attribute_id, cooperative_id)
        place = present.index(attribute)
        present.remove(attribute)
        present.insert(min(max(place + steps, 0), len(present)), attribute)
        for position, each in enumerate(present, start=1):
            each.position = position
        audit.record(attribute, "attributes_ordered", by=by, order=[each.key for each in present])
    signals.categories_changed.send(None)
    return attribute


def remove_attribute(attribute_id: int, *, by: Actor) -> Category:
    """Ask for it no longer; what products say of it stays with them and is on no page. Raises NotFound."""
    cooperative_id = by.require(Role.ADMIN)
    with atomic():
        attribute, _present = _locked(attribute_id, cooperative_id)
        category = attribute.category
        audit.record(attribute, "attribute_removed", by=by, category=category.slug, key=attribute.key)
        session.delete(attribute)
    signals.categories_changed.send(None)
    return category


def change_category(slug: str, details: CategoryDetails, *, by: Actor) -> Category:
    """Call a category otherwise and say its codes, for all cooperatives; its slug stays. Raises NotFound or Invalid."""
    by.require(Role.PLATFORM)
    name, name_en = _text("name", details.name, needed=True), _text("name_en", details.name_en, needed=True)
    unspsc = (details.unspsc or "").replace(" ", "") or None
    if unspsc is not None and not (unspsc.isascii() and unspsc.isdigit() and len(unspsc) == 8):
        raise Invalid(_("Kode UNSPSC terdiri dari 8 angka."), field="unspsc")
    kbli = read_kbli(details.kbli)
    with atomic():
        category = lock_category(slug)
        category.name, category.name_en, category.unspsc, category.kbli = name, name_en, unspsc, kbli
        audit.record(category, "category_changed", by=by, name=name, unspsc=unspsc, kbli=kbli)
    signals.categories_changed.send(None)
    return category


def plant_tree() -> int:
    """Add the starting categories that are not there yet, and say how many.

    Those that exist keep the names that people have given them since.
    """
    with atomic():
        known = {category.slug: category for category in list_tree()}
        missing = [(position, branch) for position, branch in enumerate(TREE, start=1) if branch.slug not in known]
        for position, branch in missing:
            known[branch.slug] = _planted(branch, position, known.get(branch.parent or ""))
    signals.categories_changed.send(None)
    return len(missing)


def _planted(branch: Branch, position: int, parent: Category | None) -> Category:
    category = Category(
        slug=branch.slug,
        path=f"{parent.path}/{branch.slug}" if parent else branch.slug,
        parent=parent,
        name=branch.name,
        name_en=branch.english,
        icon=branch.icon,
        unspsc=branch.unspsc,
        kbli=list(branch.kbli),
        position=position,
    )
    session.add(category)
    return category


def _locked(attribute_id: int, cooperative_id: int) -> tuple[CategoryAttribute, list[CategoryAttribute]]:
    """An attribute, and all in its category; raises NotFound, also when somebody has just removed it."""
    attribute = get_attribute(attribute_id, cooperative_id=cooperative_id)
    present = lock_attributes(attribute.category, cooperative_id)
    if attribute not in present:
        raise NotFound
    return attribute, present


def _write(attribute: CategoryAttribute, details: AttributeDetails) -> None:
    attribute.name, attribute.name_en = details.name, details.name_en
    attribute.unit, attribute.choices = details.unit, list(details.choices)
    attribute.required, attribute.facet = details.required, details.facet


def _checked(details: AttributeDetails, kind: AttributeKind) -> AttributeDetails:
    name = _text("name", details.name, needed=True)
    unit = _text("unit", details.unit or "", longest=limits.LONGEST_UNIT) if kind is AttributeKind.NUMBER else ""
    return details._replace(
        name=name,
        name_en=_text("name_en", details.name_en) or name,
        unit=unit or None,
        choices=_choices(details.choices) if kind is AttributeKind.CHOICE else (),
        facet=details.facet and kind is not AttributeKind.TEXT,
    )


def _choices(given: Sequence[str]) -> list[str]:
    choices = [_text("choices", text, longest=limits.LONGEST_CHOICE) for text in given if text.strip()]
    if len(choices) < 2:
        raise Invalid(_("Tulis paling sedikit dua pilihan."), field="choices")
    if len(choices) > limits.MOST_CHOICES:
        raise Invalid(_("Paling banyak %(most)s pilihan.", most=limits.MOST_CHOICES), field="choices")
    if len({text.casefold() for text in choices}) < len(choices):
        raise Invalid(_("Ada pilihan yang tertulis dua kali."), field="choices")
    return choices


def _text(field: str, text: str, *, longest: int = limits.LONGEST_NAME, needed: bool = False) -> str:
    text = " ".join(text.split())
    if needed and not text:
        raise Invalid(_("Bagian ini tidak boleh kosong."), field=field)
    if len(text) > longest:
        raise Invalid(_("Paling banyak %(longest)s huruf.", longest=longest), field=field)
    if not storable(text):
        raise Invalid(_("Ada huruf yang tidak dapat disimpan."), field=field)
    return text
