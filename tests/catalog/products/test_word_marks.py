"""What changed in a text, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.products.word_marks import mark_words


def shown(before: str, after: str) -> tuple[str, str]:
    """Both texts with brackets around what is marked."""
    left, right = mark_words(before, after)
    return tuple("".join(f"[{p.text}]" if p.marked else p.text for p in side) for side in (left, right))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Kardus polos", "Kardus polos", ("Kardus polos", "Kardus polos")),
        (
            "Kardus satu dinding.",
            "Kardus dua dinding, kuat.",
            ("Kardus [satu] dinding.", "Kardus [dua] dinding[, kuat]."),
        ),
        ("", "Baru", ("", "[Baru]")),
        ("Lama", "", ("[Lama]", "")),
        ("Satu dua tiga", "Sama sekali lain isinya", ("[Satu dua tiga]", "[Sama sekali lain isinya]")),
        (
            "Kemasan › Kardus › Kardus polos",
            "Kemasan › Kardus › Kardus cetak",
            ("Kemasan › Kardus › Kardus [polos]", "Kemasan › Kardus › Kardus [cetak]"),
        ),
    ],
)
def test_what_was_taken_out_and_put_in_is_marked(before: str, after: str, marked: tuple[str, str]) -> None:
    assert shown(before, after) == marked


def test_a_word_that_stayed_between_longer_changes_is_marked_with_them() -> None:
    before = "Kuat dan tahan lama untuk semua barang berat dan besar di gudang pabrik Anda."
    after = "Ringan serta murah meriah untuk kiriman kecil serta jauh di gudang pabrik Anda."
    left, right = shown(before, after)
    assert left == "[Kuat dan tahan lama untuk semua barang berat dan besar] di gudang pabrik Anda."
    assert right == "[Ringan serta murah meriah untuk kiriman kecil serta jauh] di gudang pabrik Anda."


def test_a_text_of_single_letters_is_compared_in_no_time() -> None:
    before, after = "a b " * 1250, "b a c " * 833
    left, right = mark_words(before, after)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (before, after)


@given(st.text(alphabet="ab ,.\n", max_size=60), st.text(alphabet="ab ,.\n", max_size=60))
def test_the_pieces_put_together_are_the_texts(before: str, after: str) -> None:
    left, right = mark_words(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    assert (before == after) == (not any(piece.marked for piece in (*left, *right)))
