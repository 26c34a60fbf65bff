"""What can be chosen in the forms of the catalogue."""

from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from catalog.categories.models import Category
from catalog.categories.queries import list_tree
from catalog.products.certificates import CertificateKind
from catalog.products.units import CONTENT_UNITS, UNITS, unit


def category_choices() -> list[SelectChoice]:
    """Every category, grouped under the roots of the tree."""
    return [
        SelectChoice("", _("Pilih kategori")),
        *(SelectChoice(c.slug, _label(c), optgroup=c.lineage[0].label) for c in list_tree()),
    ]


def unit_choices() -> list[SelectChoice]:
    """Every unit, in the language of the page, and how a price tag shows it."""
    english = str(get_locale()) == "en"
    names = [(unit, unit.english if english else unit.name) for unit in UNITS]
    return [SelectChoice(u.code, name if name == u.short else f"{name} ({u.short})") for u, name in names]


def content_unit_choices() -> list[SelectChoice]:
    """What the content of a unit can be counted in, or nothing."""
    return [SelectChoice("", "–"), *(SelectChoice(code, unit(code).short) for code in CONTENT_UNITS)]


def certificate_choices() -> list[SelectChoice]:
    """Every mark, or none."""
    return [SelectChoice("", _("Tidak ada")), *(SelectChoice(kind.value, kind.label) for kind in CertificateKind)]


def _label(category: Category) -> str:
    """The way to the category below its root; a root stands for what fits nowhere below it."""
    below = category.lineage[1:]
    return " › ".join(step.label for step in below) if below else _("%(name)s (umum)", name=category.label)
