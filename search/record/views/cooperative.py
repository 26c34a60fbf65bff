"""The pages on which a cooperative sees what buyers look for, and invites sellers to list it."""

import csv
import io
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.importing.cells import guard
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.web.forms import show_error
from market.web.links import url_with
from search.record import operations, queries
from search.record.candidates import list_candidates
from search.record.forms import InvitationForm
from search.record.sentences import buyers_said, demand_said
from search.record.states import View
from search.record.weeks import ONE_WEEK, this_week, week_of

bp = Blueprint("demand", __name__, url_prefix="/cooperative/demand")

_LONGEST_NAME = 100
_DELIMITER = ";"
"""What Excel expects where the comma parts decimals."""


@bp.get("")
@acting.requires(Role.ADMIN, Role.TREASURER)
def index() -> ResponseReturnValue:
    """What buyers looked for in a week, and how it went."""
    actor = acting.current_actor()
    cooperative_id = actor.require(Role.ADMIN, Role.TREASURER)
    week, view = _week(), _view()
    counts = queries.count_demands(week)
    page = queries.list_demands(week, view, total=counts[view], page=request.args.get("page", 1, type=int))
    return render_template(
        "search/record/index.html",
        week=week,
        weeks=_week_choices(week),
        running=week == this_week(),
        last_day=week + ONE_WEEK - date.resolution,
        view=view,
        views=_view_chips(counts, view),
        page=page,
        something_was_asked=counts[View.ALL] > 0,
        found_now=dict(zip((d.id for d in page.items), _found_now(page.items), strict=True)),
        invited=queries.list_invited(cooperative_id, [demand.words for demand in page.items]),
        demand_said=demand_said,
        may_invite=actor.has(Role.ADMIN),
    )


@bp.get("/export")
@acting.requires(Role.ADMIN, Role.TREASURER)
def export() -> ResponseReturnValue:
    """The same list as a file for Excel."""
    acting.current_actor().require(Role.ADMIN, Role.TREASURER)
    week = _week()
    table = io.StringIO()
    writer = csv.writer(table, delimiter=_DELIMITER, lineterminator="\r\n")
    table.write("\ufeff")  # tells Excel that it is UTF-8
    writer.writerow(
        [
            *(_("Minggu"), _("Kata"), _("Pembeli"), _("Pembeli yang tidak menemukan"), _("Pencarian")),
            *(_("Tidak ditemukan"), _("Hasilnya sedikit"), _("Produk dibuka")),
        ]
    )
    for demand in queries.read_demands(week, _view()):
        figures = (demand.buyers, demand.unserved_buyers, demand.searches, demand.unfound, demand.few, demand.clicks)
        writer.writerow([week.isoformat(), guard(demand.written), *figures])
    name = f"permintaan-{week.isoformat()}.csv"
    return Response(
        table.getvalue(), mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@bp.route("/<int:demand_id>/invite", methods=["GET", "POST"])
@acting.requires(Role.ADMIN)
def invite(demand_id: int) -> ResponseReturnValue:
    """Choose sellers and write to them."""
    actor = acting.current_actor()
    cooperative_id = actor.require(Role.ADMIN)
    demand = queries.get_demand(demand_id)
    form = InvitationForm(message=_message(demand))
    chosen = _chosen()
    problem = ""
    if form.validate_on_submit():
        try:
            invited = operations.invite_sellers(demand_id, chosen, form.message.data, by=actor)
        except NotFound:
            raise
        except DomainError as error:
            if error.field == "sellers":
                problem = str(error)
            else:
                show_error(form, error, otherwise="message")
        else:
            flash(ngettext("%(num)s penjual diundang.", "%(num)s penjual diundang.", len(invited)), "success")
            return redirect(url_for(".index", week=demand.week.isoformat()))
    name = request.args.get("q", "").strip()[:_LONGEST_NAME]
    page = render_template(
        "search/record/invite.html",
        demand=demand,
        said=buyers_said(demand.buyers),
        found_now=_found_now([demand])[0],
        form=form,
        candidates=list_candidates(cooperative_id, demand.words, demand.written, name=name),
        chosen=set(chosen),
        problem=problem,
        name=name,
    )
    return page, 422 if form.errors or problem else 200


def _message(demand: queries.Demand) -> str:
    return _(
        "Kami mengundang Anda menawarkan “%(words)s”. Bila Anda dapat membuatnya, buat produknya di Pasok lalu kirim "
        "kepada kami.",
        words=demand.written,
    )


def _chosen() -> list[int]:
    return [
        int(text) for text in request.form.getlist("seller") if text.isascii() and text.isdigit() and len(text) < 19
    ]


def _found_now(demands: list[queries.Demand]) -> list[int]:
    return queries.count_found_now([demand.written for demand in demands])


def _week() -> date:
    """The week in the address, named by any of its days; else the newest there is something of."""
    try:
        return week_of(min(date.fromisoformat(request.args.get("week", "")), this_week()))
    except (ValueError, OverflowError):
        return queries.newest_week()


def _view() -> View:
    asked = request.args.get("view", "")
    return View(asked) if asked in set(View) else View.UNFOUND


def _view_chips(counts: dict[View, int], chosen: View) -> list[dict[str, Any]]:
    return [
        {
            "label": view.label,
            "url": url_with(view=None if view is View.UNFOUND else view.value),
            "active": view is chosen,
            "count": counts[view],
        }
        for view in View
    ]


def _week_choices(chosen: date) -> list[dict[str, Any]]:
    """The weeks to choose from, and the chosen one even where there is nothing of it."""
    weeks = sorted({chosen, *queries.list_weeks()}, reverse=True)
    return [
        {
            "first": week,
            "last": week + ONE_WEEK - date.resolution,
            "running": week == this_week(),
            "active": week == chosen,
            "url": url_with(week=week.isoformat()),
        }
        for week in weeks
    ]
