"""Letters to sellers about what their cooperative decided, written once the decision is committed."""

from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.products.history import field_names
from catalog.products.models import ChangeRequest, Product
from catalog.products.operations.changes import APPROVAL_JOB
from catalog.products.operations.changes import REJECTION_JOB as CHANGE_REJECTION_JOB
from catalog.products.operations.review import REJECTION_JOB as PRODUCT_REJECTION_JOB
from catalog.products.queries import list_changes, list_products
from catalog.products.reasons import Reason
from market import jobs
from market.accounts.roles import Role
from market.letters import write_to


@jobs.task(APPROVAL_JOB)
def announce_approved(seller_id: int, product_ids: list[int], change_ids: list[int]) -> None:
    """Tell a seller, in one letter, of all its products and changes that were approved together."""
    products, changes = list_products(product_ids), list_changes(change_ids)
    if products or changes:
        parts = [_about_products(products), _about_changes(changes)]
        subject = _approval_subject(products, changes)
        write_to(seller_id, Role.SELLER, subject=subject, text="\n\n".join(filter(None, parts)))


@jobs.task(PRODUCT_REJECTION_JOB)
def announce_rejected(product_id: int, reason: str) -> None:
    """Tell the seller why a product was given back."""
    for product in list_products([product_id]):
        write_to(
            product.seller_id,
            Role.SELLER,
            subject=_("%(product)s belum disetujui", product=product.name),
            text=_(
                "%(cooperative)s memeriksa produk ini dan mengembalikannya kepada Anda.\n\nAlasannya: %(reason)s\n\n"
                "Perbaiki produknya di Pasok, lalu kirim lagi ke koperasi.",
                cooperative=product.seller.cooperative.name,
                reason=reason,
            ),
        )


@jobs.task(CHANGE_REJECTION_JOB)
def announce_rejected_change(change_id: int) -> None:
    """Tell the seller why a change was not taken over."""
    for change in list_changes([change_id]):
        product = change.product
        write_to(
            product.seller_id,
            Role.SELLER,
            subject=_("Perubahan %(product)s tidak disetujui", product=product.name),
            text=_(
                "%(cooperative)s memeriksa perubahan ini (%(fields)s) dan tidak menyetujuinya. Produk tetap tayang "
                "seperti sebelumnya.\n\nAlasannya: %(reason)s\n\n"
                'Buka produk %(product)s di Pasok dan pilih "Ubah lagi" untuk memperbaikinya.',
                cooperative=product.seller.cooperative.name,
                fields=field_names(change.changes),
                reason=Reason(change.reason_kind, change.reason or "").sentence,
                product=product.name,
            ),
        )


def _approval_subject(products: list[Product], changes: list[ChangeRequest]) -> str:
    if len(products) == 1 and not changes:
        return _("%(product)s disetujui dan tayang", product=products[0].name)
    if len(changes) == 1 and not products:
        return _("Perubahan %(product)s disetujui", product=changes[0].product.name)
    if not changes:
        return ngettext("%(num)s produk disetujui dan tayang", "%(num)s produk disetujui dan tayang", len(products))
    if not products:
        return ngettext("%(num)s perubahan disetujui", "%(num)s perubahan disetujui", len(changes))
    return _("%(products)s produk dan %(changes)s perubahan disetujui", products=len(products), changes=len(changes))


def _about_products(products: list[Product]) -> str:
    if not products:
        return ""
    names = "\n".join(f"- {product.name}" for product in products)
    return _("Pembeli sekarang dapat menemukan dan memesan:\n\n%(names)s", names=names)


def _about_changes(changes: list[ChangeRequest]) -> str:
    if not changes:
        return ""
    names = "\n".join(f"- {change.product.name}: {field_names(change.changes)}" for change in changes)
    return _("Pembeli sekarang membaca yang baru dari:\n\n%(names)s", names=names)
