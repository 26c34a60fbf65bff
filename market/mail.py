"""Letters to people: written to a folder here, sent by SMTP elsewhere. Jobs send them, never a request."""

import smtplib
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from market import clock, jobs
from market.config import Settings

SEND_JOB = "market.send_mail"

_UNFOLDED = policy.default.clone(max_line_length=998)
"""Headers stay on one line: folded, a long address would be encoded, and no mail program reads that in its header."""


class Outbox(Protocol):
    """Where letters go."""

    def send(self, letter: EmailMessage) -> None:
        """Deliver one letter."""


@dataclass(frozen=True)
class FolderOutbox:
    """Letters as files in a folder, for the demo and for tests."""

    folder: Path

    def send(self, letter: EmailMessage) -> None:
        """Write the letter as one .eml file, named by its time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{letter['Message-ID'].strip('<>').split('@')[0]}.eml"
        (self.folder / name).write_bytes(bytes(letter))

    def newest(self, number: int) -> list[EmailMessage]:
        """The last letters that were sent, newest first."""
        files = sorted(self.folder.glob("*.eml"), reverse=True)[:number]
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


@dataclass(frozen=True)
class SmtpOutbox:
    """Letters by SMTP: `smtp://user:password@host:587` with STARTTLS, or `smtps://…:465`."""

    url: str

    def send(self, letter: EmailMessage) -> None:
        """Hand the letter to the mail server; raises OSError or SMTPException, and the job tries again."""
        parts = urlsplit(self.url)
        secure = parts.scheme == "smtps"
        connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with connect(parts.hostname or "localhost", parts.port or (465 if secure else 587), timeout=20) as server:
            if not secure and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(letter)


def outbox_for(settings: Settings) -> Outbox:
    """The outbox that the settings ask for."""
    return SmtpOutbox(settings.mail_url) if settings.mail_url else FolderOutbox(settings.var_dir / "mail")


_outbox: Outbox
_sender: str
_site: str


def use(outbox: Outbox, *, sender: str = "pasok@localhost", site: str = "http://localhost") -> None:
    """Decide, once at start, where letters go, whom they come from, and where the pages are that they lead to."""
    global _outbox, _sender, _site
    _outbox, _sender, _site = outbox, sender, site


def address(path: str) -> str:
    """The address of a page, as it stands in a letter: `path` begins with a slash."""
    return _site + path


def newest_letters(number: int) -> list[EmailMessage] | None:
    """The last letters, newest first, where they are kept on this machine; None where they are really sent."""
    return _outbox.newest(number) if isinstance(_outbox, FolderOutbox) else None


def write(*, to: str, subject: str, text: str, unsubscribe: str | None = None) -> None:
    """Have a letter sent once the present change is committed.

    A letter that nobody asked for one by one names, in `unsubscribe`, the address to which a POST ends them.
    """
    more = {"unsubscribe": unsubscribe} if unsubscribe else {}
    jobs.defer(SEND_JOB, to=to, subject=subject, text=text, **more)


@jobs.task(SEND_JOB)
def send(to: str, subject: str, text: str, unsubscribe: str | None = None) -> None:
    """Send one letter now."""
    letter = EmailMessage(_UNFOLDED)
    letter["From"], letter["To"], letter["Subject"] = _sender, to, subject
    letter["Date"], letter["Message-ID"] = format_datetime(clock.now()), make_msgid(domain="pasok.local")
    if unsubscribe:  # mail programs offer a button for these two (RFC 8058)
        letter["List-Unsubscribe"] = f"<{unsubscribe}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(text)
    _outbox.send(letter)
