"""The human page of the API, made from its OpenAPI description."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

bp = Blueprint("api_docs", __name__)

METHODS = ("get", "post", "patch", "put", "delete")


@dataclass(frozen=True)
class Input:
    """A parameter or a field of a body."""

    name: str
    kind: str
    required: bool
    place: str


@dataclass(frozen=True)
class Call:
    """One call: how it is made, what it does, what it takes."""

    method: str
    path: str
    does: str
    roles: list[str] | None
    inputs: list[Input] = field(default_factory=list)


@bp.get("/api/v1/docs")
def docs() -> ResponseReturnValue:
    """Every call of the API, by part."""
    description = _description()
    parts: dict[str, list[Call]] = {}
    for path, calls in description["paths"].items():
        for method in METHODS:
            if method in calls:
                call = calls[method]
                parts.setdefault(call.get("tags", ["api"])[0], []).append(_call(description, path, method, calls))
    abouts = {tag["name"]: tag.get("description", "") for tag in description.get("tags", [])}
    return render_template("market/web/api_docs.html", parts=parts, abouts=abouts, base=request.url_root.rstrip("/"))


def _description() -> dict[str, Any]:
    view = current_app.view_functions["api-docs.openapi_json"]
    answer: Any = view()
    found: dict[str, Any] = json.loads(answer.get_data())
    return found


def _call(description: dict[str, Any], path: str, method: str, calls: dict[str, Any]) -> Call:
    call = calls[method]
    parameters = [*calls.get("parameters", []), *call.get("parameters", [])]
    inputs = [
        Input(p["name"], _kind(p.get("schema", {})), p.get("required", False), p["in"])
        for p in (_resolve(description, p) for p in parameters)
    ]
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    inputs += _fields(description, body)
    return Call(
        method=method.upper(),
        path=path,
        does=call.get("summary") or call.get("description", ""),
        roles=call.get("x-roles"),
        inputs=inputs,
    )


def _fields(description: dict[str, Any], schema: dict[str, Any], prefix: str = "") -> list[Input]:
    schema = _resolve(description, schema)
    found = []
    for name, described in schema.get("properties", {}).items():
        kind = _resolve(description, described)
        found.append(Input(prefix + name, _kind(kind), name in schema.get("required", []), "body"))
        if kind.get("type") == "array":
            found += _fields(description, kind.get("items", {}), f"{prefix}{name}[].")
        elif kind.get("properties"):
            found += _fields(description, kind, f"{prefix}{name}.")
    return found


def _resolve(description: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node or "allOf" in node:
        if "allOf" in node:
            node = node["allOf"][0]
            continue
        found: Any = description
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def _kind(schema: dict[str, Any]) -> str:
    if schema.get("enum"):
        return " | ".join(str(choice) for choice in schema["enum"] if choice is not None)
    bounds = [f"{sign} {schema[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in schema]
    if "maxLength" in schema:
        bounds.append(f"≤ {schema['maxLength']}")
    kind = schema.get("type", "")
    return " ".join([kind if isinstance(kind, str) else kind[0], *bounds])
