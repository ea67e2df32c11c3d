"""Word documents: headings, lists, check boxes, tables and pictures as such."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from notetext.errors import MissingDependencyError, MissingSourceError
from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Merger
from notetext.result import RecognitionResult


@dataclass(frozen=True)
class DocxExporter(Exporter):
    """A document for Word, LibreOffice and the like.

    Headings, lists and tables have the styles that word processors know, so that they can be
    restyled at once. Each page of the note begins a page, unless something goes on over it. Tasks
    begin with the sign of their box.

    >>> from notetext.exporters.docx import DocxExporter
    >>> DocxExporter(pictures=True).name
    'docx'

    Attributes:
        struck: whether words that the writer struck out stand there, struck through; in code they
            never do.
        pictures: whether the picture of each page stands above its text, and a drawing where it
            belongs.
    """

    struck: bool = False
    pictures: bool = False

    name = "docx"
    suffixes = (".docx",)
    is_text = False

    def check(self) -> None:
        """Looks whether python-docx is there.

        Raises:
            MissingDependencyError: it is not; the message is the command that installs it.
        """
        if importlib.util.find_spec("docx") is None:
            raise MissingDependencyError(
                'a Word document needs python-docx; install it with pip install "notetext[docx]"',
                extra="docx",
            )

    def render(self, result: RecognitionResult, images: PageImages | None) -> bytes:
        """Returns a file of Office Open XML.

        Raises:
            MissingDependencyError: python-docx is not installed (``notetext[docx]``).
            MissingSourceError: pictures are wanted, and the pages' pixels are not to be had.
        """
        if self.pictures and images is None:
            raise MissingSourceError(
                "the pictures in a Word document are the pages themselves, and this result has "
                "none; bring them back with result.attach(…), or leave the pictures out",
                source=result.source.name,
            )
        self.check()
        from notetext.exporters.docx.document import WordDocument

        document = WordDocument(struck=self.struck)
        document.add(result, images if self.pictures else None)
        return document.content()

    def merger(self) -> Merger:
        """Sets all documents into one, each on pages of its own.

        Raises:
            MissingDependencyError: python-docx is not installed (``notetext[docx]``).
        """
        self.check()
        from notetext.exporters.docx.merged import MergedDocuments

        return MergedDocuments(struck=self.struck, pictures=self.pictures)
