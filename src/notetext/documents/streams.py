"""File objects, read to their end; and what to say of those that cannot be."""

from __future__ import annotations

import inspect
import io
from typing import BinaryIO

from notetext.errors import CorruptInputError, InputNotFoundError, NoteTextError

_FIRST_BYTES = 1 << 20
_MOST_AT_ONCE = 64 << 20
"""A raw stream takes as much memory as it is asked for, before it knows how much there is."""

_A_BEGINNING = 64
"""Bytes, of which two in a row that are alike make no beginning of a document."""


def read_to_end(file: BinaryIO, most: int) -> bytes:
    """Reads a file object until it gives nothing more, or more than is allowed.

    One call may give less than was asked for, as the contract of raw streams allows: pipes and
    sockets do.

    Args:
        file: read from where it stands.
        most: bytes; one more is read, which tells a file that is too large from one that just fits.

    Raises:
        InputNotFoundError: it is closed, or fails.
        CorruptInputError: it gives no bytes: text, nothing yet, or a promise of some.
    """
    taken = io.BytesIO()
    asked = _FIRST_BYTES
    while (missing := most + 1 - taken.tell()) > 0:
        piece = _piece(file, min(asked, missing))
        # No document repeats its beginning: this `read` has no place, and gave all of it.
        if not piece or (len(piece) >= _A_BEGINNING and piece == taken.getbuffer()):
            break
        taken.write(piece)
        asked = min(2 * asked, _MOST_AT_ONCE)
    return taken.getvalue()


def _piece(file: BinaryIO, size: int) -> bytes | bytearray | memoryview:
    if inspect.iscoroutinefunction(file.read):
        raise _asynchronous(file)
    try:
        piece: object = file.read(size)
    except Exception as error:  # a file object is anybody's code
        raise InputNotFoundError(
            f"the file object cannot be read ({type(error).__name__}: {str(error)[:200]}); pass "
            "one that is open for reading, or the bytes"
        ) from error
    if isinstance(piece, (bytes, bytearray, memoryview)):
        return piece
    if piece is None:
        raise CorruptInputError(
            "the file object is a non-blocking stream that has nothing to give yet; read it to its "
            "end yourself and pass the bytes, or make it block"
        )
    if inspect.isawaitable(piece):
        if inspect.iscoroutine(piece):
            piece.close()
        raise _asynchronous(file)
    if isinstance(piece, str):
        raise CorruptInputError("the file object gives text; open it in binary mode ('rb')")
    raise CorruptInputError(
        f"the file object's read() gives a {type(piece).__name__[:200]}, not bytes; pass the bytes"
    )


def _asynchronous(file: object) -> NoteTextError:
    return CorruptInputError(
        f"this {type(file).__name__[:100]} is read asynchronously; pass `await file.read()`, or "
        "`file.file` if it is an upload that has one"
    )
