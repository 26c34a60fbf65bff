"""What the demo's content holds: each kind of entry in the plain TOML of `content/`, and how to read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from demo.content_rows import read_rows
from market.slugs import plain_words


@dataclass(frozen=True)
class Bank:
    """An account: code of the bank, number, and whose it is."""

    code: str
    account: str
    holder: str


@dataclass(frozen=True)
class Margin:
    """A margin rule in basis points, from and until so many days ago; for a category, a seller, or everything."""

    rate: int
    from_days_ago: int
    until_days_ago: int | None = None
    category: str | None = None
    seller: str | None = None


@dataclass(frozen=True)
class DemoCooperative:
    """A cooperative and its margin rules."""

    slug: str
    name: str
    legal_number: str
    nik: str
    npwp: str
    district: str
    address: str
    phone: str
    email: str
    bank: Bank
    taxable: bool
    tax_role: str
    margin: tuple[Margin, ...]


@dataclass(frozen=True)
class DemoAttribute:
    """Something that every cooperative asks for of the products in a category and below it."""

    category: str
    name: str
    english: str
    kind: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class DemoSeller:
    """A seller, its owner with the owner's login, and how far its membership has come."""

    slug: str
    name: str
    cooperative: str
    owner: str
    login: str
    nib: str
    npwp: str
    district: str
    address: str
    phone: str
    size: str
    taxable: bool
    bank: Bank
    description: str
    kbli: tuple[str, ...] = ()
    state: str = "approved"
    reason: str | None = None


@dataclass(frozen=True)
class DemoShipTo:
    """A factory's place of delivery."""

    name: str
    district: str
    address: str
    contact: str
    phone: str
    notes: str


@dataclass(frozen=True)
class DemoFactory:
    """A factory that buys; without a threshold no order waits for an approver."""

    slug: str
    name: str
    npwp: str
    nitku: str
    district: str
    address: str
    phone: str
    email: str
    terms: str
    ship_to: tuple[DemoShipTo, ...]
    approval_threshold: int | None = None
    bonded_zone: bool = False


@dataclass(frozen=True)
class Work:
    """What a person does for one organisation."""

    organisation: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can log in."""

    email: str
    name: str
    phone: str
    works_for: tuple[Work, ...]


@dataclass(frozen=True)
class DemoVariant:
    """What is ordered of a product by a number of its own; without values, the product itself."""

    sku: str
    values: tuple[str, ...]
    price: int
    tiers: tuple[tuple[int, int], ...]
    stock: int

    def price_for(self, quantity: int) -> int:
        """The price of one unit, in rupiah, when `quantity` are bought."""
        return min([self.price, *(price for least, price in self.tiers if least <= quantity)])


@dataclass(frozen=True)
class DemoProduct:
    """A product of the seller whose file it stands in; prices in whole rupiah, tiers as (from quantity, price).

    With `weekly_capacity` it is made to order and has no stock. With `options` it comes in every variant that they
    make: minimum and stock are then of each, those in `dearer` cost so much more, and of those in `sold_out` nothing is
    left.
    """

    sku: str
    name: str
    category: str
    unit: str
    price: int
    stock: int
    lead_days: int
    description: str
    seller: str
    tiers: tuple[tuple[int, int], ...] = ()
    minimum: int = 1
    multiple: int = 1
    specification: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, int | float | str | bool] = field(default_factory=dict)
    content: float | None = None
    content_unit: str | None = None
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dearer: Mapping[str, int] = field(default_factory=dict)
    sold_out: tuple[str, ...] = ()
    minimum_together: int | None = None
    weekly_capacity: int | None = None
    state: str = "published"
    reason: str | None = None

    @property
    def variants(self) -> list[DemoVariant]:
        """Everything that can be ordered of it."""
        return [self._variant(values) for values in product(*self.options.values())]

    def _variant(self, values: tuple[str, ...]) -> DemoVariant:
        more = sum(self.dearer.get(value, 0) for value in values)
        tiers = tuple((least, price + more) for least, price in self.tiers)
        stock = 0 if " / ".join(values) in self.sold_out else self.stock
        sku = "-".join([self.sku, *(plain_words(value).upper() for value in values)])
        return DemoVariant(sku, values, self.price + more, tiers, stock)


@dataclass(frozen=True)
class DemoChange:
    """What a seller asked to change of a product for sale, so many days ago, and what became of it."""

    sku: str
    days_ago: int
    name: str | None = None
    description: str | None = None
    specification: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, int | float | str | bool] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    picture: Mapping[str, str] = field(default_factory=dict)
    state: str = "pending"
    decided_days_ago: int | None = None
    reason_kind: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Happening:
    """One thing that happened to an order, so many days after it was placed."""

    day: int
    what: str
    seller: str | None = None
    by: str | None = None
    reason: str | None = None
    quantities: Mapping[str, int] = field(default_factory=dict)
    counted: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[str, int] = field(default_factory=dict)
    carrier: str | None = None
    driver: str | None = None
    vehicle: str | None = None
    bank: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class DemoOrder:
    """An order, its lines as quantity by SKU, and what became of it."""

    buyer: str
    by: str
    days_ago: int
    reference: str
    ship_to: str
    lines: Mapping[str, int]
    story: tuple[Happening, ...]
    terms: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class DemoPayout:
    """What was due to a seller, transferred so many days ago."""

    seller: str
    days_ago: int
    reference: str


@dataclass(frozen=True)
class DemoCart:
    """What a buyer has in the cart, quantity by SKU."""

    by: str
    lines: Mapping[str, int]


@dataclass(frozen=True)
class DemoCertificate:
    """A certificate that a seller sent so many days ago, with its sheet; it ends in so many days from now."""

    sku: str
    kind: str
    number: str
    ends_in: int
    scan: str
    said_days_ago: int
    waits: bool = False


@dataclass(frozen=True)
class DemoRefusal:
    """A certificate that the cooperative did not accept."""

    sku: str
    kind: str
    days_ago: int
    reason: str


@dataclass(frozen=True)
class DemoPicture:
    """The picture of a product: what is drawn, in which colour, on which ground."""

    sku: str
    motif: str
    colour: str
    ground: str


@dataclass(frozen=True)
class DemoWords:
    """Words for names of many products of one category; prices go from … to, in rupiah."""

    category: str
    unit: str
    price: tuple[int, int]
    things: tuple[str, ...]
    kinds: tuple[str, ...]
    sizes: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class DemoSentences:
    """Sentences for their descriptions; one of each kind is taken."""

    openings: tuple[str, ...]
    middles: tuple[str, ...]
    endings: tuple[str, ...]


def read_cooperatives() -> list[DemoCooperative]:
    """The three cooperatives."""
    return read_rows(DemoCooperative, "cooperatives.toml", "cooperative", nested={"bank": Bank, "margin": Margin})


def read_attributes() -> list[DemoAttribute]:
    """What the cooperatives ask for, in their order."""
    return read_rows(DemoAttribute, "attributes.toml", "attribute")


def read_sellers() -> list[DemoSeller]:
    """Every seller; its file is named by its cooperative's slug."""
    return read_rows(DemoSeller, "sellers/*.toml", "seller", named="cooperative", nested={"bank": Bank})


