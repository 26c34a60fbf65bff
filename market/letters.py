"""Letters to those people of an organisation who can act on them."""

from market import mail
from market.accounts.queries import list_people
from market.accounts.roles import Role
from market.db import atomic


def write_to(organisation_id: int, *roles: Role, subject: str, text: str) -> None:
    """Have a letter sent to everybody who holds one of `roles` in the organisation."""
    with atomic():
        for person in list_people(organisation_id):
            held = {m.role for m in person.memberships if m.organisation_id == organisation_id}
            if person.active and held.intersection(roles):
                mail.write(to=person.email, subject=subject, text=text)
