"""Products and offers, as buyers, sellers and cooperatives may see them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.strategy_options import _AbstractLoad

from catalog.categories.models import Category
from catalog.closures.models import Closure
from catalog.products.models import ChangeRequest, Offer, Product
from catalog.products.slugs import find_id
from catalog.products.states import ChangeState, ProductState, Waiting
from market import clock
from market.db import HIGHEST_ID, ModelT, lock, page_of, session, storable
from market.errors import NotFound
from market.organisations.models import Seller
from market.organisations.queries import sellers_who_may_sell
from market.pages import Page


def shown() -> tuple[_AbstractLoad, ...]:
    """What a page or `product_item` shows of a product, as loader options: six SELECTs however many products."""
    return (
        *ordered(),
        selectinload(Product.certificates),
        selectinload(Product.pictures),
    )


def ordered() -> tuple[_AbstractLoad, ...]:
    """What an order needs to know of a product, as loader options: four SELECTs however many products."""
    return (
        joinedload(Product.seller).joinedload(Seller.cooperative),
        joinedload(Product.category),
        selectinload(Product.offers).selectinload(Offer.tiers),
        selectinload(Product.closures.and_(Closure.last_day >= clock.today())),
    )


def lock_offers(offer_ids: Iterable[int]) -> dict[int, Offer]:
    """These offers, by id, with product, seller, cooperative and tiers, locked until the change is committed.

    Their products are locked first: what is ordered cannot be withdrawn in the same instant, and what was promised of
    all variants together stays true. Products, then offers, each in id order: so nobody deadlocks.
    """
    ids = sorted(set(offer_ids))
    of_these = select(Offer.product_id).where(Offer.id.in_(ids))
    locked = session.scalars(_locked(select(Product).where(Product.id.in_(of_these)).options(*ordered())))
    products = {product.id: product for product in locked}
    offers = {offer.id: offer for offer in _lock_each(Offer.id.in_(ids))}
    for offer in offers.values():  # which else would each look for its product, and find it read and forgotten
        set_committed_value(offer, "product", products[offer.product_id])
    return offers


def find_products_to_order(product_ids: Iterable[int]) -> dict[int, Product]:
    """These products with all variants, by id, in any state; unknown ones are left out."""
    query = select(Product).where(Product.id.in_(set(product_ids))).options(*ordered())
    return {product.id: product for product in session.scalars(query)}


def find_offers(offer_ids: Iterable[int]) -> dict[int, Offer]:
    """These offers with their product, by id, in any state; unknown ones are left out."""
    query = select(Offer).where(Offer.id.in_(set(offer_ids))).options(joinedload(Offer.product).options(*ordered()))
    return {offer.id: offer for offer in session.scalars(query)}


def list_products(product_ids: Iterable[int]) -> list[Product]:
    """These products in any state, with all that is shown of them, in id order; unknown ids are left out."""
    query = select(Product).where(Product.id.in_(set(product_ids))).options(*shown()).order_by(Product.id)
    return list(session.scalars(query))


def get_product(product_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None) -> Product:
    """A product of this seller, or of this cooperative's sellers, in any state; raises NotFound."""
    return _found(_one(_of(seller_id, cooperative_id).where(_has_id(product_id))))


def lock_product(product_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None) -> Product:
    """As `get_product`, with the product and its offers locked until the change is committed; raises NotFound."""
    query = _of(seller_id, cooperative_id).where(_has_id(product_id))
    return _found(next(iter(_lock_with_offers(query)), None))


def get_change(change_id: int, *, cooperative_id: int) -> ChangeRequest:
    """A change that one of this cooperative's sellers asked for, whatever became of it; raises NotFound."""
    query = select(ChangeRequest).join(ChangeRequest.product).join(Product.seller)
    of_these = query.where(Seller.cooperative_id == cooperative_id, _is(ChangeRequest.id, change_id))
    people = joinedload(ChangeRequest.submitted_by), joinedload(ChangeRequest.decided_by)
    return _found(session.scalar(of_these.options(joinedload(ChangeRequest.product).options(*shown()), *people)))


def list_changes(change_ids: Iterable[int]) -> list[ChangeRequest]:
    """These changes with their products, in id order; unknown ids are left out."""
    query = select(ChangeRequest).where(ChangeRequest.id.in_(set(change_ids))).order_by(ChangeRequest.id)
    return list(session.scalars(query.options(joinedload(ChangeRequest.product).options(*shown()))))


def list_changes_of_cooperative(
    cooperative_id: int, *, state: ChangeState | None = None, page: int = 1, per_page: int = 25
) -> Page[ChangeRequest]:
    """What a cooperative's sellers asked to change: what waits longest first, of all states the newest first."""
    query = select(ChangeRequest).join(ChangeRequest.product).join(Product.seller)
    query = query.where(Seller.cooperative_id == cooperative_id)
    if state is not None:
        query = query.where(ChangeRequest.state == state)
    query = query.order_by(ChangeRequest.id if state is ChangeState.PENDING else ChangeRequest.id.desc())
    of_them = joinedload(ChangeRequest.product).joinedload(Product.seller)
    return page_of(query.options(of_them), page=page, per_page=per_page)