def read_products() -> list[DemoProduct]:
    """Every product of every seller; its file is named by the seller's slug."""
    return read_rows(DemoProduct, "products/*.toml", "product", named="seller")


def read_factories() -> list[DemoFactory]:
    """The factories that buy, with their places of delivery."""
    return read_rows(DemoFactory, "factories.toml", "factory", nested={"ship_to": DemoShipTo})


def read_people() -> list[DemoPerson]:
    """The people who work for cooperatives, factories and the platform, and second people of sellers."""
    return read_rows(DemoPerson, "people.toml", "person", nested={"works_for": Work})


def read_orders() -> list[DemoOrder]:
    """The orders and what became of them; an order's file is named by its buyer's slug."""
    return read_rows(DemoOrder, "orders/*.toml", "order", named="buyer", nested={"story": Happening})


def read_payouts() -> list[DemoPayout]:
    """What the treasurers have transferred to sellers."""
    return read_rows(DemoPayout, "payouts.toml", "payout")


def read_carts() -> list[DemoCart]:
    """What buyers have put aside in their carts."""
    return read_rows(DemoCart, "carts.toml", "cart")


def read_pictures() -> list[DemoPicture]:
    """Which products have a picture."""
    return read_rows(DemoPicture, "pictures.toml", "picture")


def read_certificates() -> list[DemoCertificate]:
    """What sellers said of certificates."""
    return read_rows(DemoCertificate, "certificates.toml", "certificate")


def read_refusals() -> list[DemoRefusal]:
    """Which certificates were not accepted."""
    return read_rows(DemoRefusal, "certificates.toml", "refusal")


def read_changes() -> list[DemoChange]:
    """What sellers asked to change of products for sale."""
    return read_rows(DemoChange, "changes.toml", "change")


def read_words() -> dict[str, DemoWords]:
    """Words for many products, by category."""
    return {words.category: words for words in read_rows(DemoWords, "words.toml", "words")}


def read_sentences() -> DemoSentences:
    """Sentences for many products."""
    return read_rows(DemoSentences, "words.toml", "sentences")[0]
