"""The document as the user gave it: where its bytes are."""

from __future__ import annotations

import copy
import hashlib
import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from notetext.documents.foreign_formats import what_a_string_is
from notetext.documents.limits import Limits
from notetext.documents.streams import read_to_end
from notetext.errors import CorruptInputError, InputNotFoundError, InputTooLargeError, NoteTextError

HEAD_BYTES = 4096
"""How much of a document `Converter.accepts` sees, in bytes."""


class Source:
    """A document's bytes, in a file or in memory.

    Attributes:
        name: the path as given, a file object's name, or ``None``.
        size: in bytes.
    """

    def __init__(self, name: str | None, data: bytes | Path, limits: Limits) -> None:
        self.name = name
        self._data = data
        self.size = len(data) if isinstance(data, bytes) else data.stat().st_size
        if self.size == 0:
            raise CorruptInputError(
                "the document is empty; if it is a file object that was just written, rewind it"
            )
        if self.size > limits.max_file_bytes:
            raise InputTooLargeError(
                f"the document has {self.size:,} bytes, more than limits.max_file_bytes="
                f"{limits.max_file_bytes:,}; raise it with Limits(max_file_bytes=…)",
                limit="max_file_bytes",
                allowed=limits.max_file_bytes,
                actual=self.size,
            )

    @property
    def path(self) -> Path | None:
        """Where the bytes lie, or ``None`` if they are in memory."""
        return self._data if isinstance(self._data, Path) else None

    @classmethod
    def of_path(cls, path: str | os.PathLike[str], limits: Limits) -> Source:
        """A file; it stays on disk. A ``~`` at its beginning is the user's home.

        Raises:
            InputNotFoundError: it is missing, or no regular file.
            InputTooLargeError: it is larger than the limits allow.
            CorruptInputError: it is empty.
        """
        name = os.fsdecode(path)
        file = _expanded(name)
        try:
            mode = file.stat().st_mode
        except ValueError:
            raise InputNotFoundError("a file's name cannot hold a NUL character") from None
        except OSError as error:
            raise _not_found(name, error) from error
        if stat.S_ISDIR(mode):
            raise InputNotFoundError("this is a folder; give the path of a file in it")
        if not stat.S_ISREG(mode):
            raise _no_regular_file()
        return cls(name, file, limits)

    @classmethod
    def of_file(cls, file: BinaryIO, limits: Limits) -> Source:
        """A binary file object, read from where it stands to its end.

        Raises:
            InputTooLargeError: there is more to read than the limits allow.
            InputNotFoundError: it is closed, or fails.
            CorruptInputError: there is nothing to read, or it gives no bytes.
        """
        data = read_to_end(file, limits.max_file_bytes)
        name = getattr(file, "name", None)
        return cls(name if isinstance(name, str) else None, data, limits)

    def absolute(self) -> Source:
        """The same for a process that stands in another folder."""
        moved = copy.copy(self)
        if isinstance(self._data, Path):
            moved._data = self._data.absolute()
        return moved

    def open(self) -> io.BufferedReader | io.BytesIO:
        """Opens the bytes for reading; every call gives a file object of its own.

        Raises:
            InputNotFoundError: the file has gone or may not be read.
        """
        if isinstance(self._data, bytes):
            return io.BytesIO(self._data)
        try:
            # What was a file a moment ago may be a pipe by now, on which opening would wait.
            file = open(self._data, "rb", opener=_without_waiting)  # noqa: SIM115
        except OSError as error:
            raise _not_found(str(self._data), error) from error
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise _no_regular_file()
        return file

    def head(self) -> bytes:
        """The first `HEAD_BYTES` bytes."""
        with self.open() as file:
            return file.read(HEAD_BYTES)

    def read(self) -> bytes:
        """All bytes."""
        if isinstance(self._data, bytes):
            return self._data
        with self.open() as file:
            return file.read()

    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hex."""
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _expanded(name: str) -> Path:
    """The path, in the user's home if it begins with a tilde and no file is called so."""
    if name.startswith("~") and not os.path.lexists(name):
        return Path(os.path.expanduser(name))  # noqa: PTH111 - pathlib's raises for nobody's home
    return Path(name)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _no_regular_file() -> InputNotFoundError:
    return InputNotFoundError(
        "this is no regular file but a pipe, a socket or a device; "
        "read its bytes yourself and pass them"
    )


def _not_found(name: str, error: OSError) -> NoteTextError:
    is_no_path = what_a_string_is(name)
    if is_no_path is not None:
        return InputNotFoundError(is_no_path)
    if isinstance(error, PermissionError):
        return InputNotFoundError("this file may not be read; check its permissions")
    if isinstance(error, FileNotFoundError):
        return InputNotFoundError("there is no such file; check the path")
    return InputNotFoundError(f"this file cannot be opened: {error.strerror}")
