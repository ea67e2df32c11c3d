"""An answer's body as it comes, unpacked no further than it may be long."""

from __future__ import annotations

import io
import zlib
from typing import ClassVar

import requests

_GZIP = 16 + zlib.MAX_WBITS


class Unpacking:
    """Takes the pieces of a body, and gives the whole.

    >>> from notetext.engines.cloud.unpacking import Unpacking
    >>> import gzip
    >>> unpacking = Unpacking("gzip", max_bytes=100)
    >>> unpacking.add(gzip.compress(b"Hello"))
    >>> unpacking.content(), unpacking.full
    (b'Hello', False)

    Attributes:
        full: the body is longer than allowed; there is only its beginning.

    Args:
        encoding: as the ``Content-Encoding`` header says.
        max_bytes: the longest body.

    Raises:
        requests.exceptions.ContentDecodingError: it is packed in a way that nobody asked for.
    """

    ACCEPTED: ClassVar[str] = "gzip"
    """What a request says that it takes."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip"}:
            raise requests.exceptions.ContentDecodingError("packed in an unknown way")
        self.full = False
        self._max_bytes = max_bytes
        self._packed = encoding in {"gzip", "x-gzip"}
        self._unpacker = zlib.decompressobj(_GZIP)
        self._begun = False
        # Unlike a list of pieces or a `bytearray`, it gives its content without a copy.
        self._content = io.BytesIO()

    def add(self, piece: bytes) -> None:
        """Takes the next piece, and no more of it than is allowed.

        Raises:
            requests.exceptions.ContentDecodingError: it is not packed as was said.
        """
        if not self._packed:
            self._take(piece)
            return
        while piece and not self.full:
            if self._unpacker.eof:
                # A packed body may have several parts.
                self._unpacker = zlib.decompressobj(_GZIP)
            self._begun = True
            try:
                self._take(self._unpacker.decompress(piece, self._room()))
            except zlib.error as error:
                raise requests.exceptions.ContentDecodingError("not packed as was said") from error
            piece = self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def content(self) -> bytes:
        """The body, unpacked.

        Raises:
            requests.exceptions.ContentDecodingError: its end is missing.
        """
        if self._begun and not self._unpacker.eof and not self.full:
            raise requests.exceptions.ContentDecodingError("cut off")
        return self._content.getvalue()

    def _room(self) -> int:
        """One byte more than is allowed tells that there are more; zlib takes 0 for no limit."""
        return min(1 << 20, self._max_bytes + 1 - self._content.tell())

    def _take(self, piece: bytes) -> None:
        self._content.write(piece[: self._room()])
        self.full = self._content.tell() > self._max_bytes
