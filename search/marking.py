"""What somebody typed, marked in the names that it found."""

import re

from markupsafe import Markup, escape


def marked(name: str, typed: str) -> Markup:
    """The name with the beginnings of its words that were typed in <mark>; all else in it is text.

    A word that was found for what it means, or in spite of a wrong letter, stays unmarked.
    """
    words = sorted({re.escape(word) for word in typed.split() if word[0].isalnum()}, key=len, reverse=True)
    if not words:
        return escape(name)
    pieces = re.split(rf"(?<!\w)({'|'.join(words)})", name, flags=re.IGNORECASE)
    return Markup("").join(  # every second piece is what the pattern found
        Markup("<mark>{}</mark>").format(piece) if place % 2 else piece for place, piece in enumerate(pieces)
    )