def find_newest_change(product_id: int) -> ChangeRequest | None:
    """What was last asked to change of a product, whatever became of it."""
    query = select(ChangeRequest).where(ChangeRequest.product_id == product_id).order_by(ChangeRequest.id.desc())
    return session.scalar(query.limit(1))


def count_pending_changes(cooperative_id: int) -> int:
    """How many changes of its sellers' products wait for this cooperative."""
    query = select(func.count()).select_from(ChangeRequest).join(ChangeRequest.product).join(Product.seller)
    pending = query.where(Seller.cooperative_id == cooperative_id, ChangeRequest.state == ChangeState.PENDING)
    return session.scalar(pending) or 0


def lock_change(change_id: int, *, cooperative_id: int) -> ChangeRequest:
    """As `get_change`, with its product locked first, and then the request itself; raises NotFound."""
    product_id = get_change(change_id, cooperative_id=cooperative_id).product_id
    lock_product(product_id, cooperative_id=cooperative_id)
    return session.scalars(lock(select(ChangeRequest).where(ChangeRequest.id == change_id))).one()


def find_products_of_changes(change_ids: Iterable[int]) -> dict[int, int]:
    """The id of the product that each of these changes is about, by the change's id; unknown ones are left out."""
    possible = {change_id for change_id in change_ids if change_id <= HIGHEST_ID}
    query = select(ChangeRequest.id, ChangeRequest.product_id).where(ChangeRequest.id.in_(possible))
    return dict(session.execute(query).tuples().all())


def lock_products_by_sku(seller_id: int, skus: Iterable[str]) -> dict[str, Product]:
    """A seller's products under these numbers, locked with their offers; numbers not in use are left out."""
    query = _of(seller_id, None).where(Product.offers.any(Offer.sku.in_(set(skus))))
    return {offer.sku: product for product in _lock_with_offers(query) for offer in product.offers}


def _lock_with_offers(query: Select[tuple[Product]]) -> list[Product]:
    products = list(session.scalars(_locked(query.options(*shown(), selectinload(Product.pending_change)))))
    _lock_each(Offer.product_id.in_([product.id for product in products]))
    return products


def _locked(query: Select[tuple[Product]]) -> Select[tuple[Product]]:
    """Products in id order, locked and read afresh, but not against those who only refer to them."""
    return lock(query.order_by(Product.id), referable=True)


def _lock_each(which: ColumnElement[bool]) -> list[Offer]:
    """Offers in id order, locked and read afresh with their tiers."""
    query = select(Offer).where(which).options(selectinload(Offer.tiers)).order_by(Offer.id)
    return list(session.scalars(lock(query)))


def get_product_seen_by(
    organisation_id: int | None, *, slug: str | None = None, product_id: int | None = None
) -> Product:
    """A product as somebody of this organisation (None: anybody) may see it; raises NotFound.

    Everybody sees what is for sale; the seller and its cooperative also see what is not.
    """
    for_sale = _for_sale()
    own = or_(Seller.id == organisation_id, Seller.cooperative_id == organisation_id)
    query = select(Product).join(Product.seller).where(for_sale if organisation_id is None else or_(for_sale, own))
    return _found(_one(query.where(Product.slug == slug if product_id is None else _has_id(product_id))))


def find_products_for_sale(addresses: Iterable[str]) -> dict[str, Product]:
    """The products that anybody may see, by the ids or slugs they are asked by; others are left out."""
    addresses = [address for address in addresses if storable(address)]
    ids = {address: find_id(address) for address in addresses}
    asked = or_(Product.slug.in_(addresses), Product.id.in_({each for each in ids.values() if each is not None}))
    query = select(Product).join(Product.seller).where(_for_sale(), asked)
    products = list(session.scalars(query.options(*shown())))
    by_slug, by_id = {each.slug: each for each in products}, {each.id: each for each in products}
    found = {address: by_slug.get(address) or by_id.get(ids[address] or 0) for address in addresses}
    return {address: product for address, product in found.items() if product is not None}


def count_addresses() -> int:
    """How many products anybody may see."""
    return session.scalar(_addresses().with_only_columns(func.count())) or 0


def list_addresses(*, first: int, limit: int) -> list[tuple[str, datetime]]:
    """The slugs of products that anybody may see, with when each last changed, in id order."""
    query = _addresses().order_by(Product.id).offset(first).limit(limit)
    return list(session.execute(query.with_only_columns(Product.slug, Product.updated_at)).tuples())


