"""What can go wrong between Pasok and Meilisearch. People never see these: their question is answered elsewhere."""


class SearchError(Exception):
    """Meilisearch gave no usable answer."""


class SearchUnavailable(SearchError):
    """Meilisearch is away, overloaded or too slow. Trying again later helps."""


class IndexLost(SearchUnavailable):
    """There is no index: it was never built, or Meilisearch lost it. Building it anew helps."""


class SearchRefused(SearchError):
    """Meilisearch understood and said no. Trying again does not help; `code` is its own word for why."""

    def __init__(self, message: str, *, code: str | None = None):
        self.code = code
        super().__init__(message)


class RebuildRunning(SearchUnavailable):
    """Somebody else is rebuilding the index at this moment."""
