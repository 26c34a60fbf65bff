"""What can go wrong with margin rules."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from market.errors import DomainError


class AnotherRuleBegins(DomainError):
    """The rule would run into a planned one for the same thing."""

    status = 422

    def __init__(self, begins: date):
        super().__init__(
            _(
                "Sudah ada marjin lain untuk hal yang sama mulai %(day)s. Akhiri sebelum hari itu, "
                "atau batalkan dulu yang direncanakan.",
                day=format_date(begins, "d MMMM y"),
            ),
            field="valid_until",
        )


class RuleIsOver(DomainError):
    """What is over cannot be ended again."""

    def __init__(self) -> None:
        super().__init__(_("Marjin ini sudah berakhir."))
