"""Static files: named by content, compressed, kept for ever."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.web import assets
from market.web.assets import Asset, MissingAssetError, asset_url


@pytest.fixture
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One style sheet of two sources and nothing else, so that a build takes no time."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.css").write_text(f".{name} {{ color: red }}\n" * 20)
    asset = Asset("css/app.css", (tmp_path / "one.css", tmp_path / "two.css"))
    monkeypatch.setattr(assets, "all_assets", lambda: iter([asset]))
    return tmp_path


def test_sources_become_one_file_named_by_its_content(small_site: Path) -> None:
    files = assets.build(small_site / "out")
    built = (small_site / "out" / files["css/app.css"]).read_text()

    assert files["css/app.css"] != "css/app.css"
    assert built.index(".one") < built.index(".two")


def test_compressed_copies_hold_the_same_content(small_site: Path) -> None:
    files = assets.build(small_site / "out")
    path = small_site / "out" / files["css/app.css"]

    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == path.read_bytes()


def test_another_content_gets_another_name_and_the_old_file_stays_for_open_pages(small_site: Path) -> None:
    before = assets.build(small_site / "out")["css/app.css"]
    (small_site / "one.css").write_text(".changed {}")
    after = assets.build(small_site / "out")["css/app.css"]

    assert after != before
    assert (small_site / "out" / before).is_file()


def test_a_second_build_writes_nothing(small_site: Path) -> None:
    assets.build(small_site / "out")
    manifest = small_site / "out" / "manifest.json"
    written = manifest.stat().st_mtime_ns

    assets.build(small_site / "out")

    assert manifest.stat().st_mtime_ns == written


def test_a_file_that_went_missing_is_built_again(small_site: Path) -> None:
    file = small_site / "out" / assets.build(small_site / "out")["css/app.css"]
    file.unlink()

    assets.build(small_site / "out")

    assert file.is_file()


def test_a_missing_source_is_named(small_site: Path) -> None:
    (small_site / "two.css").unlink()

    with pytest.raises(MissingAssetError, match=r"two\.css"):
        assets.build(small_site / "out")


def test_references_to_source_maps_are_left_out(small_site: Path) -> None:
    (small_site / "one.css").write_text(".one {}\n/*# sourceMappingURL=one.css.map */\n")
    built = small_site / "out" / assets.build(small_site / "out")["css/app.css"]

    assert "sourceMappingURL" not in built.read_text()


def test_files_are_served_for_ever_in_the_smallest_form_the_browser_takes(gallery: Flask, client: FlaskClient) -> None:
    with gallery.test_request_context():
        address = asset_url("css/app.css")

    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"}, buffered=True)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_asset_of_the_manifest_is_served(gallery: Flask, client: FlaskClient) -> None:
    for name in gallery.extensions["assets"]:
        with gallery.test_request_context():
            assert client.get(asset_url(name), buffered=True).status_code == 200


@pytest.mark.parametrize(
    "path", ["/assets/css/app.css", "/assets/manifest.json.br", "/assets/../manifest.json", "/assets/"]
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unknown_asset_is_named(gallery: Flask) -> None:
    with gallery.test_request_context(), pytest.raises(MissingAssetError, match="css/nothing"):
        asset_url("css/nothing.css")


def test_the_command_builds_and_says_where(gallery: Flask) -> None:
    told = gallery.test_cli_runner().invoke(args=["assets", "build"])

    assert told.exit_code == 0
    target = Path(told.output.split(" files in ")[1].strip())
    assert json.loads((target / "manifest.json").read_text())["files"] == gallery.extensions["assets"]


def test_several_processes_may_build_at_once(small_site: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        built = list(pool.map(lambda _: assets.build(small_site / "out"), range(16)))

    assert all(files == built[0] for files in built)
    left = {path.relative_to(small_site).as_posix() for path in small_site.rglob("*") if path.is_file()}
    style = f"out/{built[0]['css/app.css']}"
    assert left == {"one.css", "two.css", "out/manifest.json", style, f"{style}.gz", f"{style}.br"}
