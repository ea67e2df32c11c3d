"""PDFium, for one call at a time and with no more memory than a page needs."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

# PDFium's binding has no types.
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_beside import beside_pages
from notetext.errors import CorruptInputError, EncryptedPdfError, InputError

if TYPE_CHECKING:
    from notetext.documents import Source

_Result = TypeVar("_Result")

# PDFium's functions must not run at the same time, not even for different documents. The lock can
# be taken again by the thread that has it, since a forgotten document may be collected there.
_lock = threading.RLock()

_MOST_KEPT_BYTES = 16 << 20


class PdfiumDocument:
    """A PDF in PDFium. Threads may share it; they wait for each other.

    PDFium keeps whatever it has read of a document until the document is closed, which for scans is
    the whole file. So the document is closed and opened again now and then, between two pages.

    Attributes:
        page_count: how many pages it has.
        warnings: sentences about what it holds beside them, which is not read.
    """

    def __init__(self, source: Source, password: str | None) -> None:
        """Opens the document.

        Args:
            source: the PDF.
            password: if there is one.

        Raises:
            EncryptedPdfError: it needs a password, or another one.
            CorruptInputError: it is damaged beyond repair, or has no pages.
        """
        self._password = password
        self._pdf: pypdfium2.PdfDocument | None = None
        self._file = _CountedFile(source.open())
        try:
            with _lock:
                pdf = self._open()
                self.page_count = len(pdf)
                self.warnings = beside_pages(pdf)
        except InputError:
            self._file.close()
            raise

    def page_size(self, number: int) -> tuple[float, float]:
        """A page's width and height in points, of its CropBox after /Rotate.

        Args:
            number: from 1.

        Raises:
            CorruptInputError: the page is damaged.
        """
        with _lock:
            try:
                width, height = self._opened().get_page_size(number - 1)
            except pypdfium2.PdfiumError as error:
                raise _cannot_load(number) from error
        return width, height

    def with_page(self, number: int, use: Callable[[pypdfium2.PdfPage], _Result]) -> _Result:
        """Loads a page, hands it to a function, and closes it.

        Args:
            number: from 1.
            use: what to do with it; nothing else runs in PDFium meanwhile.

        Raises:
            CorruptInputError: the page is damaged.
        """
        with _lock:
            pdf = self._opened()
            if self._file.read_bytes > max(_MOST_KEPT_BYTES, self._bytes_to_open):
                pdf.close()
                pdf = self._open()
            try:
                page = pdf.get_page(number - 1)
                try:
                    return use(page)
                finally:
                    page.close()
            except pypdfium2.PdfiumError as error:
                raise _cannot_load(number) from error

    def close(self) -> None:
        """Closes the document and its file; harmless when repeated."""
        with _lock:
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None
        self._file.close()

    def __del__(self) -> None:
        # pypdfium2 would close a forgotten document all the same, but without the lock.
        if hasattr(self, "_file"):
            self.close()

    def _open(self) -> pypdfium2.PdfDocument:
        self._pdf = None
        self._file.read_bytes = 0
        # pypdfium2 says of a PDF without pages what PDFium said of its last failure, whichever
        # that was. This one says something that cannot be wrong with an open file.
        pdfium.FPDF_LoadDocument(b"", None)
        try:
            pdf = _WithForms(self._file, self._password)
            pdf.init_forms()
        except pypdfium2.PdfiumError as error:
            raise _cannot_open(error, self._password) from error
        self._pdf = pdf
        # A file with broken cross-references is read as a whole to open it.
        self._bytes_to_open = self._file.read_bytes
        self._file.read_bytes = 0
        return pdf

    def _opened(self) -> pypdfium2.PdfDocument:
        if self._pdf is None:
            raise ValueError("this document was closed; its pages can no longer be read")
        return self._pdf


class _WithForms(pypdfium2.PdfDocument):  # type: ignore[misc]  # no types
    """A document whose form fields are drawn, of whatever kind its forms are.

    Fields are drawn of plain forms, of those with XFA beside them, and of those that no catalogue
    lists but pages have. pypdfium2 leaves out the last, and logs what is no trouble of the first.
    """

    def get_formtype(self) -> int:
        """Claims that there is a plain form."""
        return int(pdfium.FORMTYPE_ACRO_FORM)


class _CountedFile:
    """A file that knows how much was read of it."""

    def __init__(self, file: io.BufferedReader | io.BytesIO) -> None:
        self._file = file
        self.read_bytes = 0
        self.seek, self.tell, self.read, self.close = file.seek, file.tell, file.read, file.close

    def readinto(self, buffer: bytearray) -> int:
        count = self._file.readinto(buffer)
        self.read_bytes += count
        return count


def _cannot_open(error: pypdfium2.PdfiumError, password: str | None) -> InputError:
    if error.err_code == pdfium.FPDF_ERR_FILE:
        return CorruptInputError(
            "this PDF has no pages; save it again with the program that made it"
        )
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        if password is None:
            return EncryptedPdfError(
                "this PDF is encrypted; pass its password (password=…, or --password)"
            )
        return EncryptedPdfError(
            "the password does not open this PDF; pass another (password=…, or --password)"
        )
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        return EncryptedPdfError(
            "this PDF is encrypted in a way that PDFium does not know; "
            "save it without encryption and try again"
        )
    return CorruptInputError(
        "this PDF is damaged and PDFium cannot repair it; open and save it in a PDF viewer, "
        "or print it to a new PDF"
    )


def _cannot_load(number: int) -> CorruptInputError:
    error = CorruptInputError("this page of the PDF is damaged and cannot be loaded")
    return error.located(page=number)
