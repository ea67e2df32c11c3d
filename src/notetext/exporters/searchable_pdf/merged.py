"""Several searchable PDFs as one."""

from __future__ import annotations

import io

from pikepdf import PasswordError, Pdf

from notetext.errors import ExportError
from notetext.exporters.merging import Merger
from notetext.exporters.searchable_pdf.document import sign
from notetext.result import RecognitionResult


class MergedPdf(Merger):
    """The pages of all documents in their order; the file is written at the end.

    Bookmarks, forms and attachments are a document's own and do not come along: pages do.
    """

    def __init__(self) -> None:
        self._pdf = Pdf.new()
        # They give their pages away no earlier than at the end.
        self._sources: list[Pdf] = []

    def add(self, result: RecognitionResult, rendered: str | bytes) -> bytes:
        """Takes the pages.

        Raises:
            ExportError: the document is encrypted, and one of them all would not be.
        """
        assert isinstance(rendered, bytes)
        if _is_encrypted(rendered):
            raise ExportError(
                "this PDF is encrypted, and merged with others its pages would not be; write it "
                "to a file of its own",
                source=result.source.name,
            )
        source = Pdf.open(io.BytesIO(rendered))
        self._sources.append(source)
        self._pdf.pages.extend(source.pages)
        return b""

    def end(self) -> bytes:
        """Returns the PDF; without a page if there was none."""
        sign(self._pdf)
        file = io.BytesIO()
        self._pdf.save(file, deterministic_id=True)
        for source in (*self._sources, self._pdf):
            source.close()
        return file.getvalue()


def _is_encrypted(pdf: bytes) -> bool:
    """Whether a PDF asks for a password, if only for what its owner may do."""
    try:
        with Pdf.open(io.BytesIO(pdf)) as opened:
            return opened.is_encrypted
    except PasswordError:
        return True
