"""The settings Pasok runs with: the environment, a `.env` file in the root, and what a running Pasok has noted.

What each variable means to the application is said in `market/config.py` and `.env.example`.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from server import processes
from server.errors import ServerError
from server.keys import write_private

ROOT = Path(__file__).resolve().parent.parent
_LARGEST_PORT = 65535


def environment(root: Path = ROOT, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The process environment, filled up from `.env`; a variable set in both keeps the environment's value.

    Raises ServerError naming the line of `.env` that cannot be read.
    """
    given = dict(os.environ if environ is None else environ)
    return {**env_file(root / ".env"), **given}


def env_file(path: Path) -> dict[str, str]:
    """Read KEY=VALUE lines; `#` begins a comment line, quotes around a value and a leading `export` are dropped.

    Raises ServerError naming the line that is neither.
    """
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ServerError(f"{path} cannot be read: {error.strerror}.") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("export ").strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ServerError(f"Line {number} of {path} is not KEY=VALUE.")
        found[name.strip()] = _unquoted(value.strip())
    return found


def _unquoted(value: str) -> str:
    if value[:1] in ("'", '"') and value.endswith(value[0]) and len(value) > 1:
        return value[1:-1]
    return value.split(" #", 1)[0].rstrip()


def var_dir(env: Mapping[str, str]) -> Path:
    """The folder everything is kept in: `VAR_DIR`, else `var` in the root."""
    return Path(env.get("VAR_DIR") or ROOT / "var").absolute()


def address(env: Mapping[str, str]) -> tuple[str, int]:
    """`HOST` and `PORT` to listen on (127.0.0.1 and 8000). Raises ServerError for a port that is none."""
    return env.get("HOST") or "127.0.0.1", whole_number(env, "PORT", 8000, largest=_LARGEST_PORT)


def whole_number(env: Mapping[str, str], name: str, default: int, largest: int = 1000) -> int:
    """The number that a variable sets, from 1 to `largest`. Raises ServerError naming the variable."""
    value = env.get(name) or str(default)
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= largest:
        raise ServerError(f"{name} must be a whole number from 1 to {largest}, but is {value!r}.")
    return int(value)


def run_lock(folder: Path) -> processes.FileLock:
    """The lock on a var folder that whoever runs its servers holds: the supervisor, or a single command."""
    return processes.FileLock(folder / "run.lock", f"Pasok already runs on {folder} (process {{pid}}).")


def note_running(folder: Path, handed_out: Mapping[str, str]) -> None:
    """Note, for commands in another terminal, the settings that were handed to web and worker."""
    write_private(folder / "run.json", json.dumps(dict(handed_out), indent=2) + "\n")


def forget_running(folder: Path) -> None:
    """Take the note away when Pasok stops."""
    (folder / "run.json").unlink(missing_ok=True)


def load_running(folder: Path | None = None) -> dict[str, str] | None:
    """The settings a Pasok that runs on this folder handed out, or None when none runs.

    A note left by a Pasok that was killed does not count: the lock that would go with it is free.
    """
    folder = folder or var_dir(environment())
    if not run_lock(folder).held_elsewhere():
        return None
    try:
        noted = json.loads((folder / "run.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    except OSError as error:
        raise ServerError(f"{folder / 'run.json'} cannot be read: {error.strerror}.") from error
    return {str(name): str(value) for name, value in noted.items()}
