"""Refusals, in the envelope Stripe uses: `{"error": {"type", "code", "message", "param"}}`."""

from typing import Any


class ApiError(Exception):
    """A request that is refused. `status` is the HTTP status; `param` names the offending parameter."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param

    def body(self) -> dict[str, Any]:
        """The JSON answer; absent fields are left out, as Stripe does."""
        told = {"type": self.kind, "code": self.code, "message": self.message, "param": self.param}
        return {"error": {name: value for name, value in told.items() if value is not None}}


class MissingParameter(ApiError):
    """A required parameter was not given, or was given empty."""

    def __init__(self, param: str) -> None:
        super().__init__(f"Missing required param: {param}.", code="parameter_missing", param=param)


class UnknownParameter(ApiError):
    """A parameter Stripe does not have, or one this sandbox does not play."""

    def __init__(self, param: str) -> None:
        super().__init__(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)


class NoSuchObject(ApiError):
    """No object of this kind has this id: 404 when it is the one asked for, 400 when another object refers to it."""

    def __init__(self, kind: str, object_id: str, *, param: str = "id", status: int = 404) -> None:
        name = kind.replace(".", " ").replace("_", " ")
        super().__init__(f"No such {name}: '{object_id}'", status=status, code="resource_missing", param=param)


class NotAuthenticated(ApiError):
    """No API key, or not this account's."""

    def __init__(self, message: str) -> None:
        super().__init__(message, status=401)
