"""What the pages of contracts have in common."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from catalog.prices import queries
from catalog.prices.contracts import Contract
from catalog.prices.states import ContractState
from market.web.links import url_with

LONGEST_WORDS = 100


def read_list(**whose: int) -> dict[str, Any]:
    """The contracts that this page's address asks for, with a chip for each state."""
    asked = request.args.get("state", "")
    state = ContractState(asked) if asked in set(ContractState) else None
    words = request.args.get("q", "").strip()[:LONGEST_WORDS]
    counts = queries.count_contracts(**whose)
    everything = {"label": _("Semua"), "url": url_with(state=None), "active": state is None}
    return {
        "page": queries.list_contracts(**whose, state=state, words=words, page=request.args.get("page", 1, type=int)),
        "chips": [
            {**everything, "count": sum(counts.values())},
            *(
                {"label": each.label, "url": url_with(state=each), "active": each is state, "count": count}
                for each, count in counts.items()
            ),
        ],
        "words": words,
        "any_at_all": bool(sum(counts.values())),
    }


def with_list_prices(contract: Contract) -> list[dict[str, Any]]:
    """Each price of a contract beside what anybody pays today for as many pieces."""
    book = queries.open_book([line.offer for line in contract.lines], buyer_id=None)
    return [
        {
            "line": line,
            "list_price": book.price(line.offer, line.min_quantity).unit_price,
            "state": line.state_on(book.day),
            "may_be_ended": line.may_be_ended(book.day),
        }
        for line in contract.lines
    ]
