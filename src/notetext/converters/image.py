"""Pictures in files: those of one page, and every frame of GIF and TIFF."""

from __future__ import annotations

import io
import threading
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from PIL import GifImagePlugin, Image, ImageFile, JpegImagePlugin, TiffImagePlugin

from notetext.converters import Converter, Document, OpenOptions, SourcePage
from notetext.converters.gif import outline_of
from notetext.converters.partial import (
    PartialPicture,
    drawn_part,
    drawn_part_of_jpeg,
    without_filling,
)
from notetext.converters.picture_formats import PictureFormat, format_of
from notetext.converters.tiff import TiffFrame, pages_among
from notetext.documents.page_range import check_number
from notetext.documents.pictures import Resolution, check_pixels, damaged, orientation, turn_of
from notetext.errors import CorruptInputError, InputTooLargeError, NoteTextError
from notetext.page_image import Encoded

if TYPE_CHECKING:
    from notetext.documents import Source

_WIDTH_TAG, _HEIGHT_TAG = 0x0100, 0x0101
_PHOTOMETRIC_TAG = 0x0106
_WHITE_IS_ZERO = 0
_FEW_FRAMES = 16
"""As many as a page may have smaller copies, whatever the limits are."""


_PASSED_ON_AS_THEY_ARE = {"image/jpeg", "image/png"}


class ImageConverter(Converter):
    """Opens pictures by their content, whatever the file is called.

    JPEG (of an MPO the first picture), PNG, BMP, WebP, AVIF, JPEG 2000, PBM, PGM and PPM have one
    page; GIF has as many as it has frames, TIFF as it has frames that are no thumbnails or masks
    of others. Pages come upright by their EXIF orientation.
    """

    name = "image"
    version = "2"
    suffixes = (
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
        ".gif",
        ".tif",
        ".tiff",
        ".bmp",
        ".avif",
        ".jp2",
        ".j2k",
        ".jpf",
        ".jpx",
        ".pbm",
        ".pgm",
        ".ppm",
        ".pnm",
    )

    def accepts(self, head: bytes) -> bool:
        """Tells whether the bytes begin like one of the formats."""
        return format_of(head) is not None

    def open(self, source: Source, options: OpenOptions) -> Document:
        """Opens a picture and reads its header.

        Raises:
            CorruptInputError: the header is damaged.
            InputTooLargeError: there are more frames than ``limits.max_pages``, or a GIF or a
                format of one page has more pixels than ``limits.max_pixels``.
        """
        kind = format_of(source.head())
        if kind is None:
            raise CorruptInputError("this is no picture that the image converter knows")
        return ImageDocument(source, kind, options)


