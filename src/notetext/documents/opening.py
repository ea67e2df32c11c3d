"""From what the user gave to an open document."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeGuard

from notetext.documents.converter import Converter
from notetext.documents.document import Document, OpenOptions
from notetext.documents.foreign_formats import what_bytes_are
from notetext.documents.source import Source
from notetext.errors import ConfigurationError, UnsupportedFormatError
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line
from notetext.errors.wording import a
from notetext.model import SourceInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

DocumentLike: TypeAlias = (
    "str | os.PathLike[str] | bytes | BinaryIO | Image.Image | NDArray[np.uint8]"
)

_LONGEST_PATH = 4096
_CHANNELS = (1, 3, 4)
_ONE = (str, os.PathLike, bytes, bytearray, memoryview)

Content: TypeAlias = "Source | Image.Image"
"""A picture, or where the bytes are."""


@dataclass(frozen=True, slots=True)
class GivenDocument:
    """A document as the user gave it. It can be opened more than once.

    Attributes:
        content: a picture, or where the bytes are.
        converters: asked in turn; the first that accepts the first bytes opens it.
        options: how to open it.
    """

    content: Content = field(repr=False)
    converters: tuple[Converter, ...]
    options: OpenOptions

    @classmethod
    def of(
        cls, given: DocumentLike, converters: Sequence[Converter], options: OpenOptions
    ) -> GivenDocument:
        """Takes a path, bytes, a binary file object, a Pillow picture or an array.

        Raises:
            InputError: there is nothing there to open.
            ConfigurationError: it is nothing that could be a document.
        """
        image = _as_image(given, options)
        content = image if image is not None else _as_source(given, options)
        return cls(content, tuple(converters), options)

    def open(self) -> tuple[SourceInfo, Document]:
        """Opens it.

        Returns:
            What it is, and the open document, which the caller closes.

        Raises:
            InputError: it cannot be opened.
        """
        if not isinstance(self.content, Source):
            from notetext.documents.pixels import PixelsDocument

            return SourceInfo(), PixelsDocument(self.content, self.options)
        converter = self.converter()
        info = SourceInfo(name=self.content.name, sha256=self.content.sha256())
        return info, converter.open(self.content, self.options)

    def converter(self) -> Converter:
        """Who opens the bytes.

        Raises:
            UnsupportedFormatError: nobody knows what they are.
        """
        assert isinstance(self.content, Source)
        head = self.content.head()
        for converter in self.converters:
            if converter.accepts(head):
                return converter
        asked = ", ".join(part.name for part in self.converters)
        known = what_bytes_are(self.content)
        raise UnsupportedFormatError(
            f"{known} (no converter ({asked}) opens it; it begins with {head[:8]!r})"
            if known is not None
            else f"no converter ({asked}) knows what this is; it begins with {head[:8]!r}"
        )


def open_document(
    given: DocumentLike, converters: Sequence[Converter], options: OpenOptions
) -> tuple[SourceInfo, Document]:
    """Opens whatever the user gave, once; see `GivenDocument`."""
    return GivenDocument.of(given, converters, options).open()


def name_of(given: object) -> str | None:
    """What to call a document in messages: its path, or a file object's name.

    What is too long for a path may be a whole document, and only its ends are shown.
    """
    if isinstance(given, (str, os.PathLike)):
        path = os.fsdecode(given)
        return path if len(path) <= _LONGEST_PATH else one_line(path, NAME_CHARACTERS)
    name = getattr(given, "name", None)
    return name if isinstance(name, str) else None


def _as_image(given: object, options: OpenOptions) -> Image.Image | None:
    if _is_array(given):
        from notetext.documents.pixels import image_of_array

        return image_of_array(given, options)
    kind = _imported("PIL.Image", "Image")
    return given if kind is not None and isinstance(given, kind) else None


def is_one_document(given: object) -> bool:
    """Whether something is one document, and not several, though it may be iterated over.

    An array of more than two dimensions whose last is no colour is a pile of pages.
    """
    if _is_array(given):
        return given.ndim == 2 or (given.ndim == 3 and given.shape[-1] in _CHANNELS)
    kind = _imported("PIL.Image", "Image")
    is_picture = kind is not None and isinstance(given, kind)
    return is_picture or _is_file(given) or isinstance(given, _ONE)


def _is_array(given: object) -> TypeGuard[NDArray[Any]]:
    kind = _imported("numpy", "ndarray")
    return kind is not None and isinstance(given, kind)


def _imported(module: str, name: str) -> type[Any] | None:
    """A class, if its module was imported: whoever has an instance has imported it.

    While another thread is only just importing the module, there are no instances either.
    """
    kind = getattr(sys.modules.get(module), name, None)
    return kind if isinstance(kind, type) else None


def _as_source(given: object, options: OpenOptions) -> Source:
    if isinstance(given, (str, os.PathLike)):
        return Source.of_path(given, options.limits)
    if isinstance(given, (bytes, bytearray, memoryview)):
        return Source(None, bytes(given), options.limits)
    if _is_file(given):
        return Source.of_file(given, options.limits)
    several = "; of several, make recognize_many([…])" if isinstance(given, Iterable) else ""
    what = "None" if given is None else a(type(given).__name__)
    raise ConfigurationError(
        f"{what} is no document; give a path, bytes, a binary file object, a Pillow picture or a "
        f"NumPy array{several}"
    )


def _is_file(given: object) -> TypeGuard[BinaryIO]:
    return callable(getattr(given, "read", None))
