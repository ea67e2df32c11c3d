"""Pictures in files: JPEG, PNG, BMP, WebP, and every frame of GIF and TIFF."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from notetext.converters import Converter, Document, OpenOptions, SourcePage
from notetext.converters.gif import outline_of
from notetext.converters.jpeg import check_segments
from notetext.documents.page_range import check_number
from notetext.documents.pictures import check_pixels, damaged, orientation, resolution, turn_of
from notetext.errors import CorruptInputError, InputTooLargeError, NoteTextError
from notetext.page_image import Encoded

if TYPE_CHECKING:
    from notetext.documents import Source

_PHOTOMETRIC_TAG = 0x0106
_WHITE_IS_ZERO = 0


@dataclass(frozen=True, slots=True)
class _Format:
    """A file format: its first bytes, the class of Pillow's that reads it, a check before that.

    The class is called directly: `Image.open` would also try formats that nobody asked for, and
    checks a size limit that is the whole process's, where ours is the caller's.
    """

    signatures: tuple[bytes, ...]
    reader: type[ImageFile.ImageFile]
    media_type: str
    many_pages: bool = False
    check: Callable[[BinaryIO], None] | None = None

    def matches(self, head: bytes) -> bool:
        # A dot in a signature stands for any byte.
        return any(
            len(head) >= len(signature)
            and all(s in (b, 0x2E) for s, b in zip(signature, head, strict=False))
            for signature in self.signatures
        )


_FORMATS = (
    _Format((b"\xff\xd8\xff",), JpegImagePlugin.JpegImageFile, "image/jpeg", check=check_segments),
    _Format((b"\x89PNG\r\n\x1a\n",), PngImagePlugin.PngImageFile, "image/png"),
    _Format((b"RIFF....WEBP",), WebPImagePlugin.WebPImageFile, "image/webp"),
    _Format((b"GIF87a", b"GIF89a"), GifImagePlugin.GifImageFile, "image/gif", many_pages=True),
    _Format(
        (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
        TiffImagePlugin.TiffImageFile,
        "image/tiff",
        many_pages=True,
    ),
    _Format((b"BM",), BmpImagePlugin.BmpImageFile, "image/bmp"),
)
_PASSED_ON_AS_THEY_ARE = {"image/jpeg", "image/png"}


class ImageConverter(Converter):
    """Opens pictures by their content, whatever the file is called.

    JPEG (of an MPO the first picture), PNG, BMP and WebP have one page; GIF and TIFF have as many
    as they have frames. Pages come upright by their EXIF orientation.
    """

    name = "image"
    version = "1"
    suffixes = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp")

    def accepts(self, head: bytes) -> bool:
        """Tells whether the bytes begin like one of the formats."""
        return _format_of(head) is not None

    def open(self, source: Source, options: OpenOptions) -> Document:
        """Opens a picture and reads its header.

        Raises:
            CorruptInputError: the header is damaged.
            InputTooLargeError: there are more frames than ``limits.max_pages``, or a GIF or a
                format of one page has more pixels than ``limits.max_pixels``.
        """
        kind = _format_of(source.head())
        if kind is None:
            raise CorruptInputError("this is no picture that the image converter knows")
        return ImageDocument(source, kind, options)


class ImageDocument(Document):
    """An open picture file.

    A file of one picture is read anew whenever its page is. One of several frames is kept open
    where it was read last: to find a frame, Pillow goes through all before it.
    """

    def __init__(self, source: Source, kind: _Format, options: OpenOptions) -> None:
        self._source = source
        self._kind = kind
        self._options = options
        self._kept: ImageFile.ImageFile | None = None
        self._turn = threading.RLock()
        self.page_count = self._count_frames() if kind.many_pages else 1
        # Where there is but one page, a file without a usable header cannot be opened at all.
        self._only_page = None if kind.many_pages else ImagePage(self, 1)

    def page(self, number: int) -> SourcePage:
        """Reads a page's header."""
        check_number(number, self.page_count)
        if number == 1 and self._only_page is not None:
            return self._only_page
        return ImagePage(self, number)

    @contextmanager
    def frame(self, number: int) -> Iterator[ImageFile.ImageFile]:
        """Opens the file at a frame, from 1, and checks its size; the frame is not decoded.

        Of a file of several frames, one thread at a time has one.

        Raises:
            CorruptInputError: the frame's header is damaged.
            InputTooLargeError: the frame has more pixels than the limits allow.
        """
        if self.page_count > 1:
            with self._turn:
                yield self._sought(number)
            return
        with self._source.open() as file:
            yield self._checked(self._opened(file))

    def close(self) -> None:
        """Closes the file, if it was kept open."""
        with self._turn:
            if self._kept is not None:
                self._kept.close()
                self._kept = None

    def encoded(self) -> Encoded | None:
        """The file itself, if it is nothing but one picture in a format that is passed on."""
        if self._kind.media_type not in _PASSED_ON_AS_THEY_ARE:
            return None
        return Encoded(self._source.read(), self._kind.media_type)

    @property
    def dpi(self) -> float | None:
        """The resolution that the caller says, or ``None``."""
        return self._options.dpi

    def _opened(self, file: BinaryIO) -> ImageFile.ImageFile:
        if self._kind.check is not None:
            self._kind.check(file)
            file.seek(0)
        try:
            return self._kind.reader(file)
        except Exception as error:  # a damaged file makes Pillow raise anything
            raise damaged(error) from error

    def _checked(self, frame: ImageFile.ImageFile) -> ImageFile.ImageFile:
        check_pixels(frame.width, frame.height, self._options)
        return frame

    def _sought(self, number: int) -> ImageFile.ImageFile:
        if self._kept is None:
            file = self._source.open()
            try:
                self._kept = self._opened(file)
            except NoteTextError:
                file.close()
                raise
        try:
            for step in self._way(self._kept.tell(), number - 1):
                # To go on from a frame of a GIF, Pillow decodes it, and it may take for a frame
                # what its outline does not.
                if self._is_gif:
                    self._checked(self._kept)
                self._kept.seek(step)
            return self._checked(self._kept)
        except NoteTextError:
            self.close()
            raise
        except Exception as error:
            self.close()
            raise damaged(error) from error

    def _way(self, start: int, end: int) -> Iterable[int]:
        """The frames to seek, one after another, from 0; of a GIF, every frame on the way."""
        if self._is_gif:
            return range(start + 1 if start <= end else 0, end + 1)
        return () if start == end else (end,)

    @property
    def _is_gif(self) -> bool:
        return self._kind.reader is GifImagePlugin.GifImageFile

    def _count_frames(self) -> int:
        limit = self._options.limits.max_pages
        with self._source.open() as file:
            try:
                # A file of a billion frames costs no more than the limit.
                count = (self._gif_frames if self._is_gif else self._frames)(file, limit + 1)
            except Exception as error:
                raise damaged(error) from error
        if count <= limit:
            return count
        raise InputTooLargeError(
            f"the document has more than limits.max_pages={limit:,} pages; "
            "raise it with Limits(max_pages=…)",
            limit="max_pages",
            allowed=limit,
            actual=count,
        )

    def _frames(self, file: BinaryIO, most: int) -> int:
        """Of which the last may be one that cannot be read: its page says so when asked for."""
        frame = self._opened(file)
        for count in range(1, most):
            try:
                frame.seek(count)
            except EOFError:
                return count
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - a damaged file makes Pillow raise anything
                return count + 1
        return most

    def _gif_frames(self, file: BinaryIO, most: int) -> int:
        """Of a GIF, every `seek` would decode a frame."""
        outline = outline_of(file, most)
        check_pixels(outline.width, outline.height, self._options)
        return outline.frames


