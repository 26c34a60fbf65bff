"""What both desks' lists of certificates are asked for."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog.products.certificate_queries import View
from catalog.products.certificates import SOON, CertificateKind
from market.web.links import url_with

KIND = f"<any({', '.join(CertificateKind)}):kind>"
"""A certificate in an address: a product has one of a kind."""

EVERYTHING = "all"
"""The address's word for certificates of every state."""

_LABELS = {
    View.WAITING: _l("Menunggu diperiksa"),
    View.SOON: _l("Berakhir dalam %(days)s hari", days=SOON),
    View.VERIFIED: _l("Diperiksa koperasi"),
    View.REFUSED: _l("Tidak diterima"),
    View.EXPIRED: _l("Kedaluwarsa"),
}


@dataclass(frozen=True)
class ListRequest:
    """Which certificates the address asks for; what cannot be read is left out."""

    view: View | None
    kind: CertificateKind | None
    page: int


def read_request(usual: View | None = None) -> ListRequest:
    """What this page's address asks for; `usual` is the view when it names none."""
    view, kind = request.args.get("view", usual or ""), request.args.get("kind", "")
    return ListRequest(
        view=View(view) if view in set(View) else None,
        kind=CertificateKind(kind) if kind in set(CertificateKind) else None,
        page=request.args.get("page", 1, type=int),
    )


def view_chips(
    counts: dict[View | None, int], chosen: View | None, *, everything: str | None = None
) -> list[dict[str, Any]]:
    """A chip for each view with its count; `everything` is the address's word for all of them."""
    every = {"label": _("Semua"), "url": url_with(view=everything), "active": chosen is None, "count": counts[None]}
    return [
        *(
            {"label": str(_LABELS[view]), "url": url_with(view=view), "active": view is chosen, "count": counts[view]}
            for view in View
        ),
        every,
    ]


def kind_chips(chosen: CertificateKind | None) -> list[dict[str, Any]]:
    """A chip for each mark, and one for all of them."""
    return [
        {"label": _("Semua jenis"), "url": url_with(kind=None), "active": chosen is None},
        *({"label": kind.label, "url": url_with(kind=kind), "active": kind is chosen} for kind in CertificateKind),
    ]
