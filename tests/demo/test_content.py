"""What the demo's TOML says about people, organisations and goods fits together, and looks like the real thing."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import phonenumbers
import pytest

from catalog.categories.tree import TREE
from catalog.products.certificates import CertificateKind
from catalog.products.states import ProductState
from catalog.products.units import find_unit
from demo import content_rows, reading
from market.accounts.roles import Role
from market.organisations.districts import find_district
from market.organisations.kinds import BANKS, SizeClass, TaxRole, Terms
from market.organisations.states import SellerState
from market.slugs import slugify

COOPERATIVES = reading.read_cooperatives()
SELLERS = reading.read_sellers()
FACTORIES = reading.read_factories()
PEOPLE = reading.read_people()
PRODUCTS = reading.read_products()

PARENTS = {branch.slug: branch.parent for branch in TREE}
LEAVES = set(PARENTS) - set(PARENTS.values())
SELLER_STATES = {seller.slug: seller.state for seller in SELLERS}

PLATFORM = "pasok"
ROLES_IN = {
    "cooperative": {Role.ADMIN, Role.TREASURER},
    "factory": {Role.BUYER, Role.APPROVER, Role.RECEIVING, Role.FINANCE},
    "seller": {Role.SELLER},
    "platform": {Role.PLATFORM},
}
KIND_OF = {
    **{cooperative.slug: "cooperative" for cooperative in COOPERATIVES},
    **{factory.slug: "factory" for factory in FACTORIES},
    **{seller.slug: "seller" for seller in SELLERS},
    PLATFORM: "platform",
}
NUMBERS = {
    CertificateKind.HALAL: r"ID\d{17}",
    CertificateKind.PIRT: r"\d{13}-\d{2}",
    CertificateKind.BPOM: r"(MD|ML)\d{12}",
    CertificateKind.SNI: r"SNI (ISO )?[\d.\-]+[:-](1|2)\d{3}",
    CertificateKind.TKDN: r"\d{1,2},\d{2}%",
    CertificateKind.SLHS: r"SLHS \S+",
    CertificateKind.ISO: r"ISO \S+",
}
DEMO_LOGINS = {
    "seller@demo.test",
    "seller2@demo.test",
    "buyer@demo.test",
    "approver@demo.test",
    "receiving@demo.test",
    "finance@demo.test",
    "buyer2@demo.test",
    "admin@demo.test",
    "treasurer@demo.test",
    "platform@demo.test",
}


def lineage(category: str) -> set[str]:
    parent = PARENTS[category]
    return {category} | (lineage(parent) if parent else set())


def repeated(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def test_no_two_things_share_a_name_they_are_found_by() -> None:
    organisations = [*COOPERATIVES, *SELLERS, *FACTORIES]
    assert repeated([organisation.slug for organisation in organisations] + [PLATFORM]) == []
    assert repeated([organisation.name for organisation in organisations]) == []
    assert repeated([person.email for person in PEOPLE] + [seller.login for seller in SELLERS]) == []
    assert repeated([variant.sku for product in PRODUCTS for variant in product.variants]) == []
    assert repeated([slugify(product.name) for product in PRODUCTS]) == []


def test_no_two_organisations_share_a_number() -> None:
    assert repeated([organisation.npwp for organisation in [*COOPERATIVES, *SELLERS, *FACTORIES]]) == []
    assert repeated([seller.nib for seller in SELLERS]) == []
    assert repeated([organisation.bank.account for organisation in [*COOPERATIVES, *SELLERS]]) == []


@pytest.mark.parametrize("organisation", [*COOPERATIVES, *SELLERS, *FACTORIES], ids=lambda each: each.slug)
def test_an_organisation_has_well_formed_numbers_and_a_real_district(
    organisation: reading.DemoCooperative | reading.DemoSeller | reading.DemoFactory,
) -> None:
    assert re.fullmatch(r"\d{16}", organisation.npwp)
    assert phonenumbers.is_valid_number(phonenumbers.parse(organisation.phone))
    district = find_district(organisation.district)
    assert district is not None
    assert district.regency in organisation.address


@pytest.mark.parametrize("organisation", [*COOPERATIVES, *SELLERS], ids=lambda each: each.slug)
def test_whoever_receives_money_has_an_account(organisation: reading.DemoCooperative | reading.DemoSeller) -> None:
    assert organisation.bank.code in BANKS
    assert re.fullmatch(r"\d{8,16}", organisation.bank.account)
    assert organisation.bank.holder


def test_cooperatives_stand_in_a_sale_in_both_ways() -> None:
    assert {TaxRole(cooperative.tax_role) for cooperative in COOPERATIVES} == set(TaxRole)
    assert all(cooperative.taxable for cooperative in COOPERATIVES if cooperative.tax_role == TaxRole.PRINCIPAL)


@pytest.mark.parametrize("cooperative", COOPERATIVES, ids=lambda each: each.slug)
def test_margin_rules_name_things_that_are_there_and_one_holds_today(cooperative: reading.DemoCooperative) -> None:
    own_sellers = {seller.slug for seller in SELLERS if seller.cooperative == cooperative.slug}
    for rule in cooperative.margin:
        assert 0 < rule.rate <= 2_000
        assert rule.until_days_ago is None or rule.until_days_ago < rule.from_days_ago
        assert rule.category is None or rule.seller is None
        assert rule.category is None or rule.category in PARENTS
        assert rule.seller is None or rule.seller in own_sellers
    defaults = [rule for rule in cooperative.margin if not rule.category and not rule.seller]
    assert sum(rule.until_days_ago is None for rule in defaults) == 1


@pytest.mark.parametrize("seller", SELLERS, ids=lambda each: each.slug)
def test_a_seller_is_described_and_its_state_explained(seller: reading.DemoSeller) -> None:
    assert KIND_OF[seller.cooperative] == "cooperative"
    assert re.fullmatch(r"\d{13}", seller.nib)
    assert seller.size in set(SizeClass)
    assert seller.description.count(". ") >= 1
    state = SellerState(seller.state)
    assert (seller.reason is not None) == (state in {SellerState.CHANGES_REQUESTED, SellerState.SUSPENDED})


def test_sellers_stand_in_every_state() -> None:
    assert {SellerState(seller.state) for seller in SELLERS} == set(SellerState)


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda each: each.slug)
def test_a_factory_has_places_of_delivery_and_terms(factory: reading.DemoFactory) -> None:
    assert re.fullmatch(r"\d{22}", factory.nitku)
    assert factory.nitku.startswith(factory.npwp)
    assert factory.terms in set(Terms)
    assert 1 <= len(factory.ship_to) <= 3
    assert all(find_district(place.district) and place.notes for place in factory.ship_to)
    assert factory.approval_threshold is None or factory.approval_threshold > 0


def test_the_logins_of_the_readme_are_there() -> None:
    assert {person.email for person in PEOPLE} | {seller.login for seller in SELLERS} >= DEMO_LOGINS


def test_the_logins_of_the_readme_belong_where_they_should() -> None:
    owners = {seller.login: seller for seller in SELLERS}
    demo_sellers = [owners["seller@demo.test"], owners["seller2@demo.test"]]
    assert [seller.cooperative for seller in demo_sellers] == ["kokarin", "kokarin"]
    assert [seller.taxable for seller in demo_sellers] == [True, False]
    factory_of = {person.email: person.works_for[0].organisation for person in PEOPLE}
    main = {factory_of[f"{name}@demo.test"] for name in ("buyer", "approver", "receiving", "finance")}
    assert len(main) == 1
    thresholds = {factory.slug: factory.approval_threshold for factory in FACTORIES}
    assert thresholds[main.pop()] == 25_000_000
    assert thresholds[factory_of["buyer2@demo.test"]] is None


@pytest.mark.parametrize("person", PEOPLE, ids=lambda each: each.email)
def test_a_person_has_roles_that_the_organisation_knows(person: reading.DemoPerson) -> None:
    assert person.email.endswith("@demo.test")
    assert phonenumbers.is_valid_number(phonenumbers.parse(person.phone))
    for work in person.works_for:
        assert {Role(role) for role in work.roles} <= ROLES_IN[KIND_OF[work.organisation]]


def test_every_factory_and_cooperative_is_fully_staffed() -> None:
    filled: dict[str, set[str]] = {slug: set() for slug in KIND_OF}
    for person in PEOPLE:
        for work in person.works_for:
            filled[work.organisation] |= set(work.roles)
    for cooperative in COOPERATIVES:
        assert filled[cooperative.slug] == {Role.ADMIN, Role.TREASURER}
    for factory in FACTORIES:
        assert filled[factory.slug] >= {Role.BUYER, Role.RECEIVING, Role.FINANCE}
        assert factory.approval_threshold is None or Role.APPROVER in filled[factory.slug]


def but(*, products: list[reading.DemoProduct] = PRODUCTS, keep: Callable[[reading.DemoProduct], bool]) -> list[str]:
    """The products that do not keep a rule, by SKU."""
    return [product.sku for product in products if not keep(product)]


def test_every_product_hangs_in_a_leaf_of_the_tree() -> None:
    assert but(keep=lambda product: KIND_OF[product.seller] == "seller" and product.category in LEAVES) == []


def test_every_unit_is_understood() -> None:
    assert but(keep=lambda product: find_unit(product.unit) is not None) == []


def test_every_product_is_described() -> None:
    assert but(keep=lambda product: 10 <= len(product.name) <= 120) == []
    assert but(keep=lambda product: bool(product.specification or product.attributes or product.content)) == []
    assert but(keep=lambda product: product.description.endswith(".")) == []
    for_sale = [product for product in PRODUCTS if SELLER_STATES[product.seller] == SellerState.APPROVED]
    published = [product for product in for_sale if product.state == ProductState.PUBLISHED]
    assert but(products=published, keep=lambda product: product.description.count(". ") >= 1) == []


def test_every_product_has_a_price_and_rules_of_quantity() -> None:
    assert but(keep=lambda product: product.price > 0 and product.stock >= 0) == []
    assert but(keep=lambda product: 0 < product.lead_days <= 60) == []
    assert but(keep=lambda product: product.minimum >= product.multiple > 0) == []
    assert but(keep=lambda product: product.minimum % product.multiple == 0) == []


def test_what_is_published_is_in_stock_and_its_seller_was_approved() -> None:
    published = [product for product in PRODUCTS if product.state == ProductState.PUBLISHED]
    assert but(products=published, keep=lambda each: each.weekly_capacity or each.stock >= each.minimum) == []
    assert but(keep=lambda product: not (product.weekly_capacity and product.stock)) == []
    approved_once = {SellerState.APPROVED, SellerState.SUSPENDED}
    assert but(products=published, keep=lambda product: SELLER_STATES[product.seller] in approved_once) == []


def test_a_rejection_is_explained() -> None:
    assert but(keep=lambda product: (product.reason is not None) == (product.state == ProductState.REJECTED)) == []


def test_the_more_is_bought_the_less_one_costs() -> None:
    def falls(product: reading.DemoProduct) -> bool:
        steps = pairwise([(product.minimum, product.price), *product.tiers])
        return all(fewer < more and cheaper < dearer for (fewer, dearer), (more, cheaper) in steps)

    assert but(keep=falls) == []
    assert but(keep=lambda product: len(product.tiers) <= 4) == []
    assert but(keep=lambda product: all(least % product.multiple == 0 for least, _ in product.tiers)) == []


def test_certificates_are_well_numbered_and_those_of_food_stand_on_food() -> None:
    def numbered(product: reading.DemoProduct) -> bool:
        numbers = product.certificates.items()
        return all(re.fullmatch(NUMBERS[CertificateKind(kind)], number) for kind, number in numbers)

    def on_food(product: reading.DemoProduct) -> bool:
        is_food = bool(lineage(product.category) & {"makanan", "kemasan-makanan", "hampers"})
        return is_food or not set(product.certificates) & {"halal", "pirt", "bpom", "slhs"}

    assert but(keep=numbered) == []
    assert but(keep=on_food) == []


def test_there_is_enough_to_look_at() -> None:
    assert len(PRODUCTS) >= 300
    assert {product.category for product in PRODUCTS} == LEAVES
    assert {ProductState(product.state) for product in PRODUCTS} == set(ProductState)
    by_seller = Counter(product.seller for product in PRODUCTS)
    for seller in SELLERS:
        assert by_seller[seller.slug] >= (25 if seller.login in DEMO_LOGINS else 1)


def test_a_misspelt_key_is_named() -> None:
    with pytest.raises(content_rows.UnreadableContent, match=r"payouts\.toml: missing or unknown days_agp"):
        row = {"seller": "x", "days_agp": 3, "reference": "y", "days_ago": 1}
        content_rows.record(reading.DemoPayout, row, "payouts.toml")


def test_variants_are_sold_in_every_way_and_what_is_said_of_some_is_true() -> None:
    varied = [product for product in PRODUCTS if product.options]
    assert {len(product.options) for product in varied} == {1, 2}
    assert {product.seller for product in varied} >= {"jahit-telaga-asih", "rajut-jatiwangi", "percetakan-lembayung"}
    for product in varied:
        labels = [" / ".join(variant.values) for variant in product.variants]
        assert set(product.sold_out) < set(labels), product.sku
        assert set(product.dearer) <= {value for values in product.options.values() for value in values}, product.sku
        assert len(labels) == len(set(labels)) <= 100, product.sku
