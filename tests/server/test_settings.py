"""Settings from the environment and `.env`, and the note a running Pasok leaves for other commands."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from server import settings
from server.errors import ServerError
from server.services import Services


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('# ours\nPORT=9000\nexport HOST="0.0.0.0"\nBASE_URL=https://pasok.test # public\n\n')
    env = settings.environment(tmp_path, {"PORT": "9100"})
    assert env == {"PORT": "9100", "HOST": "0.0.0.0", "BASE_URL": "https://pasok.test"}


def test_a_value_may_hold_signs_that_look_special(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=postgresql://a:b#c=d@db/pasok\nSECRET_KEY='x # y'\n")
    assert settings.environment(tmp_path, {}) == {
        "DATABASE_URL": "postgresql://a:b#c=d@db/pasok",
        "SECRET_KEY": "x # y",
    }


def test_a_line_that_is_no_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=1\nnonsense here\n")
    with pytest.raises(ServerError, match=r"Line 2 of .*\.env is not KEY=VALUE"):
        settings.environment(tmp_path, {})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80 80", "8_000", "٨٠٠٠"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(ServerError, match="PORT must be a whole number from 1 to 65535"):
        settings.address({"PORT": port})


def test_a_note_is_private_and_counts_only_while_its_writer_lives(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom server import settings\nfolder = Path(sys.argv[1])\n"
        "lock = settings.run_lock(folder)\nlock.acquire()\n"
        "settings.note_running(folder, {'DATABASE_URL': 'postgresql://x'})\nprint('noted', flush=True)\ninput()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        running.stdout.readline()
        assert settings.load_running(tmp_path) == {"DATABASE_URL": "postgresql://x"}
        assert stat.S_IMODE((tmp_path / "run.json").stat().st_mode) == 0o600
        running.kill()
    assert (tmp_path / "run.json").exists()
    assert settings.load_running(tmp_path) is None


def test_outside_parts_replace_the_embedded_ones_and_get_no_demo(tmp_path: Path) -> None:
    outside = {"DATABASE_URL": "postgresql://db/pasok", "MEILI_URL": "http://search", "STRIPE_API_KEY": "sk_live_x"}
    services = Services(outside, tmp_path)
    assert services.embedded == []
    handed = services.settings()
    assert {name: handed[name] for name in outside} == outside
    assert handed["DEMO"] == "0"


def test_the_embedded_parts_get_a_secret_that_stays(tmp_path: Path) -> None:
    services = Services({"STRIPE_API_KEY": "x", "PORT": "8123"}, tmp_path)
    assert [server.name for server in services.embedded] == ["postgres", "meilisearch"]
    first = services.settings()
    assert first["SECRET_KEY"] == Services({}, tmp_path).settings()["SECRET_KEY"] != ""
    assert (first["BASE_URL"], first["DEMO"]) == ("http://127.0.0.1:8123", "1")
