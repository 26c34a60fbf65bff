"""The jobs that keep the index in step. Each reads the catalogue as it is when it runs, so it may run twice."""

from market import jobs
from search import sync
from search.engine import current
from search.errors import SearchUnavailable


@jobs.task("search.index_products", patient_with=SearchUnavailable)
def index_products(product_ids: list[int]) -> None:
    """Bring some products in step with the catalogue."""
    sync.send_products(product_ids)


@jobs.task("search.index_seller", patient_with=SearchUnavailable)
def index_seller(seller_id: int) -> None:
    """Bring everything of a seller in step, after its name, place or state changed."""
    sync.send_seller(seller_id)


@jobs.task("search.mend", cron="5 * * * *", patient_with=SearchUnavailable)
def mend(timestamp: int | None = None) -> None:
    """Once an hour, and when Pasok starts: compare everything and send what differs, whatever the reason."""
    if current().is_configured:
        sync.set_up()
    sync.compare(mend=True)
