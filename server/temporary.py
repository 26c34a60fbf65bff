"""`python -m server.temporary COMMAND …` runs a command beside fresh servers that hold nothing and are thrown away."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from server.errors import ServerError
from server.meilisearch import TemporaryMeilisearch
from server.postgres import TemporaryPostgres
from server.settings import ROOT
from server.terminal import complain

_USAGE_ERROR = 2


def run_beside_fresh_servers(command: Sequence[str]) -> int:
    """Run `command` with the environment pointing to the fresh servers; returns its exit status. Raises ServerError."""
    with (
        TemporaryPostgres() as postgres,
        TemporaryMeilisearch() as meilisearch,
        tempfile.TemporaryDirectory(prefix="pasok-var-") as folder,
    ):
        env = {
            **os.environ,
            "DATABASE_URL": postgres.url,
            "MEILI_URL": meilisearch.url,
            "MEILI_KEY": meilisearch.key,
            "SECRET_KEY": "only-for-this-command",
            "VAR_DIR": folder,
            "DEMO": "0",
        }
        return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode  # noqa: S603 - what the caller asked


def main() -> int:
    """Run the command named on the command line."""
    if len(sys.argv) == 1:
        complain("Usage: python -m server.temporary COMMAND …")
        return _USAGE_ERROR
    try:
        return run_beside_fresh_servers(sys.argv[1:])
    except ServerError as error:
        complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
