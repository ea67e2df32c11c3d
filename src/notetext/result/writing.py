"""Writing files: the one place where it is done, so that nobody ever finds half of one.

A file is written beside the old one and takes its place at once. What would become something else
by that is written into: devices and pipes, files with several names or of another owner, and files
in folders in which none may be made.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from notetext.errors import ExportError
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AT_THE_END = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)
# What a folder, or what a file is mounted on, answers that takes no new file in place of the old.
_TAKES_NO_OTHER = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.EROFS}
_OF_THE_SYSTEM = {("/", "dev"), ("/", "proc")}
_MOST_LINKS = 40  # as many as Linux follows
_ACCESS_LIST = "system.posix_acl_access"


class _CannotReplaceError(Exception):
    """A file beside the old one cannot take its place."""


def write(rendered: str | bytes, target: Path) -> None:
    """Writes text in UTF-8, or bytes, in place of what was there; folders above it are made.

    Whoever interrupts this leaves the old file or the new one. A link stays a link, and what it
    leads to is written. An existing file keeps its permissions and its owner. A device or a pipe is
    written into, and so is what ``/dev/stdout`` leads to, behind what stands there.

    A file that cannot be replaced as it is (it has several names, or an owner that it would lose;
    its folder takes no new file) is written into. If that fails, it is given back what it held.

    Args:
        rendered: what an exporter made.
        target: the file.

    Raises:
        ExportError: it cannot be written; the message names it, and nothing was changed.
    """
    data = rendered.encode("utf-8") if isinstance(rendered, str) else rendered
    with _told(target):
        if _is_of_the_system(target) or (target.exists() and not _is_file_or_folder(target)):
            with open(os.open(target, _AT_THE_END), "wb", buffering=0) as stream:  # noqa: PTH123
                _write_all(stream.fileno(), data)
            return
        # Python 3.11 and 3.12 raise a RuntimeError for a circle of links in Path.resolve.
        target = Path(os.path.realpath(target))
        _make_folders(target.parent)
        try:
            _replace(target, data)
        except _CannotReplaceError:
            _overwrite(target, data)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Makes what the system says of a file that cannot be written an error of ours."""
    try:
        yield
    except UnicodeError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        said = error.strerror if isinstance(error, OSError) else None
        raise ExportError(
            f"{one_line(str(target), NAME_CHARACTERS)} cannot be written: {said or error}"
        ) from error


def _is_of_the_system(target: Path) -> bool:
    """Whether a path leads through ``/dev`` or ``/proc``: to something that another has opened."""
    seen = target.absolute()
    for _ in range(_MOST_LINKS):
        # Folded by hand, since a link in it is not to be followed yet.
        seen = Path(os.path.normpath(seen))
        if seen.parts[:2] in _OF_THE_SYSTEM and seen.parts[2:3] != ("shm",):
            return True
        if not seen.is_symlink():
            return False
        seen = seen.parent / seen.readlink()
    return False


def _is_file_or_folder(target: Path) -> bool:
    return target.is_file() or target.is_dir()


def _make_folders(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise NotADirectoryError(
            errno.ENOTDIR, "there is a file where its folder should be"
        ) from error


def _replace(target: Path, data: bytes) -> None:
    """Writes a file beside another, which takes its place when it is complete."""
    try:
        old = target.stat()
    except FileNotFoundError:
        old = None
    if old is not None:
        if stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, "there is a folder of that name")
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "it may not be written")
        if old.st_nlink > 1:
            raise _CannotReplaceError
    # A name of its own length, since the target's may be as long as names can be.
    unfinished = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with _refused_by_folder(old):
            # Nobody else may look into it before it has the old one's permissions.
            file = os.open(unfinished, _NEW, 0o666 if old is None else 0o600)
        try:
            if old is not None:
                _inherit(file, target, old)
            _write_all(file, data)
            os.fsync(file)
        finally:
            os.close(file)
        with _refused_by_folder(old):
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _refused_by_folder(old: os.stat_result | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if old is not None and error.errno in _TAKES_NO_OTHER:
            raise _CannotReplaceError from error
        raise


def _inherit(file: int, target: Path, old: os.stat_result) -> None:
    """Gives a new file the owner, the group and the permissions of the old one."""
    if sys.platform == "win32":
        return  # the folder's are everybody's there
    new = os.fstat(file)
    try:
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            os.fchown(file, old.st_uid, old.st_gid)
        os.fchmod(file, stat.S_IMODE(old.st_mode))
        _inherit_access_list(file, target)
    except OSError as error:
        raise _CannotReplaceError from error


def _inherit_access_list(file: int, target: Path) -> None:
    if sys.platform != "linux":
        return
    try:
        access = os.getxattr(target, _ACCESS_LIST)
    except OSError as error:
        if error.errno in {errno.ENODATA, errno.ENOTSUP}:
            return  # it has none, or its file system knows none
        raise
    os.setxattr(file, _ACCESS_LIST, access)


def _overwrite(target: Path, data: bytes) -> None:
    """Writes into a file; if that fails, it holds what it held."""
    with target.open("r+b", buffering=0) as file:
        held = file.read()
        try:
            # Not made empty first, so that the room that it has is not given to others.
            file.seek(0)
            _write_all(file.fileno(), data)
            file.truncate()
        except BaseException:
            with suppress(OSError):
                file.seek(0)
                _write_all(file.fileno(), held)
                file.truncate(len(held))
            raise


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
