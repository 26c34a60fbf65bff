"""Applying to a cooperative as a seller, and what the cooperative decides about it."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from market import audit, mail, signals
from market.accounts import operations as accounts
from market.accounts import queries as account_queries
from market.accounts.actor import Actor
from market.accounts.models import User
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid
from market.organisations import queries as organisations
from market.organisations.kinds import SizeClass
from market.organisations.models import Organisation, Seller
from market.organisations.states import SellerState
from market.slugs import slugify


@dataclass(frozen=True)
class Business:
    """A seller's business as its owner describes it, numbers already read."""

    name: str
    owner_name: str
    description: str
    district_code: str
    address: str
    phone: str
    nib: str
    npwp: str | None
    size_class: SizeClass
    taxable: bool
    bank_code: str
    bank_account: str
    bank_holder: str
    kbli: list[str] = field(default_factory=list)
    """The KBLI 2020 codes on its NIB."""


def apply(cooperative_id: int, business: Business, *, user: User) -> Seller:
    """Ask a cooperative to be taken in as a seller; the person becomes its seller and may draft products at once.

    A PKP must have an NPWP (UU KUP). Raises Invalid at the field.
    """
    _check(business)
    with atomic():
        cooperative = organisations.get_cooperative(cooperative_id)
        if not cooperative.active:
            raise Invalid(_l("Koperasi ini tidak menerima anggota baru."), field="cooperative")
        seller = Seller(cooperative=cooperative, slug=_free_slug(business.name), email=user.email, **vars(business))
        session.add(seller)
        accounts.join(user, seller, Role.SELLER)
        audit.record(seller, "seller_applied", by=account_queries.actor_for(user, seller.id))
        _tell(cooperative.id, Role.ADMIN, _("Pendaftaran penjual baru: %(name)s", name=seller.name))
    return seller


def update_business(business: Business, *, by: Actor) -> Seller:
    """Describe one's business anew; where the cooperative asked for changes, this hands the application in again."""
    seller_id = by.require(Role.SELLER)
    _check(business)
    with atomic():
        seller = organisations.get_seller(seller_id)
        changed = {name: value for name, value in vars(business).items() if getattr(seller, name) != value}
        for name, value in changed.items():
            setattr(seller, name, value)
        audit.record(seller, "business_changed", by=by, fields=sorted(changed))
        if seller.state is SellerState.CHANGES_REQUESTED:
            seller.move_to(SellerState.APPLIED, by=by)
            _tell(seller.cooperative_id, Role.ADMIN, _("%(name)s mengirim perbaikan data", name=seller.name))
        signals.seller_changed.send(None, seller_id=seller.id)
    return seller


def approve_seller(seller_id: int, *, by: Actor) -> Seller:
    """Take a seller in, or let a suspended one sell again: its published products can be found and ordered."""
    return _decide(seller_id, SellerState.APPROVED, _l("Usaha Anda disetujui koperasi"), by=by)


def request_changes(seller_id: int, reason: str, *, by: Actor) -> Seller:
    """Ask an applicant to mend something, said in `reason`."""
    return _decide(
        seller_id, SellerState.CHANGES_REQUESTED, _l("Data usaha Anda perlu diperbaiki"), by=by, reason=reason
    )


def suspend_seller(seller_id: int, reason: str, *, by: Actor) -> Seller:
    """Stop a seller from selling, for `reason`; orders already placed go on."""
    return _decide(seller_id, SellerState.SUSPENDED, _l("Usaha Anda ditangguhkan"), by=by, reason=reason)


def _decide(seller_id: int, state: SellerState, subject: str, *, by: Actor, reason: str | None = None) -> Seller:
    cooperative_id = by.require(Role.ADMIN)
    if reason is not None and not reason.strip():
        raise Invalid(_l("Tuliskan alasannya, supaya penjual tahu apa yang harus diperbaiki."), field="reason")
    with atomic():
        seller = organisations.lock_seller(seller_id, cooperative_id=cooperative_id)
        seller.move_to(state, by=by, reason=reason)
        _tell(seller.id, Role.SELLER, str(subject), reason or "")
        signals.seller_changed.send(None, seller_id=seller.id)
    return seller


def _tell(organisation_id: int, role: Role, subject: str, text: str = "") -> None:
    for person in account_queries.list_people(organisation_id):
        if any(m.role is role and m.organisation_id == organisation_id for m in person.memberships):
            mail.write(to=person.email, subject=subject, text=text or subject)


def _check(business: Business) -> None:
    if business.taxable and not business.npwp:
        raise Invalid(_l("Usaha PKP harus mempunyai NPWP."), field="npwp")


def _free_slug(name: str) -> str:
    wanted = slugify(name)
    taken = set(session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(wanted))))
    return next(slug for n in range(1, len(taken) + 2) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)
