"""HEIC and HEIF, the pictures that phones take."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol

from notetext.converters import Converter, Document, OpenOptions, SourcePage
from notetext.converters.isobmff import HEVC_BRANDS, brands_of
from notetext.documents.page_range import check_number
from notetext.documents.pictures import check_pixels, damaged
from notetext.errors import MissingDependencyError

if TYPE_CHECKING:
    from PIL import Image

    from notetext.documents import Source

# Any picture in the container; AVIF is another matter, and says so.
_ANY_BRAND, _AVIF_BRAND = b"mif1", b"avif"

# The same library with and without an encoder; either will do.
_DECODERS = ("pi_heif", "pillow_heif")


class HeifConverter(Converter):
    """Opens HEIC and HEIF pictures; needs the extra ``[heif]``.

    A file's page is its primary picture. The container's own rotation and mirroring make it
    upright; an EXIF orientation beside them only repeats what they say, and is not applied again.
    """

    name = "heif"
    version = "1"
    suffixes = (".heic", ".heif")

    def check(self) -> None:
        """Looks whether a decoder is there.

        Raises:
            MissingDependencyError: there is none; the message is the command that installs it.
        """
        _decoder()

    def accepts(self, head: bytes) -> bool:
        """Looks for the brands of HEIF in the box that such a file begins with."""
        brands = brands_of(head)
        return bool(brands & HEVC_BRANDS) or (_ANY_BRAND in brands and _AVIF_BRAND not in brands)

    def open(self, source: Source, options: OpenOptions) -> Document:
        """Opens a picture and reads its header.

        Raises:
            MissingDependencyError: no decoder is installed.
            CorruptInputError: the header is damaged.
            InputTooLargeError: the picture is beyond the limits.
        """
        return HeifDocument(source, options, _decoder())


class _File(Protocol):
    """What we use of pi_heif's ``HeifFile``, which stands for the primary picture."""

    @property
    def size(self) -> tuple[int, int]: ...
    def __len__(self) -> int: ...
    def to_pillow(self) -> Image.Image: ...


class HeifDocument(Document):
    """An open HEIF file of one page."""

    page_count = 1

    def __init__(
        self, source: Source, options: OpenOptions, decode: Callable[[BinaryIO], _File]
    ) -> None:
        """Reads the header.

        Args:
            source: the file.
            options: the limits, and the resolution to believe.
            decode: opens a file and reads its header; `_File.to_pillow` then decodes the pixels.
        """
        self._source = source
        self._decode = decode
        self._options = options
        file = self.read_header()
        self._page = HeifPage(self, file, options)

    def page(self, number: int) -> SourcePage:
        """Returns the only page."""
        check_number(number, self.page_count)
        return self._page

    def read_header(self) -> _File:
        """Opens the file anew, so that no page keeps its pixels.

        Raises:
            CorruptInputError: the header is damaged.
            InputTooLargeError: the picture has more pixels than the limits allow.
        """
        try:
            with self._source.open() as stream:
                file = self._decode(stream)
            width, height = file.size
        except Exception as error:  # a damaged file makes libheif raise anything
            raise damaged(error) from error
        check_pixels(width, height, self._options)
        return file


class HeifPage(SourcePage):
    """The primary picture of a HEIF file."""

    number = 1

    def __init__(self, document: HeifDocument, file: _File, options: OpenOptions) -> None:
        self._document = document
        self.width, self.height = file.size
        self.dpi = options.dpi
        if len(file) > 1:
            self.warnings = (f"of the file's {len(file)} pictures only the primary one is read",)

    def image(self) -> Image.Image:
        """Decodes the picture, upright.

        Raises:
            CorruptInputError: the data are damaged or cut off.
        """
        file = self._document.read_header()
        try:
            return file.to_pillow()
        except Exception as error:
            raise damaged(error) from error


def _decoder() -> Callable[[BinaryIO], _File]:
    """The function that opens HEIF files; nothing is registered with Pillow.

    Raises:
        MissingDependencyError: no decoder is installed.
    """
    for name in _DECODERS:
        if importlib.util.find_spec(name) is not None:
            opener: Callable[[BinaryIO], _File] = importlib.import_module(name).open_heif
            return opener
    raise MissingDependencyError(
        "HEIC pictures need a decoder: pip install 'notetext[heif]'", extra="heif"
    )
