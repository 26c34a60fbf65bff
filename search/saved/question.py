"""The question of a saved search: what of it is kept, in one way of writing, and how it is asked again."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from search.forms import read_request, to_query
from search.request import SearchRequest, Sort


def written(request: SearchRequest) -> str:
    """The question as it is kept and as addresses have it: empty when nothing is asked.

    Order and page are no part of it, nor in which order filters were chosen, so the same question is written the same.
    """
    question = replace(
        request,
        districts=tuple(sorted(request.districts)),
        certifications=tuple(sorted(request.certifications)),
        specs=tuple(sorted((key, tuple(sorted(values))) for key, values in request.specs)),
        sort=Sort.RELEVANCE,
        page=1,
    )
    return urlencode(list(to_query(question).items(multi=True)))


def read(text: str) -> SearchRequest:
    """The question that is written so. A filter that no longer exists finds nothing; whatever stands there is read."""
    request, _problems = read_request(MultiDict(parse_qsl(text)))
    return request
