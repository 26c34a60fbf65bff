"""What a cooperative asks for, said shortly."""

from typing import Any

from catalog.categories.kinds import AttributeKind
from catalog.categories.models import CategoryAttribute
from catalog.categories.operations import AttributeDetails, define_attribute
from market.accounts.actor import Actor


def ask(admin: Actor, category: str, name: str, kind: AttributeKind = AttributeKind.NUMBER, **more: Any):
    key = more.pop("key", None)
    if kind is AttributeKind.CHOICE:
        more.setdefault("choices", ["Single wall", "Double wall"])
    return define_attribute(category, kind, AttributeDetails(name, **more), by=admin, key=key)


def keys(attributes: list[CategoryAttribute]) -> list[str]:
    return [attribute.key for attribute in attributes]
