"""Tabler's outline icons, drawn straight into the page."""

import re
from functools import cache

from markupsafe import Markup, escape

from market.config import ROOT

FOLDER = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
NAME = re.compile(r"[a-z0-9-]+")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
BOUNDS = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'


class UnknownIconError(KeyError):
    """There is no icon of this name in Tabler's outline set."""

    def __str__(self) -> str:
        return (
            f"no icon named {self.args[0]!r} in {FOLDER} (is npm installed, is the name spelt as on tabler.io/icons?)"
        )


def icon(name: str, class_name: str = "") -> Markup:
    """The icon as inline SVG that follows the text's colour; hidden from screen readers, so words stand beside it.

    Raises UnknownIconError.
    """
    classes = f"icon {escape(class_name)}".rstrip()
    return Markup(  # noqa: S704 - the drawing comes from Tabler's package, the class name is escaped
        f'<svg class="{classes}" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        f' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{_strokes(name)}</svg>'
    )


@cache
def _strokes(name: str) -> str:
    path = FOLDER / f"{name}.svg"
    if not NAME.fullmatch(name) or not path.is_file():
        raise UnknownIconError(name)
    drawing = DRAWING.search(path.read_text(encoding="utf-8"))
    if drawing is None:
        raise UnknownIconError(name)
    return " ".join(drawing.group(1).replace(BOUNDS, "").split())
