"""`flask ledger check`, for operators."""

import sys

import click
from flask.cli import AppGroup

from market.ledger import checks

ledger = AppGroup("ledger", help="The cooperatives' books.")

SHOWN = 5


@ledger.command("check")
def check() -> None:
    """Check every rule of the books and print each with ok or FAILED; exit 0 only when all hold."""
    failed = 0
    with checks.one_picture():
        findings = list(checks.run())
    for rule, finding in findings:
        click.echo(f"{'ok' if finding.ok else 'FAILED':<7} {rule} ({finding.counted} checked)")
        for sentence in finding.wrong[:SHOWN]:
            click.echo(f"        {sentence}")
        if len(finding.wrong) > SHOWN:
            click.echo(f"        and {len(finding.wrong) - SHOWN} more")
        failed += not finding.ok
    sys.exit(1 if failed else 0)
