"""Errors as pages: what went wrong and what to do, in the same frame as everything else.

The API's errors are problem documents (`market.web.problems`); the path decides.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, make_response, request, session
from flask_babel import force_locale, get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from werkzeug.exceptions import HTTPException, InternalServerError

from market import db
from market.errors import DomainError, IllegalTransition, Invalid
from market.web import problems
from market.web.logs import log


@dataclass(frozen=True)
class Explanation:
    """What a person reads about one kind of error."""

    title: Any
    sentence: Any
    icon: str = "alert-circle"
    reload: bool = False


STALE_FORM = Explanation(
    _l("Halaman ini sudah lama terbuka"),
    _l("Demi keamanan, isian dari halaman lama tidak diproses. Muat ulang halamannya, lalu kirim sekali lagi."),
    icon="history",
    reload=True,
)
NOT_UNDERSTOOD = Explanation(_l("Permintaan tidak dapat dibaca"), _l("Periksa alamat atau isian Anda, lalu coba lagi."))

EXPLANATIONS = {
    400: NOT_UNDERSTOOD,
    401: Explanation(_l("Silakan masuk dulu"), _l("Halaman ini hanya untuk orang yang sudah masuk."), icon="lock"),
    403: Explanation(
        _l("Bukan untuk peran Anda"), _l("Peran Anda tidak mengizinkan membuka halaman atau tindakan ini."), icon="lock"
    ),
    404: Explanation(
        _l("Halaman tidak ditemukan"),
        _l("Alamatnya salah, datanya sudah tidak ada, atau bukan milik organisasi yang sedang Anda wakili."),
        icon="map-question",
    ),
    405: Explanation(_l("Cara membuka halaman ini salah"), _l("Buka kembali lewat menu, bukan lewat alamat langsung.")),
    409: Explanation(
        _l("Keadaannya sudah berubah"),
        _l("Orang lain mengubah data ini setelah Anda membukanya. Muat ulang untuk melihat yang terbaru."),
        icon="refresh-alert",
        reload=True,
    ),
    413: Explanation(_l("Berkas terlalu besar"), _l("Kirim berkas yang lebih kecil."), icon="file-alert"),
    422: Explanation(_l("Isian tidak benar"), _l("Periksa isian Anda, lalu coba lagi.")),
    429: Explanation(_l("Terlalu sering mencoba"), _l("Tunggu beberapa menit, lalu coba lagi."), icon="hourglass"),
    500: Explanation(
        _l("Ada gangguan pada kami"),
        _l("Kesalahan ini sudah dicatat. Tidak ada yang tersimpan setengah jalan. Coba lagi sebentar lagi."),
        icon="plug-connected-x",
    ),
    503: Explanation(
        _l("Sedang tidak dapat dihubungi"),
        _l("Bagian yang diperlukan halaman ini sedang tidak menjawab. Coba lagi beberapa menit lagi."),
        icon="plug-connected-x",
    ),
}


def init_app(app: Flask) -> None:
    """Answer every error with a page, or with a problem document in the API."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(IntegrityError, _met_another_change)
    app.register_error_handler(DataError, _cannot_be_kept)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _our_fault)


def _domain_error(error: DomainError) -> Response:
    if problems.is_api():
        return problems.from_domain_error(error)
    return _page(error.status, EXPLANATIONS.get(error.status, NOT_UNDERSTOOD), sentence=str(error))


def _met_another_change(error: IntegrityError) -> Response:
    """A constraint of the database refused what the rules let through: somebody did the same at the same moment."""
    db.session.rollback()
    log.warning("constraint_refused", reason=str(error.orig).splitlines()[0])
    return _domain_error(IllegalTransition())


def _cannot_be_kept(error: DataError) -> Response:
    """A number too large for its column, or a text with characters that no text has."""
    db.session.rollback()
    log.warning("data_refused", reason=str(error.orig).splitlines()[0])
    return _domain_error(Invalid())


def _stale_form(error: CSRFError) -> Response:
    if problems.is_api():
        return problems.from_http_exception(error)
    return _page(400, STALE_FORM)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error)
    if problems.is_api():
        return problems.from_http_exception(error)
    answer = _page(error.code, EXPLANATIONS.get(error.code, NOT_UNDERSTOOD))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _our_fault(_error: InternalServerError) -> Response:
    """Flask has logged it with its trace. The language is taken from the session: the database may be what failed."""
    with force_locale("en" if session.get("locale") == "en" else "id"):
        if problems.is_api():
            return problems.problem(500, str(EXPLANATIONS[500].sentence))
        return _page(500, EXPLANATIONS[500])


def _page(status: int, explanation: Explanation, *, sentence: str | None = None) -> Response:
    """The error page. It runs no context processors, for they may ask the database, which may be what failed."""
    words = current_app.jinja_env.get_template("errors/error.html").render(
        status=status,
        explanation=explanation,
        sentence=sentence or explanation.sentence,
        page_language=str(get_locale()),
        reload_url=_address_to_reload(),
    )
    return make_response(words, status)


def _address_to_reload() -> str:
    """The page the request came from when it was a form of ours, else the address itself."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    came_from = request.referrer or ""
    return came_from if came_from.startswith(request.host_url) else ""
