"""What opens documents: the contract of converters."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from notetext.documents.document import Document, OpenOptions
from notetext.documents.source import Source
from notetext.registry import Part


class Converter(Part):
    """Turns one family of file formats into documents. One converter serves several threads.

    Its version changes when the same file may give other pixels.

    Attributes:
        suffixes: how names of its files end, in small letters, such as ``".pdf"``. What is in a
            folder and is called so, but is no such file, is told as a damaged one; nothing else
            goes by names.
    """

    suffixes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def accepts(self, head: bytes) -> bool:
        """Tells by the first `HEAD_BYTES` bytes, never by a name, whether it can open them."""

    @abstractmethod
    def open(self, source: Source, options: OpenOptions) -> Document:
        """Opens a document. The user's file is never written to.

        Raises:
            InputError: it cannot be opened; the message says why and what to do.
        """
