"""Choices beside the results, as the templates' macros take them."""

from collections.abc import Mapping
from typing import Any

Option = dict[str, Any]
"""`value`, `label`, `count`, `active`, and `url` where it is a link."""


def options_of(counts: Mapping[str, int], chosen: tuple[str, ...], labels: Mapping[str, str]) -> list[Option]:
    """The values found and those chosen: the chosen first, then those with most products."""
    values = {**{value: 0 for value in chosen}, **counts}
    options = [
        {"value": value, "label": labels.get(value, value), "count": count, "active": value in chosen}
        for value, count in values.items()
    ]
    return sorted(options, key=lambda option: (not option["active"], -option["count"], option["label"]))
