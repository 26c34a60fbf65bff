"""Pages to log in and out, and to look after one's account."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from market.accounts import acting, operations, queries
from market.accounts.forms import LoginForm, PasswordForm, ProfileForm
from market.errors import DomainError
from market.web.forms import show_error
from market.web.limits import limiter
from market.web.links import local_path
from market.web.locale import COOKIE_KEY, LANGUAGES

bp = Blueprint("accounts", __name__)


@bp.get("/login")
def login() -> ResponseReturnValue:
    """The page to log in on."""
    if acting.find_visitor().is_authenticated:
        return redirect(_next_page())
    return render_template("market/accounts/login.html", form=LoginForm())


@bp.post("/login")
@limiter.limit("20 per minute", key_func=lambda: request.form.get("email", "").strip().lower())
def log_in() -> ResponseReturnValue:
    """Log in and go on to where the person wanted to go."""
    form = LoginForm()
    if form.validate_on_submit():
        try:
            user = operations.log_in(form.email.data, form.password.data)
        except DomainError as error:
            show_error(form, error, otherwise="password")
        else:
            acting.start(user, remember=form.remember.data)
            return redirect(_next_page())
    return render_template("market/accounts/login.html", form=form), 422


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    """End this login."""
    logout_user()
    session.pop(acting.ORGANISATION_KEY, None)
    flash(_("Anda sudah keluar."), "success")
    return redirect(url_for("accounts.login"))


@bp.post("/switch")
@acting.requires()
def switch() -> ResponseReturnValue:
    """Act for another of one's organisations."""
    wanted = request.form.get("organisation", type=int)
    chosen = next((o for o in acting.find_visitor().organisations if o.id == wanted), None)
    if chosen is None:
        flash(_("Anda tidak tergabung dalam organisasi itu."), "danger")
    else:
        session[acting.ORGANISATION_KEY] = chosen.id
        flash(_("Anda sekarang bertindak untuk %(name)s.", name=chosen.name), "success")
    return redirect("/")


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Choose the language of the pages on this browser, and for the person when logged in."""
    wanted = request.form.get("locale", "")
    if wanted in LANGUAGES:
        session[COOKIE_KEY] = wanted
        if acting.find_visitor().is_authenticated:
            operations.choose_language(acting.current_user(), wanted)
    return redirect(local_path(request.form.get("next")) or "/")


@bp.route("/account", methods=["GET", "POST"])
@acting.requires()
def profile() -> ResponseReturnValue:
    """One's name, language, tokens."""
    user = acting.current_user()
    form = ProfileForm(obj=user)
    if form.validate_on_submit():
        operations.update_profile(user, name=form.name.data, phone=form.phone.data or None, locale=form.locale.data)
        session[COOKIE_KEY] = user.locale
        flash(_("Profil disimpan."), "success")
        return redirect(url_for(".profile"))
    return render_template(
        "market/accounts/profile.html", form=form, user=user, tokens=queries.list_tokens(user.id)
    ), 422 if form.errors else 200


@bp.route("/account/password", methods=["GET", "POST"])
@acting.requires()
def password() -> ResponseReturnValue:
    """A new password."""
    form = PasswordForm()
    if form.validate_on_submit():
        user = acting.current_user()
        try:
            operations.change_password(user, present=form.present.data, wanted=form.wanted.data)
        except DomainError as error:
            show_error(form, error, otherwise="present")
        else:
            acting.start(user)
            flash(_("Kata sandi diganti. Perangkat lain harus masuk kembali."), "success")
            return redirect(url_for(".profile"))
    return render_template("market/accounts/password.html", form=form), 422 if form.errors else 200


@bp.post("/account/tokens")
@acting.requires()
def create_token() -> ResponseReturnValue:
    """Make an API token and show it once."""
    name = request.form.get("name", "").strip()[:120]
    if not name:
        flash(_("Beri nama token itu, misalnya nama program yang memakainya."), "danger")
        return redirect(url_for(".profile"))
    actor = acting.current_actor()
    token = operations.create_token(acting.current_user(), name=name, organisation_id=actor.organisation_id)
    return render_template("market/accounts/token.html", token=token, name=name)


@bp.post("/account/tokens/<int:token_id>/revoke")
@acting.requires()
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End an API token."""
    operations.revoke_token(token_id, by=acting.current_actor())
    flash(_("Token dicabut."), "success")
    return redirect(url_for(".profile"))


def _next_page() -> str:
    return local_path(request.args.get("next")) or "/"
