"""`flask users` and `flask tokens`, for operators."""

import secrets

import click
from flask.cli import AppGroup

from market.accounts import operations, queries
from market.accounts.roles import Role
from market.db import atomic
from market.errors import DomainError
from market.organisations.queries import get_organisation_by_slug

users = AppGroup("users", help="People who can log in.")
tokens = AppGroup("tokens", help="Tokens for the API.")


@users.command("create")
@click.argument("email")
@click.option("--role", "roles", type=click.Choice([role.value for role in Role]), multiple=True, required=True)
@click.option("--organisation", "slug", required=True, help="The slug of the organisation.")
@click.option("--name", help="The person's name; the address when left out.")
@click.option("--password", envvar="PASOK_PASSWORD", help="Made up and printed once when left out.")
def create_user(email: str, roles: tuple[str, ...], slug: str, name: str | None, password: str | None) -> None:
    """Give a person roles in an organisation, making their account when they have none."""
    try:
        with atomic(durable=True):
            organisation = get_organisation_by_slug(slug)
            user = queries.find_user(email)
            made_up = None
            if user is None:
                made_up = None if password else secrets.token_urlsafe(12)
                user = operations.register(email=email, name=name or email, password=password or made_up or "")
            operations.join(user, organisation, *(Role(role) for role in roles))
    except DomainError as error:
        raise click.ClickException(f"{email}: {error}") from error
    click.echo(f"{email}: {', '.join(roles)} · {organisation.name}")
    if made_up:
        click.echo(f"password: {made_up}")


@tokens.command("create")
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--organisation", "slug", help="The slug of the organisation; the person's first when left out.")
def create_token(email: str, name: str, slug: str | None) -> None:
    """Print a new token that acts for a person. It cannot be shown again."""
    try:
        user = queries.get_user(email)
        organisation_id = get_organisation_by_slug(slug).id if slug else None
        click.echo(operations.create_token(user, name=name, organisation_id=organisation_id))
    except DomainError as error:
        raise click.ClickException(f"{email}: {error}") from error
