"""What can be chosen in the forms of the catalogue."""

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from catalog.categories.models import Category
from catalog.categories.queries import list_tree
from catalog.products.certificates import CertificateKind
from catalog.products.units import UNITS


def category_choices() -> list[SelectChoice]:
    """Every category, grouped under the roots of the tree."""
    return [
        SelectChoice("", _("Pilih kategori")),
        *(SelectChoice(c.slug, _label(c), optgroup=c.lineage[0].label) for c in list_tree()),
    ]


def unit_choices() -> list[SelectChoice]:
    """Every unit, as sellers call it."""
    return [SelectChoice(u.code, u.name if u.name == u.short else f"{u.name} ({u.short})") for u in UNITS]


def certificate_choices() -> list[SelectChoice]:
    """Every mark, or none."""
    return [SelectChoice("", _("Tidak ada")), *(SelectChoice(kind.value, kind.label) for kind in CertificateKind)]


def _label(category: Category) -> str:
    """The way to the category below its root; a root stands for what fits nowhere below it."""
    below = category.lineage[1:]
    return " › ".join(step.label for step in below) if below else _("%(name)s (umum)", name=category.label)
