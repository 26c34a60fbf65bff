"""Addresses of pages."""

import pytest
from flask import Flask

from market.web.links import place, url_with


@pytest.mark.parametrize(
    ("asked", "changes", "address"),
    [
        ("/gallery/list?state=a&page=3", {"state": "b"}, "/gallery/list?state=b"),
        ("/gallery/list?state=a&page=3", {"page": 4}, "/gallery/list?state=a&page=4"),
        ("/gallery/list?state=a&q=x", {"state": None}, "/gallery/list?q=x"),
        ("/gallery/list?category=a&category=b", {"sort": "new"}, "/gallery/list?category=a&category=b&sort=new"),
        ("/gallery/list", {"q": "a&b=c"}, "/gallery/list?q=a%26b%3Dc"),
    ],
)
def test_a_filter_changes_its_own_value_and_begins_at_the_first_page(
    gallery: Flask, asked: str, changes: dict[str, object], address: str
) -> None:
    with gallery.test_request_context(asked):
        assert url_with(**changes) == address


def test_a_query_value_named_like_a_parameter_of_the_address_builder_changes_nothing_else(gallery: Flask) -> None:
    with gallery.test_request_context(
        "/gallery/list?_external=1&_anchor=x&_scheme=javascript&_method=POST&q=y&endpoint=z"
    ):
        assert (
            url_with(page=2)
            == "/gallery/list?_external=1&_anchor=x&_scheme=javascript&_method=POST&q=y&endpoint=z&page=2"
        )


def test_a_page_that_is_not_there_has_no_address(gallery: Flask) -> None:
    with gallery.test_request_context():
        assert place("search.home") == "/"
        assert place("nothing.here") == ""
