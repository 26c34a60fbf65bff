"""What `make run` prints when everything answers."""

from server.terminal import say

DEMO_PASSWORD = "pasok-demo"  # noqa: S105 - published on purpose, with the demo only
DEMO_LOGINS = {
    "seller@demo.test": "UMKM (seller)",
    "seller2@demo.test": "another UMKM",
    "buyer@demo.test": "factory: purchasing",
    "approver@demo.test": "factory: approver",
    "receiving@demo.test": "factory: receiving",
    "finance@demo.test": "factory: finance",
    "buyer2@demo.test": "another factory: purchasing",
    "admin@demo.test": "cooperative: admin",
    "treasurer@demo.test": "cooperative: treasurer",
    "platform@demo.test": "platform",
}


def announce(url: str, *, demo: bool, is_private: bool, logs: str, seconds: float) -> None:
    """Say where Pasok is, who can log in, and how to stop it.

    `seconds` is how long the start took; `is_private`, whether only this machine can reach it.
    """
    say("")
    say(f"Pasok runs at {url} (started in {seconds:.0f} s, logs in {logs}). Ctrl-C stops it.")
    if demo:
        say("")
        say(f"Demo logins, password {DEMO_PASSWORD}:")
        for email, role in DEMO_LOGINS.items():
            say(f"  {email:<22}{role}")
        if not is_private:
            say("These passwords are public, and Pasok can be reached from other machines: set DEMO=0 for real use.")
    say("")
