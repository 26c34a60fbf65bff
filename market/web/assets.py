"""Static files: bundled, named by their content, compressed, and kept by browsers for ever.

`build` writes them to `var/assets`, with `manifest.json` saying which name each one got; `asset_url` gives the address
of one. Tabler and htmx come from node_modules, everything else from `static/`.
"""

import gzip
import hashlib
import json
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

import brotli
import click
from flask import Flask, current_app
from whitenoise import WhiteNoise

from market.config import ROOT, Settings

STATIC = ROOT / "static"
NODE_MODULES = ROOT / "node_modules"
URL_PREFIX = "/assets/"
ONE_YEAR = 365 * 24 * 60 * 60
KEPT_SECONDS = 7 * 24 * 60 * 60
"""How long a file of an earlier build stays, for pages that were opened before."""

COMPRESSED = {".css", ".js", ".svg"}
SOURCE_MAP = re.compile(rb"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")

OWN_STYLES = (
    "tokens",
    "frame",
    "suggestions",
    "navigation",
    "actions",
    "menus",
    "badges",
    "list",
    "record",
    "form",
    "product",
    "catalog",
    "catalog-record",
    "difference",
    "categories",
    "certificates",
    "order-grid",
    "order-grid-phone",
    "prices",
    "importing",
    "variants",
    "stock",
    "search",
    "saved-searches",
    "desk",
    "document",
    "money",
    "cart",
    "compare",
)
OWN_SCRIPTS = ("menus", "search", "suggestions", "record", "compare", "numbers", "order-grid", "forms", "notices")


class MissingAssetError(Exception):
    """A static file or its source is not there; the message says which and what to do."""


@dataclass(frozen=True)
class Asset:
    """One file for browsers, made of one or more sources in order."""

    name: str
    sources: tuple[Path, ...]

    def content(self) -> bytes:
        """The sources one after the other, without their references to source maps."""
        return b"\n".join(SOURCE_MAP.sub(b"", _read(source)).rstrip() for source in self.sources) + b"\n"


def all_assets() -> Iterator[Asset]:
    """Every file that pages refer to."""
    yield Asset("css/app.css", tuple(STATIC / "css" / f"{name}.css" for name in OWN_STYLES))
    yield Asset("css/tabler.min.css", (NODE_MODULES / "@tabler/core/dist/css/tabler.min.css",))
    yield Asset("js/theme.js", (STATIC / "js" / "theme.js",))
    yield Asset("js/app.js", tuple(STATIC / "js" / f"{name}.js" for name in OWN_SCRIPTS))
    yield Asset("js/htmx.min.js", (NODE_MODULES / "htmx.org/dist/htmx.min.js",))
    for picture in sorted((STATIC / "img").iterdir()):
        yield Asset(f"img/{picture.name}", (picture,))


def build(target: Path) -> dict[str, str]:
    """Write every asset under `target` and return the manifest; does nothing when all sources are as they were.

    Safe to run in several processes at once: files are named by content and put in place in one step.
    Raises MissingAssetError when a source is not there.
    """
    assets = list(all_assets())
    fingerprint = _fingerprint(assets)
    known = _read_manifest(target)
    if known.get("fingerprint") == fingerprint:
        files: dict[str, str] = known["files"]
        return files
    files = {asset.name: _write(asset, target) for asset in assets}
    _put("manifest.json", json.dumps({"fingerprint": fingerprint, "files": files}, indent=2).encode(), target)
    _forget_old(target, keep=set(files.values()))
    return files


def init_app(app: Flask, settings: Settings) -> None:
    """Build what is missing, serve it, and give templates `asset_url` and the command line `flask assets build`."""
    target = settings.var_dir / "assets"
    app.extensions["assets"] = build(target)
    app.jinja_env.globals["asset_url"] = asset_url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(target),
        prefix=URL_PREFIX,
        max_age=None,
        allow_all_origins=False,
        add_headers_function=_for_ever,
    )
    app.cli.add_command(_commands(target))


def asset_url(name: str) -> str:
    """The address of a static file: `css/app.css` → `/assets/css/app.3f2a…css`. Raises MissingAssetError."""
    try:
        return URL_PREFIX + current_app.extensions["assets"][name]
    except KeyError:
        raise MissingAssetError(f"There is no static file named {name}.") from None


def _commands(target: Path) -> click.Group:
    group = click.Group("assets", help="Static files for browsers.")

    @group.command("build")
    def build_command() -> None:
        """Bundle, name and compress the static files."""
        click.echo(f"{len(build(target))} files in {target}")

    return group


def _for_ever(headers: Headers, _path: str, _url: str) -> None:
    headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    headers["X-Content-Type-Options"] = "nosniff"


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except FileNotFoundError:
        hint = " Run `npm ci` first." if NODE_MODULES in source.parents else ""
        raise MissingAssetError(f"{source} is not there.{hint}") from None


def _fingerprint(assets: list[Asset]) -> str:
    seen = hashlib.sha256()
    for asset in assets:
        seen.update(asset.name.encode())
        for source in asset.sources:
            if not source.exists():
                _read(source)
            state = source.stat()
            seen.update(f"{source}:{state.st_size}:{state.st_mtime_ns}".encode())
    return seen.hexdigest()


def _read_manifest(target: Path) -> dict[str, Any]:
    """What the last build wrote; empty when there was none or a file of it is gone."""
    try:
        known = json.loads((target / "manifest.json").read_bytes())
    except FileNotFoundError:
        return {}
    return known if all((target / file).is_file() for file in known["files"].values()) else {}


def _write(asset: Asset, target: Path) -> str:
    content = asset.content()
    digest = hashlib.sha256(content).hexdigest()[:16]
    stem, suffix = asset.name.rsplit(".", 1)
    file = f"{stem}.{digest}.{suffix}"
    path = target / file
    if not path.is_file():
        if path.suffix in COMPRESSED:
            _put(f"{file}.gz", gzip.compress(content, 9, mtime=0), target)
            _put(f"{file}.br", brotli.compress(content), target)
        _put(file, content, target)
    return file


def _put(file: str, content: bytes, target: Path) -> None:
    """Write beside `target` first, so that another process which lists it sees only whole files that stay."""
    path = target / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f"{target.name}-", delete=False) as partial:
        partial.write(content)
    Path(partial.name).chmod(0o644)
    Path(partial.name).replace(path)


def _forget_old(target: Path, *, keep: set[str]) -> None:
    oldest = time.time() - KEPT_SECONDS
    for path in target.glob("*/*"):
        name = path.relative_to(target).as_posix().removesuffix(".gz").removesuffix(".br")
        if name not in keep and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
