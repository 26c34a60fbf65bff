"""The demo's first pages: the platform, cooperatives with their margins, factories, sellers and all their people."""

from functools import partial

from catalog.categories.kinds import AttributeKind
from catalog.categories.operations import AttributeDetails, define_attribute
from catalog.margins.operations import set_margin
from demo import mark, reading
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from market import audit
from market.accounts.roles import Role
from market.db import atomic, session
from market.membership import operations as membership
from market.organisations.kinds import SizeClass, TaxRole, Terms
from market.organisations.models import BuyerCompany, Cooperative, Organisation, ShipTo
from market.organisations.queries import get_seller
from market.organisations.states import SellerState

PLATFORM = "pasok"

OPENED = 430
"""Days ago on which the platform opened; all that follows is counted in the same way."""

BEFORE_FIRST_MARGIN = 10
FIRST_FACTORY, LAST_FACTORY = 300, 100
LAST_MEMBER = 104
"""By then every seller that sells had applied, well before the first order."""

NOT_YET_TAKEN_IN = {SellerState.APPLIED: 3, SellerState.CHANGES_REQUESTED: 12}
"""On which day those who wait for an answer, or were sent back, applied."""

ANSWERED_AFTER = 3
COLLEAGUE_AFTER = 12
SUSPENDED = 21

Staff = list[reading.DemoPerson]


def tell_of_organisations(diary: Diary, cast: Cast, days: Days) -> None:
    """Note how everybody came to the marketplace; once that is played, `cast` knows them."""
    people = reading.read_people()
    diary.note(days.moment(OPENED, 0.1), partial(_open_platform, cast, _staff_of(PLATFORM, people)))
    for cooperative in reading.read_cooperatives():
        _tell_of_cooperative(diary, cast, days, cooperative, _staff_of(cooperative.slug, people))
    factories = reading.read_factories()
    for index, factory in enumerate(factories):
        day = FIRST_FACTORY - index * (FIRST_FACTORY - LAST_FACTORY) // len(factories)
        diary.note(days.moment(day, 0.3), partial(_open_factory, cast, factory, _staff_of(factory.slug, people)))
    applied = application_days()
    for seller in reading.read_sellers():
        _tell_of_seller(diary, cast, days, seller, applied[seller.slug])
        if seller.state not in NOT_YET_TAKEN_IN:
            for person in _staff_of(seller.slug, people):
                moment = days.moment(applied[seller.slug] - COLLEAGUE_AFTER, 0.6)
                diary.note(moment, partial(_add_colleague, cast, seller.slug, person))


def application_days() -> dict[str, int]:
    """How many days ago each seller applied to its cooperative: one after the other, in the order of the content."""
    founded = {cooperative.slug: _founded_on(cooperative) for cooperative in reading.read_cooperatives()}
    sellers = reading.read_sellers()
    found = {}
    for seller in sellers:
        colleagues = [each.slug for each in sellers if each.cooperative == seller.cooperative]
        first = founded[seller.cooperative] - 1
        found[seller.slug] = first - (first - LAST_MEMBER) * colleagues.index(seller.slug) // len(colleagues)
        if seller.state in NOT_YET_TAKEN_IN:
            found[seller.slug] = NOT_YET_TAKEN_IN[SellerState(seller.state)]
    return found


def _founded_on(cooperative: reading.DemoCooperative) -> int:
    return max(rule.from_days_ago for rule in cooperative.margin) + BEFORE_FIRST_MARGIN


def _staff_of(slug: str, people: Staff) -> Staff:
    return [person for person in people if any(work.organisation == slug for work in person.works_for)]


def _open_platform(cast: Cast, staff: Staff) -> None:
    with atomic():
        platform = Organisation(name="Pasok", slug=PLATFORM)
        session.add(platform)
        for person in staff:
            cast.hire(person, platform)
        mark.begin(platform)


def _tell_of_cooperative(
    diary: Diary, cast: Cast, days: Days, cooperative: reading.DemoCooperative, staff: Staff
) -> None:
    diary.note(days.moment(_founded_on(cooperative), 0.2), partial(_found, cast, cooperative, staff))
    diary.note(days.moment(_founded_on(cooperative), 0.5), partial(_ask, cast, cooperative.slug))
    for rule in cooperative.margin:
        moment = days.moment(rule.from_days_ago, 0.02)
        diary.note(moment, partial(_set_margin, cast, days, cooperative.slug, rule))


