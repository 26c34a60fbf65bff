"""Reading a request's parameters by name, with Stripe's refusals for what is wrong with them."""

import re
from collections.abc import Collection
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sandbox.errors import ApiError, MissingParameter, UnknownParameter

LONGEST_TEXT = 5000
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")

Given = TypeVar("Given")


class Parameters:
    """A decoded form, or a group within one. What nobody has read is unknown: `refuse_unread` says so.

    An empty text means "not given", as it does to Stripe. Every reader raises ApiError naming the parameter.
    """

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._values = values
        self._path = path
        self._read: set[str] = set()
        self._groups: list[Parameters] = []

    def path_of(self, name: str) -> str:
        """The parameter's full name, such as `line_items[0][quantity]`."""
        return f"{self._path}[{name}]" if self._path else name

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def optional_text(self, name: str, longest: int = LONGEST_TEXT) -> str | None:
        """A text of at most so many characters, or None."""
        self._read.add(name)
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise ApiError(f"Invalid string: {self.path_of(name)}", param=self.path_of(name))
        if len(value) > longest:
            raise ApiError(
                f"Invalid string: must be at most {longest} characters", code="parameter_invalid_string_length",
                param=self.path_of(name),
            )  # fmt: skip
        return value

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """A text that must be there."""
        return self._required(name, self.optional_text(name, longest))

    def optional_choice(self, name: str, choices: Collection[str]) -> str | None:
        """One of these words, or None."""
        value = self.optional_text(name)
        if value is not None and value not in choices:
            wanted = ", ".join(choices)
            raise ApiError(f"Invalid {self.path_of(name)}: must be one of {wanted}", param=self.path_of(name))
        return value

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of these words, which must be there."""
        return self._required(name, self.optional_choice(name, choices))

    def optional_whole(self, name: str, *, least: int, most: int | None = None) -> int | None:
        """A whole number within bounds, or None."""
        value = self.optional_text(name)
        if value is None:
            return None
        if not _WHOLE_NUMBER.fullmatch(value):
            raise ApiError(f"Invalid integer: {value[:50]}", code="parameter_invalid_integer", param=self.path_of(name))
        number = int(value)
        if number < least or (most is not None and number > most):
            bounds = f"at least {least}" if most is None else f"between {least} and {most}"
            raise ApiError(
                f"Invalid value: {self.path_of(name)} must be {bounds}",
                code="parameter_invalid_integer",
                param=self.path_of(name),
            )
        return number

    def whole(self, name: str, *, least: int, most: int | None = None) -> int:
        """A whole number within bounds, which must be there."""
        return self._required(name, self.optional_whole(name, least=least, most=most))

    def optional_url(self, name: str) -> str | None:
        """A full http(s) address, or None."""
        value = self.optional_text(name)
        if value is None:
            return None
        try:
            address = urlsplit(value)
        except ValueError:
            address = urlsplit("")
        if address.scheme not in ("http", "https") or not address.netloc:
            raise ApiError("Not a valid URL", code="url_invalid", param=self.path_of(name))
        return value

    def url(self, name: str) -> str:
        """A full http(s) address, which must be there."""
        return self._required(name, self.optional_url(name))

    def optional_email(self, name: str) -> str | None:
        """An e-mail address of at most 800 characters, or None."""
        value = self.optional_text(name, longest=800)
        if value is not None and not _EMAIL.fullmatch(value):
            raise ApiError(f"Invalid email address: {value}", code="email_invalid", param=self.path_of(name))
        return value

    def metadata(self) -> dict[str, str]:
        """The caller's own keys and values, within Stripe's limits (50 keys of 40, values of 500 characters)."""
        given = self.group("metadata")
        keys = [key for key in given._values if key in given]
        if len(keys) > METADATA_KEYS:
            raise ApiError(f"You can only have {METADATA_KEYS} metadata keys.", param=self.path_of("metadata"))
        for key in keys:
            if len(key) > METADATA_KEY_LENGTH:
                raise ApiError(
                    f"Metadata keys must be at most {METADATA_KEY_LENGTH} characters", param=given.path_of(key)
                )
        given._read.update(given._values)
        return {key: given.text(key, METADATA_VALUE_LENGTH) for key in keys}

    def group(self, name: str) -> "Parameters":
        """The parameters nested under a name; an empty group when there are none."""
        self._read.add(name)
        values = self._values.get(name) or {}
        if not isinstance(values, dict):
            raise ApiError(f"Invalid object: {self.path_of(name)}", param=self.path_of(name))
        return self._remember(Parameters(values, self.path_of(name)))

    def groups(self, name: str) -> list["Parameters"]:
        """A list of groups, in its order."""
        listed = self.group(name)
        return [listed.group(index) for index in listed._indexes()]

    def texts(self, name: str) -> list[str]:
        """A list of texts, in its order."""
        listed = self.group(name)
        return [listed.text(index) for index in listed._indexes()]

    def refuse_unread(self) -> None:
        """Raises UnknownParameter for the first parameter, here or in a group, that nothing has asked for."""
        for name in self._values:
            if name not in self._read:
                raise UnknownParameter(self.path_of(name))
        for group in self._groups:
            group.refuse_unread()

    def _required(self, name: str, value: Given | None) -> Given:
        if value is None:
            raise MissingParameter(self.path_of(name))
        return value

    def _remember(self, group: "Parameters") -> "Parameters":
        self._groups.append(group)
        return group

    def _indexes(self) -> list[str]:
        if not all(re.fullmatch("[0-9]{1,4}", index) for index in self._values):
            raise ApiError(f"Invalid array: {self._path}", param=self._path)
        return sorted(self._values, key=int)