class ImagePage(SourcePage):
    """One frame of a picture file."""

    def __init__(self, document: ImageDocument, number: int) -> None:
        self._document = document
        self.number = number
        with document.frame(number) as frame:
            # Pillow's TIFF reader turns the frame, and says so in its size, by itself.
            turned = isinstance(frame, TiffImagePlugin.TiffImageFile)
            self._turn = None if turned else turn_of(frame)
            sideways = self._turn is not None and orientation(frame) >= 5
            self.width, self.height = frame.size[::-1] if sideways else frame.size
            self.dpi = document.dpi or resolution(frame)
        self.encoded = document.encoded() if self._turn is None else None

    def image(self) -> Image.Image:
        """Decodes the frame, upright.

        Raises:
            CorruptInputError: the data are damaged or cut off.
        """
        with self._document.frame(self.number) as frame:
            try:
                if _is_negative(frame):
                    return _inverted(frame)
                return frame.copy() if self._turn is None else frame.transpose(self._turn)
            except Exception as error:
                raise damaged(error) from error


def _format_of(head: bytes) -> _Format | None:
    return next((kind for kind in _FORMATS if kind.matches(head)), None)


def _is_negative(frame: Image.Image) -> bool:
    """Whether Pillow leaves a TIFF's white at zero, as it does with 16 bits."""
    return (
        isinstance(frame, TiffImagePlugin.TiffImageFile)
        and frame.mode.startswith("I;16")
        and frame.tag_v2.get(_PHOTOMETRIC_TAG) == _WHITE_IS_ZERO
    )


def _inverted(frame: Image.Image) -> Image.Image:
    import numpy as np

    return Image.fromarray(np.uint16(65535) - np.asarray(frame, np.uint16))
