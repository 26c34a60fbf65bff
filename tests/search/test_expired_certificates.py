"""On the day after its last a certificate is in no facet, whichever engine answers."""

import pytest

from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.models import Product
from catalog.products.tasks import drop_expired_certificates
from market import clock
from market.accounts.roles import Role
from market.db import session
from search import fallback, sync
from search.queries import search
from search.request import SearchRequest
from tests.catalog.products.marked import A_DAY, carry, days_after, first_minute, noon
from tests.factories import make_actor, make_product

HALAL = SearchRequest(certifications=("halal",))


@pytest.fixture
def snack() -> Product:
    """A product that is halal until A_DAY, and one that is for longer."""
    product = make_product(name="Keripik pisang")
    carry(product, expires_on=A_DAY)
    carry(make_product(name="Keripik singkong"), expires_on=days_after(100))
    session.commit()
    return product


def names(result) -> set[str]:
    return {hit["item"]["name"] for hit in result.hits}


def test_the_index_is_told_in_the_first_minute_of_the_day(snack: Product, run_jobs) -> None:
    with clock.at(noon(A_DAY)):
        sync.compare(mend=True)
        assert search(HALAL).facets.certifications == {"halal": 2}
    with clock.at(first_minute(days_after(1))):
        assert sync.compare().stale == 1  # the index does not know yet which day it is
        drop_expired_certificates()
        session.commit()
        run_jobs()
        for result in (search(HALAL), fallback.search(HALAL)):
            assert names(result) == {"Keripik singkong"}
            assert result.facets.certifications == {"halal": 1}
        assert names(search(SearchRequest(q="halal"))) == {"Keripik singkong"}
        assert names(fallback.search(SearchRequest(q="halal"))) == {"Keripik singkong"}
        assert sync.compare().is_equal


def test_a_refusal_reaches_the_index_with_the_next_job(snack: Product, run_jobs) -> None:
    admin = make_actor(snack.seller.cooperative, Role.ADMIN)
    with clock.at(noon(A_DAY)):
        sync.compare(mend=True)
        operations.refuse_certificate(snack.id, CertificateKind.HALAL, "Palsu.", by=admin)
        run_jobs()
        assert search(HALAL).facets.certifications == {"halal": 1}
        assert fallback.search(HALAL).facets.certifications == {"halal": 1}
        assert sync.compare().is_equal
