"""The question of a saved search: what of it is kept, in one way of writing, and how it is asked again."""

from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from search.forms import read_request, to_query
from search.request import SearchRequest, Sort
from search.tree import category_tree


def written(request: SearchRequest) -> str:
    """The question as it is kept and as addresses have it: empty when nothing is asked.

    Order and page are no part of it, nor in which order filters were chosen, so the same question is written the same.
    """
    return urlencode(_pairs(request))


def read(text: str) -> SearchRequest:
    """The question that is written so; what cannot be read of it, or not any more, is left out."""
    request, _problems = read_request(MultiDict(_said(text)))
    return request


def still_holds(text: str) -> bool:
    """Whether all of it can still be asked: a day that is over, and a category that is gone, are left out of answers,
    and then it would be another question.
    """
    request = read(text)
    is_there = request.category is None or request.category in {category.slug for category in category_tree()}
    return is_there and Counter(_pairs(request)) == Counter(_said(text))


def _said(text: str) -> list[tuple[str, str]]:
    return [(name, value.replace("\x00", "")) for name, value in parse_qsl(text)]


def _pairs(request: SearchRequest) -> list[tuple[str, str]]:
    question = replace(
        request,
        districts=tuple(sorted(request.districts)),
        certifications=tuple(sorted(request.certifications)),
        specs=tuple(sorted((key, tuple(sorted(values))) for key, values in request.specs)),
        sort=Sort.RELEVANCE,
        page=1,
    )
    return list(to_query(question).items(multi=True))