def _found(cast: Cast, cooperative: reading.DemoCooperative, staff: Staff) -> None:
    with atomic():
        founded = Cooperative(
            slug=cooperative.slug,
            name=cooperative.name,
            legal_number=cooperative.legal_number,
            nik=cooperative.nik,
            npwp=cooperative.npwp,
            district_code=cooperative.district,
            address=cooperative.address,
            phone=cooperative.phone,
            email=cooperative.email,
            bank_code=cooperative.bank.code,
            bank_account=cooperative.bank.account,
            bank_holder=cooperative.bank.holder,
            taxable=cooperative.taxable,
            tax_role=TaxRole(cooperative.tax_role),
        )
        session.add(founded)
        audit.record(founded, "cooperative_founded", by=cast.somebody(PLATFORM, Role.PLATFORM))
        for person in staff:
            cast.hire(person, founded)


def _ask(cast: Cast, cooperative: str) -> None:
    admin = cast.somebody(cooperative, Role.ADMIN)
    with atomic():
        for each in reading.read_attributes():
            details = AttributeDetails(each.name, each.english, each.unit, each.choices, required=each.required)
            define_attribute(each.category, AttributeKind(each.kind), details, by=admin)


def _set_margin(cast: Cast, days: Days, cooperative: str, rule: reading.Margin) -> None:
    set_margin(
        rule.rate,
        by=cast.somebody(cooperative, Role.TREASURER),
        valid_from=days.date_of(rule.from_days_ago),
        valid_until=None if rule.until_days_ago is None else days.date_of(rule.until_days_ago),
        category=rule.category,
        seller_id=cast.organisation_ids[rule.seller] if rule.seller else None,
    )


def _open_factory(cast: Cast, factory: reading.DemoFactory, staff: Staff) -> None:
    with atomic():
        buyer = BuyerCompany(
            slug=factory.slug,
            name=factory.name,
            npwp=factory.npwp,
            nitku=factory.nitku,
            district_code=factory.district,
            address=factory.address,
            phone=factory.phone,
            email=factory.email,
            bonded_zone=factory.bonded_zone,
            terms=Terms(factory.terms),
            approval_threshold=factory.approval_threshold,
            ship_tos=[_place(place) for place in factory.ship_to],
        )
        session.add(buyer)
        audit.record(buyer, "buyer_opened", by=cast.somebody(PLATFORM, Role.PLATFORM))
        for person in staff:
            cast.hire(person, buyer)


def _place(place: reading.DemoShipTo) -> ShipTo:
    return ShipTo(
        name=place.name,
        district_code=place.district,
        address=place.address,
        contact_name=place.contact,
        contact_phone=place.phone,
        notes=place.notes,
    )


def _tell_of_seller(diary: Diary, cast: Cast, days: Days, seller: reading.DemoSeller, applied: int) -> None:
    diary.note(days.moment(applied, 0.4), partial(_apply, cast, seller))
    answered = days.moment(applied - ANSWERED_AFTER, 0.5)
    if seller.state == SellerState.CHANGES_REQUESTED:
        diary.note(answered, partial(_request_changes, cast, seller))
    elif seller.state != SellerState.APPLIED:
        diary.note(answered, partial(_approve, cast, seller))
    if seller.state == SellerState.SUSPENDED:
        diary.note(days.moment(SUSPENDED, 0.7), partial(_suspend, cast, seller))


def _apply(cast: Cast, seller: reading.DemoSeller) -> None:
    business = membership.Business(
        name=seller.name,
        owner_name=seller.owner,
        description=seller.description,
        district_code=seller.district,
        address=seller.address,
        phone=seller.phone,
        nib=seller.nib,
        npwp=seller.npwp,
        size_class=SizeClass(seller.size),
        taxable=seller.taxable,
        bank_code=seller.bank.code,
        bank_account=seller.bank.account,
        bank_holder=seller.bank.holder,
        kbli=list(seller.kbli),
    )
    with atomic():
        owner = cast.enter(seller.login, seller.owner, seller.phone)
        applied = membership.apply(cast.organisation_ids[seller.cooperative], business, user=owner)
        applied.slug = seller.slug  # the content's own name for it, which is shorter than one made from the name
        cast.remember(seller.login, applied, Role.SELLER)


def _approve(cast: Cast, seller: reading.DemoSeller) -> None:
    admin = cast.somebody(seller.cooperative, Role.ADMIN)
    membership.approve_seller(cast.organisation_ids[seller.slug], by=admin)


def _request_changes(cast: Cast, seller: reading.DemoSeller) -> None:
    admin = cast.somebody(seller.cooperative, Role.ADMIN)
    membership.request_changes(cast.organisation_ids[seller.slug], seller.reason or "", by=admin)


def _suspend(cast: Cast, seller: reading.DemoSeller) -> None:
    admin = cast.somebody(seller.cooperative, Role.ADMIN)
    membership.suspend_seller(cast.organisation_ids[seller.slug], seller.reason or "", by=admin)


def _add_colleague(cast: Cast, slug: str, person: reading.DemoPerson) -> None:
    with atomic():
        cast.hire(person, get_seller(cast.organisation_ids[slug]))
