"""Open PDF files and their pages, drawn by Poppler."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pdf2image import convert_from_path, exceptions
from PIL import Image
from PIL.PpmImagePlugin import PpmImageFile

from notetext.converters import OpenOptions
from notetext.converters.pdf_document import PdfDocument, PdfPage
from notetext.converters.poppler import missing_programs
from notetext.documents import Source
from notetext.errors import CorruptInputError

_PAGE_TIMEOUT_S = 120


class PopplerDocument(PdfDocument):
    """An open PDF, whose pages Poppler renders."""

    def __init__(self, source: Source, options: OpenOptions) -> None:
        """Opens the document.

        Args:
            source: the PDF; bytes in memory are written to a temporary file, for Poppler.
            options: the resolution, the limits and the password.
        """
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        super().__init__(source, options)
        self._folder = tempfile.TemporaryDirectory(prefix="notetext-")
        if source.path is not None:
            # A relative path may begin with a dash, which Poppler would take for an option.
            self.path = source.path.absolute()
        else:
            self.path = self.folder / "document.pdf"
            self.path.write_bytes(source.read())

    @property
    def folder(self) -> Path:
        """Where temporary files go.

        Raises:
            ValueError: the document was closed.
        """
        if self._folder is None:
            raise ValueError("this document was closed; its pages can no longer be read")
        return Path(self._folder.name)

    def page(self, number: int) -> PopplerPage:
        """Measures a page without loading its content."""
        return PopplerPage(self, number, *self._size_pt(number))

    def close(self) -> None:
        """Closes the document and removes its temporary files; harmless when repeated."""
        super().close()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


class PopplerPage(PdfPage):
    """A page of an open PDF, which Poppler renders."""

    document: PopplerDocument

    def image(self) -> Image.Image:
        """Renders the page in RGB on white paper.

        Raises:
            CorruptInputError: Poppler cannot draw it, or not in two minutes.
            MissingDependencyError: Poppler is no longer installed.
        """
        password = self.document.options.password
        secret = password.get_secret_value() if password else ""
        with tempfile.TemporaryDirectory(dir=self.document.folder) as folder:
            try:
                paths = convert_from_path(
                    self.document.path,
                    first_page=self.number,
                    last_page=self.number,
                    dpi=self.dpi,  # type: ignore[arg-type]  # Poppler takes fractions
                    use_cropbox=True,
                    userpw=secret,
                    ownerpw=secret,
                    output_folder=folder,
                    output_file="page",
                    paths_only=True,
                    timeout=_PAGE_TIMEOUT_S,
                )
            except exceptions.PDFInfoNotInstalledError as error:
                raise missing_programs() from error
            except exceptions.PDFPopplerTimeoutError as error:
                raise self._cannot_draw(f"in {_PAGE_TIMEOUT_S} s") from error
            except exceptions.PDFPageCountError as error:
                raise self._cannot_draw("this PDF") from error
            if not paths:
                raise self._cannot_draw("it")
            # Not through Image.open: the size was checked against our own limit, not Pillow's.
            with PpmImageFile(str(paths[0])) as image:
                return self._fitted(image)

    def _fitted(self, image: Image.Image) -> Image.Image:
        """The picture in the size that was announced.

        Raises:
            CorruptInputError: Poppler shows another part of the page, as some versions do where a
                CropBox reaches beyond its MediaBox or is empty.
        """
        size = (self.width, self.height)
        if 0 <= image.width - self.width <= 1 and 0 <= image.height - self.height <= 1:
            # Poppler rounds up what we round.
            return image.crop((0, 0, *size))
        # Newer versions know UserUnit, which enlarges both sides alike.
        smaller = image.width < self.width or image.height < self.height
        stretch = image.width * self.height - image.height * self.width
        if smaller or abs(stretch) > 2 * (image.width + image.height):
            raise self._cannot_draw("this page's CropBox")
        return image.resize(size)

    def _cannot_draw(self, what: str) -> CorruptInputError:
        error = CorruptInputError(
            f"Poppler cannot draw {what}; try the converter 'pdf', or print it to a new PDF"
        )
        return error.located(page=self.number)
