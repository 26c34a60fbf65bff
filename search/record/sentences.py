"""Demand in sentences, for pages and letters."""

from flask_babel import gettext as _
from flask_babel import ngettext

from search.record.queries import Demand
from search.record.states import View


def buyers_said(buyers: int) -> str:
    """How many buyers look for something that was named before."""
    if not buyers:
        return _("Pengunjung mencarinya di Pasok.")
    return ngettext("%(num)s pembeli mencarinya di Pasok.", "%(num)s pembeli mencarinya di Pasok.", buyers)


def demand_said(demand: Demand, view: View) -> str:
    """How it went, in a sentence under the words; visits where no buyer is known to have looked."""
    if view is View.ALL:
        view = View.UNFOUND if demand.unfound else View.FEW if demand.few else View.ALL
    if view is View.UNFOUND:
        return _unfound(demand)
    seekers = _seekers(demand.buyers, demand.searches)
    if view is View.FEW:
        return _("%(seekers)s mencarinya, hasilnya sedikit", seekers=seekers)
    if not demand.clicks:
        return _("%(seekers)s menemukannya, tidak ada yang dibuka", seekers=seekers)
    return _("%(seekers)s menemukannya", seekers=seekers)


def _unfound(demand: Demand) -> str:
    seekers = _seekers(demand.unserved_buyers, demand.unfound)
    return _("%(seekers)s mencarinya, tidak ada yang ditemukan", seekers=seekers)


def _seekers(buyers: int, visits: int) -> str:
    if buyers:
        return ngettext("%(num)s pembeli", "%(num)s pembeli", buyers)
    return ngettext("%(num)s pengunjung", "%(num)s pengunjung", visits)