class ImageDocument(Document):
    """An open picture file.

    A file of one picture is read anew whenever its page is. One of several frames is kept open
    where it was read last: to find a frame, Pillow goes through all before it.
    """

    def __init__(self, source: Source, kind: PictureFormat, options: OpenOptions) -> None:
        self._source = source
        self._kind = kind
        self._options = options
        self._kept: ImageFile.ImageFile | None = None
        self._turn = threading.RLock()
        self._frames: Sequence[int] = self._find_frames() if kind.many_pages else range(1)
        """Which of the file's frames are pages, from 0."""
        self.page_count = len(self._frames)
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
        """Opens the file at a page, from 1, and checks its size; the frame is not decoded.

        Of a file of several frames, one thread at a time has one.

        Raises:
            CorruptInputError: the frame's header is damaged.
            InputTooLargeError: the frame has more pixels than the limits allow.
        """
        place = self._frames[number - 1]
        if self.page_count > 1 or place > 0:
            with self._turn:
                yield self._sought(place)
            return
        with self._source.open() as file:
            yield self._checked(self._opened(file))

    def drawn_part(self, number: int) -> PartialPicture | None:
        """Draws a page whose decoder fails, as far as that comes; ``None`` if nothing is drawn."""
        place = self._frames[number - 1]
        if issubclass(self._kind.reader, JpegImagePlugin.JpegImageFile):
            return drawn_part_of_jpeg(lambda ending: self._anew(place, ending))
        return drawn_part(lambda: self._anew(place))

    def _ended(self, ending: bytes) -> io.BytesIO:
        return io.BytesIO(without_filling(self._source.read()) + ending)

    @contextmanager
    def _anew(self, place: int, ending: bytes = b"") -> Iterator[ImageFile.ImageFile]:
        """Opens the file again at a frame, which nobody else has."""
        with self._ended(ending) if ending else self._source.open() as file:
            frame = self._opened(file)
            for step in self._way(0, place):
                frame.seek(step)
            yield self._checked(frame)

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

    def _sought(self, place: int) -> ImageFile.ImageFile:
        if self._kept is None:
            file = self._source.open()
            try:
                self._kept = self._opened(file)
            except NoteTextError:
                file.close()
                raise
        try:
            for step in self._way(self._kept.tell(), place):
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

    def _find_frames(self) -> Sequence[int]:
        limit = self._options.limits.max_pages
        with self._source.open() as file:
            try:
                # A file of a billion frames costs no more than the limit.
                frames = (self._gif_frames if self._is_gif else self._tiff_frames)(file, limit + 1)
            except Exception as error:
                raise damaged(error) from error
        if len(frames) <= limit:
            return frames
        raise InputTooLargeError(
            f"the document has more than limits.max_pages={limit:,} pages; "
            "raise it with Limits(max_pages=…)",
            limit="max_pages",
            allowed=limit,
            actual=len(frames),
        )

    def _tiff_frames(self, file: BinaryIO, most: int) -> Sequence[int]:
        """Of which the last may be one that cannot be read: its page says so when asked for."""
        opened = self._opened(file)
        assert isinstance(opened, TiffImagePlugin.TiffImageFile)
        found = [TiffFrame.of(opened)]
        whole = 0
        for place in range(1, _FEW_FRAMES + 2 * most):
            whole += not (found[-1].is_reduced or found[-1].is_mask)
            if whole >= most:
                return range(most)
            try:
                opened.seek(place)
                found.append(TiffFrame.of(opened))
            except EOFError:
                return pages_among(found)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - a damaged file makes Pillow raise anything
                return [*pages_among(found), place]
        # What is behind so many copies is not looked at, so nobody says that it is nothing.
        return range(most)

    def _gif_frames(self, file: BinaryIO, most: int) -> Sequence[int]:
        """Of a GIF, every `seek` would decode a frame."""
        outline = outline_of(file, most)
        check_pixels(outline.width, outline.height, self._options)
        return range(outline.frames)


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
            lying = sideways or _was_turned(frame)
            found = Resolution.of_page(frame, document.dpi, sideways=lying)
            self.dpi, self.dpi_y = found.dpi, found.dpi_y
        self.encoded = document.encoded() if self._turn is None else None

    def image(self) -> Image.Image:
        """Decodes the frame, upright; of one that is cut off, what is there, with a warning.

        Raises:
            CorruptInputError: nothing of it can be drawn.
        """
        try:
            with self._document.frame(self.number) as frame:
                return self._upright(frame)
        except Exception as error:
            refusal = damaged(error)
            if refusal is error:
                raise
            # They hold the pixels that could not be decoded.
            traceback.clear_frames(error.__traceback__)
            part = self._drawn_part()
            if part is None:
                raise refusal from error
        self.warnings = (part.warning,)
        return self._upright(part.image)

    def _drawn_part(self) -> PartialPicture | None:
        try:
            return self._document.drawn_part(self.number)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a damaged file makes Pillow raise anything
            return None

    def _upright(self, image: Image.Image) -> Image.Image:
        if _is_negative(image):
            return _inverted(image)
        if self._turn is not None:
            return image.transpose(self._turn)
        return image.copy()


def _is_negative(frame: Image.Image) -> bool:
    """Whether Pillow leaves a TIFF's white at zero, as it does with 16 bits."""
    return (
        isinstance(frame, TiffImagePlugin.TiffImageFile)
        and frame.mode.startswith("I;16")
        and frame.tag_v2.get(_PHOTOMETRIC_TAG) == _WHITE_IS_ZERO
    )


def _was_turned(frame: Image.Image) -> bool:
    """Whether Pillow has made a TIFF upright by a quarter turn, without its resolution."""
    if not isinstance(frame, TiffImagePlugin.TiffImageFile):
        return False
    tags = frame.tag_v2
    return frame.size != (tags.get(_WIDTH_TAG), tags.get(_HEIGHT_TAG))


def _inverted(frame: Image.Image) -> Image.Image:
    import numpy as np

    return Image.fromarray(np.uint16(65535) - np.asarray(frame, np.uint16))