def _addresses() -> Select[tuple[Product]]:
    return select(Product).join(Product.seller).where(_for_sale())


def _for_sale() -> ColumnElement[bool]:
    return and_(Product.state == ProductState.PUBLISHED, Product.seller_id.in_(sellers_who_may_sell()))


def list_products_of_seller(
    seller_id: int, *, state: ProductState | None = None, words: str = "", page: int = 1, per_page: int = 25
) -> Page[Product]:
    """A seller's own products, those changed last first; `words` are looked for in name and number."""
    query = _of(seller_id, None).order_by(Product.updated_at.desc(), Product.id.desc())
    loaded = (*shown(), selectinload(Product.pending_change))
    return page_of(_narrowed(query, state, words).options(*loaded), page=page, per_page=per_page)


def list_products_of_cooperative(
    cooperative_id: int, *, state: ProductState | None = None, words: str = "", page: int = 1, per_page: int = 25
) -> Page[Product]:
    """What a cooperative's sellers offer, drafts excepted: those that wait longest or changed last first."""
    order = Product.updated_at.asc() if state is ProductState.SUBMITTED else Product.updated_at.desc()
    query = _of(None, cooperative_id).where(Product.state != ProductState.DRAFT).order_by(order, Product.id)
    return page_of(_narrowed(query, state, words).options(*shown()), page=page, per_page=per_page)


def list_products_to_check(
    cooperative_id: int, *, waiting: Waiting = Waiting.ALL, words: str = "", page: int = 1, per_page: int = 25
) -> Page[Product]:
    """New products and changes that wait for the cooperative: those that wait longest first."""
    new = select(Product.id).where(Product.state == ProductState.SUBMITTED)
    changed = select(ChangeRequest.product_id).where(ChangeRequest.state == ChangeState.PENDING)
    ids = {Waiting.ALL: union_all(new, changed), Waiting.NEW: new, Waiting.CHANGED: changed}[waiting]
    query = _of(None, cooperative_id).where(Product.id.in_(ids)).order_by(Product.updated_at, Product.id)
    loaded = (*shown(), selectinload(Product.pending_change))
    return page_of(_narrowed(query, None, words).options(*loaded), page=page, per_page=per_page)


def count_products(*, seller_id: int | None = None, cooperative_id: int | None = None) -> dict[ProductState, int]:
    """How many products of this seller, or of this cooperative's sellers, are in each state; all states are there."""
    query = _of(seller_id, cooperative_id).with_only_columns(Product.state, func.count()).group_by(Product.state)
    counts = {state: number for state, number in session.execute(query).tuples()}
    return {state: counts.get(state, 0) for state in ProductState}


def find_skus_in_use(seller_id: int, skus: Iterable[str], *, besides: int) -> set[str]:
    """Which of these numbers the seller has given to other products than this one."""
    query = select(Offer.sku).where(Offer.seller_id == seller_id, Offer.sku.in_(set(skus)), Offer.product_id != besides)
    return set(session.scalars(query))


def find_skus_beginning(seller_id: int, beginning: str) -> set[str]:
    """The seller's numbers that begin like this."""
    query = select(Offer.sku).where(Offer.seller_id == seller_id, Offer.sku.startswith(beginning, autoescape=True))
    return set(session.scalars(query))


def list_categories_of(seller_id: int) -> list[Category]:
    """The categories in which a seller offers something that is for sale or waits for the cooperative."""
    offered = select(Product.category_id).where(
        Product.seller_id == seller_id, Product.state.in_((ProductState.SUBMITTED, ProductState.PUBLISHED))
    )
    return list(session.scalars(select(Category).where(Category.id.in_(offered)).order_by(Category.path)))


def _of(seller_id: int | None, cooperative_id: int | None) -> Select[tuple[Product]]:
    if (seller_id is None) == (cooperative_id is None):
        raise ValueError("say whose products: the seller's or the cooperative's")
    query = select(Product).join(Product.seller)
    return query.where(Seller.id == seller_id if cooperative_id is None else Seller.cooperative_id == cooperative_id)


def _narrowed(query: Select[tuple[Product]], state: ProductState | None, words: str) -> Select[tuple[Product]]:
    if state is not None:
        query = query.where(Product.state == state)
    for word in words.split():
        number = Product.offers.any(Offer.sku.icontains(word, autoescape=True))
        query = query.where(or_(Product.name.icontains(word, autoescape=True), number))
    return query


def _has_id(product_id: int) -> ColumnElement[bool]:
    return _is(Product.id, product_id)


def _is(column: InstrumentedAttribute[int], number: int) -> ColumnElement[bool]:
    return column == number if number <= HIGHEST_ID else false()


def _one(query: Select[tuple[Product]]) -> Product | None:
    return session.scalar(query.options(*shown()))


def _found(row: ModelT | None) -> ModelT:
    if row is None:
        raise NotFound
    return row
