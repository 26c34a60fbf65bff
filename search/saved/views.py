"""The searches that a person keeps, and the way out of the letters for whoever does not log in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.roles import FACTORY
from market.errors import DomainError, Invalid
from market.web.forms import show_error
from search.saved import operations, presenter, queries, question
from search.saved.forms import NameForm, SaveForm
from search.saved.limits import MOST_SAVED
from search.saved.unsubscribing import read_token

bp = Blueprint("saved_searches", __name__)

letters_bp = Blueprint("saved_letters", __name__)
"""Reached from letters: the token in the address says whose they are, so no login and no CSRF token is asked for."""


@bp.get("/saved-searches")
@acting.requires(*FACTORY)
def index() -> ResponseReturnValue:
    """What one keeps, how many products each finds now, and how many of them are new."""
    actor = acting.current_actor()
    saved = queries.list_saved(user_id=actor.user_id, buyer_id=actor.require(*FACTORY))
    return render_template("search/saved/index.html", rows=presenter.rows(saved), most=MOST_SAVED)


@bp.post("/saved-searches")
@acting.requires(*FACTORY)
def save() -> ResponseReturnValue:
    """Keep the search whose results are shown, and go back to them."""
    form = SaveForm()
    asked = question.read(form.question.data or "")
    if form.validate_on_submit():
        try:
            saved = operations.save_search(asked, form.name.data, letters=form.letters.data, by=acting.current_actor())
        except Invalid as error:
            show_error(form, error)
            if not form.errors:
                return redirect(url_for("search.results"))
        except DomainError as error:
            flash(str(error), "danger")
            return redirect(url_for(".index"))
        else:
            flash(_saved(saved.name, letters=saved.letters), "success")
            return redirect(_results(saved.question))
    page = render_template("search/saved/save.html", form=form, asks=presenter.asks(asked))
    return page, 422


@bp.post("/saved-searches/<int:saved_id>/name")
@acting.requires(*FACTORY)
def rename(saved_id: int) -> ResponseReturnValue:
    """Call it something else."""
    form = NameForm()
    try:
        saved = operations.rename_search(saved_id, form.name.data or "", by=acting.current_actor())
    except Invalid as error:
        flash(str(error), "danger")
    else:
        flash(_("Namanya sekarang “%(name)s”.", name=saved.name), "success")
    return redirect(url_for(".index"))


@bp.post("/saved-searches/<int:saved_id>/letters")
@acting.requires(*FACTORY)
def letters(saved_id: int) -> ResponseReturnValue:
    """Want letters about it (`wanted=1`), or no longer."""
    wanted = request.form.get("wanted") == "1"
    saved = operations.want_letters(saved_id, wanted, by=acting.current_actor())
    if wanted:
        flash(_("Produk baru untuk “%(name)s” dikirim lewat email tiap pagi.", name=saved.name), "success")
    else:
        flash(_("Email untuk “%(name)s” berhenti.", name=saved.name), "success")
    return redirect(url_for(".index"))


@bp.post("/saved-searches/<int:saved_id>/delete")
@acting.requires(*FACTORY)
def delete(saved_id: int) -> ResponseReturnValue:
    """Keep it no longer."""
    saved = operations.delete_search(saved_id, by=acting.current_actor())
    flash(_("Pencarian “%(name)s” dihapus.", name=saved.name), "success")
    return redirect(url_for(".index"))


@letters_bp.get("/saved-searches/letters/<token>")
def ask_to_stop(token: str) -> ResponseReturnValue:
    """Ask once more: programs that look at every address in a letter must not end anything."""
    count = queries.count_lettered(read_token(token))
    return render_template("search/saved/stop.html", token=token, wanted=count > 0)


@letters_bp.post("/saved-searches/letters/<token>")
def stop(token: str) -> ResponseReturnValue:
    """End all letters about saved searches to the person to whom the letter went."""
    operations.stop_all_letters(read_token(token))
    return render_template("search/saved/stop.html", token=token, wanted=False)


def _results(asked: str) -> str:
    return f"{url_for('search.results')}?{asked}"


def _saved(name: str, *, letters: bool) -> str:
    if letters:
        return _("“%(name)s” disimpan. Produk baru dikirim lewat email tiap pagi pukul 7.", name=name)
    return _("“%(name)s” disimpan di Pencarian tersimpan.", name=name)
