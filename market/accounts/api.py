"""Who am I? over the API."""

from flask_smorest import Blueprint

from market.web.api import caller, needs

bp = Blueprint("api_accounts", __name__, description="Who a token acts for.")


@bp.get("/me")
@bp.response(200)
@needs()
def me() -> dict[str, object]:
    """The person, the organisation they act for, and their roles there."""
    actor = caller()
    organisation = {
        "id": actor.organisation_id,
        "name": actor.organisation_name,
        "kind": actor.organisation_kind,
        "slug": actor.organisation_slug,
    }
    return {
        "user": {"id": actor.user_id, "name": actor.name, "email": actor.email},
        "organisation": organisation if actor.organisation_id else None,
        "roles": sorted(actor.roles),
    }
