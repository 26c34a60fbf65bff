"""The hosted payment page: what the buyer's browser is sent to, in place of checkout.stripe.com."""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sandbox import checkout
from sandbox.api import the_account
from sandbox.errors import ApiError
from sandbox.money import rupiah_text, whole_text
from sandbox.store import StripeObject

page = Blueprint("page", __name__)

REASONS = {
    "generic_decline": "Kartu ini ditolak oleh bank. Pilih kartu lain lalu coba lagi.",
    "insufficient_funds": "Saldo kartu ini tidak cukup. Pilih kartu lain lalu coba lagi.",
}

CARDS = (
    ("4242424242424242", "Pembayaran berhasil"),
    ("4000000000000002", "Ditolak oleh bank"),
    ("4000000000009995", "Saldo tidak cukup"),
)
"""What the page offers, and what comes of it."""


@page.get("/pay/<session_id>")
def show(session_id: str) -> ResponseReturnValue:
    """The lines, the total and the test cards; or why there is nothing to pay."""
    with the_account().store.transaction():
        session = _open_or_closed(session_id)
    return _page(session)


@page.post("/pay/<session_id>")
def pay(session_id: str) -> ResponseReturnValue:
    """Pays with the chosen card and goes back to the shop; a second click on "Bayar" finds it paid and does too."""
    account = the_account()
    problem = None
    with account.store.transaction():
        session = _open_or_closed(session_id)
        if session is not None and session["status"] == "open":
            try:
                decline = checkout.pay(account, session, request.form.get("card", "").replace(" ", ""))
            except ApiError:
                problem = "Hanya kartu uji di bawah ini yang dapat dipakai."
            else:
                problem = REASONS[decline.decline_code] if decline else None
    if session is None or session["status"] == "expired" or problem:
        return _page(session, problem)
    return redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]), 303)


@page.after_request
def _allow_nothing_from_outside(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def _open_or_closed(session_id: str) -> StripeObject | None:
    """The session as it is now, an overdue one expired first; None when there is none."""
    account = the_account()
    checkout.expire_overdue_sessions(account)
    return account.store.find(session_id, "checkout.session")


def _page(session: StripeObject | None, problem: str | None = None) -> ResponseReturnValue:
    html = render_template(
        "sandbox/pay.html",
        session=session,
        problem=problem,
        cards=CARDS,
        merchant=the_account().settings.merchant,
        rupiah=rupiah_text,
        whole=whole_text,
    )
    if session is None:
        return html, 404
    return html, 402 if problem else 200
