"""How a single command (`flask ledger check`) finds its servers, whether Pasok runs beside it or not."""

import atexit
import os
import time
from pathlib import Path

from server import settings
from server.errors import AlreadyRunning, ServerError
from server.processes import FileLock
from server.services import Services
from server.terminal import complain

_PATIENCE = 120.0  # seconds: about what the longest first `make run` takes before it has noted its settings


def ensure_servers() -> dict[str, str]:
    """The whole environment Pasok's settings are read from, with an address for each server.

    What the environment and `.env` set stays. Where that names no `DATABASE_URL`, the servers of a `make run` in this
    checkout are used; and when none runs, servers are started now and stopped when this process ends. A second command
    that needs such servers waits for the first. Raises ServerError, one sentence, when there are none to be had.
    """
    env = {name: value for name, value in settings.environment().items() if value}
    folder = settings.var_dir(env)
    if not env.get("DATABASE_URL"):
        return {**_running_or_started(env, folder), **env}
    running = settings.load_running(folder) or {}
    # A command pointed at another database must not write into the index of the Pasok that runs here.
    return {**running, **env} if running.get("DATABASE_URL") == env["DATABASE_URL"] else env


def _running_or_started(env: dict[str, str], folder: Path) -> dict[str, str]:
    deadline = time.monotonic() + _PATIENCE
    told = False
    while True:
        if running := settings.load_running(folder):
            return running
        lock = settings.run_lock(folder)
        try:
            lock.acquire()
        except AlreadyRunning:
            if time.monotonic() > deadline:
                raise
            if not told:
                complain("Another command is using Pasok's database; waiting until it is free.")
                told = True
            time.sleep(0.2)
            continue
        return _start_for_this_process(env, folder, lock)


def _start_for_this_process(env: dict[str, str], folder: Path, lock: FileLock) -> dict[str, str]:
    """Start the embedded servers and see to it that they end with this process."""
    services = Services(env, folder)
    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:  # a forked child runs our exit handlers too
            for server in reversed(services.embedded):
                server.stop()
            lock.release()

    atexit.register(stop)
    try:
        for server in services.embedded:
            server.start()
    except ServerError:
        stop()
        raise
    return services.settings()
