"""What can keep Pasok from running, said in one sentence for the person at the terminal."""


class ServerError(Exception):
    """A reason Pasok cannot run here; its text is one clear sentence that is printed without a traceback."""


class AlreadyRunning(ServerError):
    """Another process of this checkout holds the servers."""
