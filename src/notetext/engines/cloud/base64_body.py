"""A file inside the JSON of a request, its Base64 made while it is sent."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Iterator
from typing import BinaryIO

from notetext.engines.cloud.transport import SentBody
from notetext.errors import CorruptInputError

# A multiple of 3, so that each piece is Base64 by itself.
_PIECE_BYTES = 3 << 14


class Base64Body(SentBody):
    """A body that holds a file as Base64, with something before it and something after.

    >>> from notetext.engines.cloud.base64_body import Base64Body
    >>> import io
    >>> b"".join(Base64Body(b'{"image":"', lambda: io.BytesIO(b"picture"), 7, b'"}'))
    b'{"image":"cGljdHVyZQ=="}'

    Args:
        before: the body's beginning.
        content: opens the file; called anew for each attempt.
        size: the file's length in bytes.
        after: the body's end.
    """

    def __init__(
        self, before: bytes, content: Callable[[], BinaryIO], size: int, after: bytes
    ) -> None:
        self._before = before
        self._content = content
        self._size = size
        self._after = after

    def __len__(self) -> int:
        """In bytes."""
        return len(self._before) + 4 * -(-self._size // 3) + len(self._after)

    def __iter__(self) -> Iterator[bytes]:
        yield self._before
        with self._content() as file:
            left = self._size
            while left:
                piece = file.read(min(_PIECE_BYTES, left))
                # Each piece must be a multiple of 3, and all of them what `len` has promised.
                if len(piece) < min(_PIECE_BYTES, left):
                    raise CorruptInputError("the file became shorter while it was being sent")
                left -= len(piece)
                yield binascii.b2a_base64(piece, newline=False)
        yield self._after
