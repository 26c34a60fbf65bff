"""Idempotency keys: the same request under the same key is carried out once and answered the same every time."""

from collections.abc import Callable

from sandbox.account import Account
from sandbox.errors import ApiError
from sandbox.store import StripeObject

LONGEST_KEY = 255
KEPT_FOR = 24 * 60 * 60
"""Seconds; the least Stripe promises, so that code which needs longer fails here first."""


def answer_once(
    account: Account, key: str, request: str, carry_out: Callable[[], StripeObject]
) -> tuple[StripeObject, bool]:
    """The answer, and whether it is a repetition. `request` is all that must be equal under an equal key.

    A refused request is not remembered, as with Stripe: it may be mended and sent again under its key. Raises
    ApiError where the key was used for another request.
    """
    if len(key) > LONGEST_KEY:
        raise ApiError(f"Idempotency-Key is too long: at most {LONGEST_KEY} characters.")
    account.store.forget_answers(account.now() - KEPT_FOR)
    earlier = account.store.find_answer(key)
    if earlier is None:
        answer = carry_out()
        account.store.keep_answer(key, request, answer, account.now())
        return answer, False
    earlier_request, answer = earlier
    if earlier_request != request:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with."
            f" Try using a key other than '{key}' if you meant to execute a different request.",
            kind="idempotency_error",
        )
    return answer, True
