"""The colours: readable for everybody, and named in one file only."""

import re

import pytest

from market.web.assets import STATIC

TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{3,6}), (#\w{3,6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)} | {"on-brand": ("#fff", "#fff")}

AA_FOR_TEXT = 4.5

WORDS_ON_GROUNDS = [
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-brand", "tblr-danger"),
    ("brand-text", "ground"),
    ("brand-text", "surface"),
    ("brand-text", "brand-soft"),
    ("waits", "waits-soft"),
    ("words", "ground"),
    ("words", "hover"),
    ("words-soft", "ground"),
    ("words-soft", "ground-soft"),
    ("words-soft", "surface"),
    ("words-soft", "hover"),
    ("words-soft", "waits-soft"),
    ("red", "ground"),
    ("green", "ground"),
    *((tone, f"{tone}-soft") for tone in ("grey", "blue", "yellow", "green", "red")),
    *(("words", f"{tone}-soft") for tone in ("grey", "blue", "yellow", "green", "red")),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUNDS)
def test_words_stand_out_from_their_ground(words: str, ground: str, mode: int) -> None:
    assert contrast(COLOURS[words][mode], COLOURS[ground][mode]) >= AA_FOR_TEXT


def test_no_other_style_sheet_names_a_colour() -> None:
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl|\boklch\(|:\s*(white|black)\b")
    found = [
        f"{sheet.name}: {line.strip()}"
        for sheet in (STATIC / "css").glob("*.css")
        if sheet.name != "tokens.css"
        for line in sheet.read_text(encoding="utf-8").splitlines()
        if named.search(line)
    ]

    assert found == []


def test_every_token_that_is_used_is_defined() -> None:
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in (STATIC / "css").glob("*.css"))
    used = {name for name in re.findall(r"var\(--([\w-]+)", sheets) if not name.startswith("tblr-")}
    defined = set(re.findall(r"--([\w-]+):", sheets))

    assert used - defined == set()
