"""The unprivileged system user that PostgreSQL runs as when Pasok itself is started by root.

PostgreSQL refuses to run as root. Where data or programs lie below a folder this user may not enter, they are kept
under /var/lib/pasok instead: the permissions of folders outside the checkout are never touched.
"""

import os
import pwd
import secrets
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from server.errors import ServerError

SYSTEM_USER = "pasok"
SHARED_PLACE = Path("/var/lib/pasok")


@dataclass(frozen=True)
class ServiceUser:
    """Who a server runs as."""

    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        """Whether that is simply whoever started Pasok."""
        return self.uid == os.geteuid()

    @property
    def identity(self) -> tuple[int, int] | None:
        """The ids to change to when starting a process, or None when nothing needs changing."""
        return None if self.is_self else (self.uid, self.gid)

    def may_enter(self, folder: Path) -> bool:
        """Whether this user may pass through `folder` and every folder above it."""
        return all(self._may(place, stat.S_IXUSR) for place in [folder, *folder.parents])

    def may_read(self, file: Path) -> bool:
        """Whether this user may reach and read `file`."""
        return self.may_enter(file.parent) and self._may(file, stat.S_IRUSR)

    def give(self, folder: Path) -> None:
        """Make this user the owner of an (empty) folder of ours."""
        if not self.is_self:
            os.chown(folder, self.uid, self.gid)

    def _may(self, place: Path, bit: int) -> bool:
        found = place.stat()
        if self.is_self or found.st_uid == self.uid:
            return self.is_self or bool(found.st_mode & bit)
        if found.st_gid == self.gid:
            return bool(found.st_mode & bit >> 3)
        return bool(found.st_mode & bit >> 6)


def service_user() -> ServiceUser:
    """Ourselves, or for root the system user `pasok` (made when missing), or `nobody` where no user can be made."""
    if os.geteuid() != 0:
        return ServiceUser(os.geteuid(), os.getegid())
    for name in (SYSTEM_USER, "nobody"):
        if name == SYSTEM_USER:
            _make_system_user()
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServiceUser(entry.pw_uid, entry.pw_gid)
    raise ServerError("PostgreSQL cannot run as root, and this machine has no user to run it as: create one, `pasok`.")


def _make_system_user() -> None:
    """Create the system user when it is missing; a machine that refuses is no error, `nobody` then serves."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is not None:
            options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
            command = [useradd, *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER]
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a system program


def settle(folder: Path, user: ServiceUser) -> Path:
    """Where `folder` really lies, so that `user` can work in it: there, or below /var/lib/pasok behind a symlink.

    Raises ServerError when neither place can be used.
    """
    try:
        folder.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        if folder.is_symlink() or user.may_enter(folder.parent.resolve()):
            return folder.resolve()
        place = shared_place() / f"{folder.name}-{secrets.token_hex(6)}"
        folder.symlink_to(place)
    except OSError as error:
        raise ServerError(f"{folder.parent} cannot be written: {error.strerror}.") from error
    return place


def shared_place() -> Path:
    """/var/lib/pasok, made by root and writable by root alone. Raises ServerError."""
    try:
        SHARED_PLACE.mkdir(mode=0o755, exist_ok=True)
        found = SHARED_PLACE.lstat()
    except OSError as error:
        raise ServerError(f"{SHARED_PLACE} cannot be made: {error.strerror}.") from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise ServerError(f"{SHARED_PLACE} must be a folder that only root may write.")
    return SHARED_PLACE


def readable_copy(folder: Path, name: str, parts: list[str]) -> Path:
    """A copy of the named `parts` of `folder` that every user may read, at /var/lib/pasok/`name`; made once."""
    place = shared_place() / name
    if place.is_dir():
        return place
    draft = place.with_name(f".{name}.{secrets.token_hex(6)}")
    try:
        for part in parts:
            _copy_readable(folder / part, draft / part)
        draft.rename(place)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        if not place.is_dir():
            raise ServerError(f"PostgreSQL cannot be copied to {place}: {error.strerror}.") from error
    return place


def _copy_readable(source: Path, target: Path) -> None:
    """Copy a file or folder so that everyone may read it and the programs in it run."""
    for made in [target.parent, *target.parent.parents]:
        if made == SHARED_PLACE:
            break
        made.mkdir(parents=True, exist_ok=True)
        made.chmod(0o755)
    if source.is_dir():
        target.mkdir()
        target.chmod(0o755)
        for child in source.iterdir():
            _copy_readable(child, target / child.name)
    else:
        shutil.copyfile(source, target)
        target.chmod(0o755 if source.stat().st_mode & stat.S_IXUSR else 0o644)
