"""Whether a process lives, for tests that must not leave any behind."""

import os
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether the process exists and has not merely been left unburied by its parent."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")
