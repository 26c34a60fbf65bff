"""What organisations do for themselves: their places of delivery and their rules for buying."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from market import audit, signals
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid
from market.money import Rupiah
from market.organisations import queries
from market.organisations.kinds import TaxRole, Terms
from market.organisations.models import BuyerCompany, Cooperative, ShipTo
from market.slugs import slugify


@dataclass(frozen=True)
class Place:
    """A place of delivery as the buyer describes it."""

    name: str
    address: str
    district_code: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    notes: str | None = None


def add_ship_to(place: Place, *, by: Actor) -> ShipTo:
    """Add a place where the buyer has goods delivered to."""
    buyer_id = by.require(Role.BUYER, Role.APPROVER, Role.RECEIVING)
    with atomic():
        ship_to = ShipTo(buyer_id=buyer_id, **vars(place))
        session.add(ship_to)
        audit.record(ship_to, "ship_to_added", by=by)
        signals.ship_tos_changed.send(None, buyer_id=buyer_id)
    return ship_to


def change_ship_to(ship_to_id: int, place: Place, *, by: Actor) -> ShipTo:
    """Describe a place of delivery anew; orders already placed keep the address they were placed with."""
    buyer_id = by.require(Role.BUYER, Role.APPROVER, Role.RECEIVING)
    with atomic():
        ship_to = queries.get_ship_to(ship_to_id, buyer_id=buyer_id)
        for name, value in vars(place).items():
            setattr(ship_to, name, value)
        audit.record(ship_to, "ship_to_changed", by=by)
        signals.ship_tos_changed.send(None, buyer_id=buyer_id)
    return ship_to


def remove_ship_to(ship_to_id: int, *, by: Actor) -> None:
    """Deliver there no more; the last place cannot be removed."""
    buyer_id = by.require(Role.BUYER, Role.APPROVER, Role.RECEIVING)
    with atomic():
        ship_to = queries.get_ship_to(ship_to_id, buyer_id=buyer_id)
        if len(queries.list_ship_tos(buyer_id)) == 1:
            raise Invalid(_l("Sisakan paling sedikit satu alamat pengiriman."))
        ship_to.active = False
        audit.record(ship_to, "ship_to_removed", by=by)
        signals.ship_tos_changed.send(None, buyer_id=buyer_id)


def set_buying_rules(*, approval_threshold: Rupiah | None, terms: Terms, by: Actor) -> BuyerCompany:
    """From which total (rupiah) an order waits for an approver, and when invoices are due unless said otherwise."""
    buyer_id = by.require(Role.APPROVER)
    with atomic():
        buyer = queries.get_buyer(buyer_id)
        audit.record(
            buyer, "buying_rules_set", by=by, before=buyer.approval_threshold, after=approval_threshold, terms=terms
        )
        buyer.approval_threshold, buyer.terms = approval_threshold, terms
    return buyer


def found_cooperative(*, name: str, tax_role: TaxRole, taxable: bool, by: Actor, **facts: str | None) -> Cooperative:
    """Open a cooperative on this platform; raises Invalid when one of that name is there already."""
    by.require(Role.PLATFORM)
    cooperative = Cooperative(name=name, slug=slugify(name), tax_role=tax_role, taxable=taxable, **facts)
    _add(cooperative, "cooperative_founded", by=by)
    return cooperative


def open_buyer(*, name: str, npwp: str | None, address: str, district_code: str | None, by: Actor) -> BuyerCompany:
    """Open a factory as buyer, delivered to at its address; raises Invalid when it is there already."""
    by.require(Role.PLATFORM)
    buyer = BuyerCompany(name=name, slug=slugify(name), npwp=npwp, address=address, district_code=district_code)
    buyer.ship_tos = [ShipTo(name=name, address=address, district_code=district_code)]
    _add(buyer, "buyer_opened", by=by)
    return buyer


def _add(organisation: Cooperative | BuyerCompany, action: str, *, by: Actor) -> None:
    try:
        with atomic():
            session.add(organisation)
            audit.record(organisation, action, by=by)
    except IntegrityError as error:
        raise Invalid(_l("Organisasi dengan nama ini sudah ada."), field="name") from error
