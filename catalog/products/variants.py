"""Tables of variants: the rules they keep, and how one is made from what the options can be.

Errors stand at `options`, at `variants`, or at a field of a row, `variants.N.sku`, N counted from 0.
"""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, product
from math import prod

from flask_babel import gettext as _

from catalog.products import limits, rules
from catalog.products.details import VariantDetails
from market.errors import DomainError, Invalid
from market.slugs import plain_words

Values = tuple[str, ...]
"""What makes a variant: one value for each option."""


@contextmanager
def at_row(number: int) -> Iterator[None]:
    """Let errors in here stand at a row's field."""
    try:
        yield
    except DomainError as error:
        error.field = f"variants.{number}.{error.field or 'options'}"
        raise


def read_options(names: Sequence[str]) -> list[str]:
    """The names of the options without superfluous blanks; raises Invalid."""
    options = [" ".join(name.split()) for name in names]
    rules.check_options([(name, "-") for name in options])
    return options


def read_values(row: VariantDetails) -> Values:
    """What makes the row's variant, without superfluous blanks and without what is empty."""
    return tuple(filter(None, (" ".join(value.split()) for value in row.get("values", ()))))


def same(values: Sequence[str]) -> Values:
    """The same for values that only differ in capitals."""
    return tuple(value.casefold() for value in values)


def check_table(options: Sequence[str], rows: Sequence[VariantDetails]) -> None:
    """Everything that can be said of a table without looking at what is there; raises Invalid."""
    if len(rows) > limits.MOST_VARIANTS_EVER or sum(map(is_sold, rows)) > limits.MOST_VARIANTS:
        words = _("Paling banyak %(most)s varian.", most=limits.MOST_VARIANTS)
        raise Invalid(words, field="variants")
    if not any(map(is_sold, rows)):
        raise Invalid(_("Paling sedikit satu varian harus dijual."), field="variants")
    seen: set[Values] = set()
    for number, row in enumerate(rows):
        with at_row(number):
            rules.check(row)  # type: ignore[arg-type]
            values = read_values(row)
            _check_values(options, values, sold=is_sold(row))
            if same(values) in seen:
                raise Invalid(_("Varian %(name)s tertulis dua kali.", name=" / ".join(values)), field="options")
            seen.add(same(values))


def is_sold(row: VariantDetails) -> bool:
    """Whether the row's variant is to be sold."""
    return row.get("active", True)


def _check_values(options: Sequence[str], values: Values, *, sold: bool) -> None:
    for value in values:
        rules.require_text("options", value, limits.LONGEST_OPTION_VALUE)
    if sold and len(values) < len(options):
        raise Invalid(_("Isi %(options)s.", options=", ".join(options)), field="options")
    if len(values) > limits.MOST_OPTIONS or (sold and len(values) > len(options)):
        raise Invalid(_("Varian ini punya lebih banyak isi daripada pembeda."), field="options")


def combinations(choices: Sequence[Sequence[str]]) -> list[Values]:
    """Every variant that there can be: S and M in white and blue are four. Raises Invalid when there are too many."""
    many = prod(len(values) for values in choices)
    if many > limits.MOST_VARIANTS:
        words = _("Ini menjadi %(many)s varian; paling banyak %(most)s.", many=many, most=limits.MOST_VARIANTS)
        raise Invalid(words, field="options")
    return list(product(*choices)) if choices else []


def find_places(wanted: Sequence[Values], present: Sequence[Values]) -> list[int | None]:
    """Which of the present variants becomes each of those wanted; None for a new one.

    First those with the same values; then those that say less or more: "S" becomes "S / Putih" when colours come in,
    and what says nothing yet becomes the first that is left.
    """
    places: dict[int, int] = {}
    left = dict(enumerate(map(same, present)))
    for alike in (_equal, _partly_equal):
        for number, values in enumerate(map(same, wanted)):
            if number in places:
                continue
            place = next((place for place, other in left.items() if alike(values, other)), None)
            if place is not None:
                places[number] = place
                del left[place]
    return [places.get(number) for number in range(len(wanted))]


def _equal(values: Values, other: Values) -> bool:
    return values == other


def _partly_equal(values: Values, other: Values) -> bool:
    return set(other) <= set(values) or set(values) <= set(other)


def make_sku(base: str, values: Sequence[str], taken: Container[str]) -> str:
    """A seller's number for a variant: "KAOS-01" and "L", "Putih" make "KAOS-01-L-PUTIH"; one that is not taken."""
    end = plain_words("-".join(values)).upper()[:25].strip("-")
    stem = "-".join(filter(None, (base[: limits.LONGEST_SKU - 32], end)))
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(sku for sku in chain([stem], numbered) if sku not in taken)
