"""Icons drawn into the page."""

import pytest
from wtforms.widgets import html_params

from market.web.icons import UnknownIconError, icon
from market.web.navigation import BOTTOM_ENTRIES, ENTRIES


def test_an_icon_is_an_inline_drawing_hidden_from_screen_readers() -> None:
    drawn = icon("shopping-cart", "large")

    assert drawn.startswith('<svg class="icon large"')
    assert html_params(aria_hidden="true") in drawn
    assert "<path" in drawn
    assert "M0 0h24v24H0z" not in drawn


@pytest.mark.parametrize("name", ["no-such-icon", "../../package", "", "shopping-cart.svg", "Home"])
def test_an_unknown_icon_is_named_in_the_failure(name: str) -> None:
    with pytest.raises(UnknownIconError, match="no icon named") as failure:
        icon(name)

    assert repr(name) in str(failure.value)


def test_a_class_name_cannot_break_out_of_its_attribute() -> None:
    assert '"><script>' not in icon("home", '"><script>')


def test_every_icon_of_the_menus_exists() -> None:
    for entry in (*ENTRIES, *BOTTOM_ENTRIES):
        assert icon(entry.icon)
