"""Stripe's way of writing nested values in a form: `line_items[0][price_data][currency]=idr`."""

import re
from collections.abc import Iterable
from typing import Any

from sandbox.errors import ApiError

DEEPEST = 8
_NESTED = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def decode_form(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nested dictionaries of text, lists as dictionaries with the keys "0", "1", ….

    Whether a dictionary is meant as a list is only known by who reads it, since `metadata[0]` is a key like any
    other. Raises ApiError where one name is both a value and a group.
    """
    form: dict[str, Any] = {}
    for key, value in pairs:
        *groups, name = _parts(key)
        place = form
        for group in groups:
            place = place.setdefault(group or str(len(place)), {})
            if not isinstance(place, dict):
                raise ApiError(f"Invalid parameter: {key} is given as a value and as a group.", param=key)
        if isinstance(place.get(name), dict):
            raise ApiError(f"Invalid parameter: {key} is given as a value and as a group.", param=key)
        place[name or str(len(place))] = value
    return form


def _parts(key: str) -> list[str]:
    """`a[b][]` is `["a", "b", ""]`; a key that is not written like that is one name."""
    match = _NESTED.fullmatch(key)
    if match is None:
        return [key]
    parts = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
    if len(parts) > DEEPEST:
        raise ApiError(f"Invalid parameter: {match[1]} is nested too deeply.", param=match[1])
    return parts
