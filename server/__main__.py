"""`python -m server` is what `make run` calls."""

import sys

from server.run import run

if __name__ == "__main__":
    sys.exit(run())
