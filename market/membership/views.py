"""Pages on which a seller applies and looks after its business, and the cooperative decides."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from market import audit, signals
from market.accounts import acting
from market.accounts import operations as accounts
from market.accounts.models import User
from market.accounts.roles import Role
from market.db import atomic
from market.errors import DomainError
from market.membership import operations, queries
from market.membership.forms import ApplicationForm, BusinessForm, NewcomerForm
from market.organisations.kinds import BANKS
from market.organisations.models import Seller
from market.organisations.queries import get_seller
from market.organisations.states import SellerState
from market.web.forms import show_error
from market.web.limits import limiter
from market.web.links import url_with

bp = Blueprint("membership", __name__)


@bp.get("/join")
def apply() -> ResponseReturnValue:
    """The application of a seller."""
    return render_template("market/membership/apply.html", form=_application_form())


@bp.post("/join")
@limiter.limit("20 per hour")
def send_application() -> ResponseReturnValue:
    """Hand the application in; somebody new gets an account with it."""
    form = _application_form()
    if form.validate_on_submit():
        try:
            user, seller = _apply(form)
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            acting.start(user, acting_for=seller.id)
            flash(_("Pendaftaran terkirim. Sambil menunggu, Anda sudah dapat menyiapkan produk."), "success")
            return redirect(url_for(".business"))
    return render_template("market/membership/apply.html", form=form), 422


@bp.route("/seller/business", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def business() -> ResponseReturnValue:
    """A seller's own business: its state, and its facts to change."""
    actor = acting.current_actor()
    seller = get_seller(actor.require(Role.SELLER))
    form = BusinessForm(obj=seller)
    if form.validate_on_submit():
        try:
            operations.update_business(form.business(), by=actor)
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            flash(_("Data usaha disimpan."), "success")
            return redirect(url_for(".business"))
    return render_template("market/membership/business.html", form=form, seller=seller), 422 if form.errors else 200


@bp.get("/cooperative/sellers")
@acting.requires(Role.ADMIN)
def sellers() -> ResponseReturnValue:
    """The cooperative's sellers."""
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    state = _state(request.args.get("state"))
    words = request.args.get("q", "")[:100]
    page = queries.list_sellers(cooperative_id, state=state, words=words, page=request.args.get("page", 1, type=int))
    counts = queries.count_sellers_by_state(cooperative_id)
    chips = [
        {"label": _("Semua"), "url": url_with(state=None), "active": state is None, "count": counts.total()},
        *(
            {"label": s.label, "url": url_with(state=s), "active": s is state, "count": counts[s]}
            for s in SellerState
            if counts[s] or s is state
        ),
    ]
    return render_template("market/membership/sellers.html", page=page, chips=chips, words=words)


@bp.get("/cooperative/sellers/<int:seller_id>")
@acting.requires(Role.ADMIN)
def seller(seller_id: int) -> ResponseReturnValue:
    """One seller, with what the cooperative can decide about it."""
    found = queries.get_seller_of(acting.current_actor().require(Role.ADMIN), seller_id=seller_id)
    return render_template(
        "market/membership/seller.html",
        seller=found,
        banks=BANKS,
        notices=[words for _receiver, said in signals.seller_shown.send(None, seller=found) for words in said],
        events=[_event(r) for r in audit.list_records(found)],
    )


@bp.post("/cooperative/sellers/<int:seller_id>/<any(approve, request_changes, suspend):deed>")
@acting.requires(Role.ADMIN)
def decide(seller_id: int, deed: str) -> ResponseReturnValue:
    """Approve, ask for changes, or suspend."""
    actor, reason = acting.current_actor(), request.form.get("reason", "")[:1000]
    try:
        if deed == "approve":
            found = operations.approve_seller(seller_id, by=actor)
            flash(_("%(name)s disetujui dan dapat berjualan.", name=found.name), "success")
        elif deed == "suspend":
            found = operations.suspend_seller(seller_id, reason, by=actor)
            flash(_("%(name)s ditangguhkan. Produknya tidak tampil lagi.", name=found.name), "success")
        else:
            found = operations.request_changes(seller_id, reason, by=actor)
            flash(_("Permintaan perbaikan dikirim ke %(name)s.", name=found.name), "success")
    except DomainError as error:
        if error.status == 404:
            raise
        flash(str(error), "danger")
    return redirect(url_for(".seller", seller_id=seller_id))


def _application_form() -> ApplicationForm:
    form = ApplicationForm() if acting.find_visitor().is_authenticated else NewcomerForm()
    form.cooperative.choices = [SelectChoice(c.id, c.name) for c in queries.list_open_cooperatives()]
    return form


def _apply(form: ApplicationForm) -> tuple[User, Seller]:
    with atomic(durable=True):
        if isinstance(form, NewcomerForm):
            user = accounts.register(
                email=form.email.data, name=form.owner_name.data, password=form.password.data, phone=form.phone.data
            )
        else:
            user = acting.current_user()
        return user, operations.apply(form.cooperative.data, form.business(), user=user)


_DEEDS = {
    "seller_applied": _l("Mendaftar atau mengirim perbaikan"),
    "seller_changes_requested": _l("Koperasi meminta perbaikan"),
    "seller_approved": _l("Disetujui koperasi"),
    "seller_suspended": _l("Ditangguhkan koperasi"),
    "business_changed": _l("Data usaha diubah"),
    "seller_invited": _l("Diundang menawarkan yang dicari pembeli"),
    "invitation_dismissed": _l("Undangan disingkirkan"),
}


def _event(record: audit.AuditRecord) -> dict[str, object]:
    return {
        "at": record.at,
        "title": _DEEDS.get(record.action, record.action),
        "by": record.by_user.name if record.by_user else None,
        "note": record.note,
    }


def _state(text: str | None) -> SellerState | None:
    return SellerState(text) if text in set(SellerState) else None
