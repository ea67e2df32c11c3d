"""CSV: a table of words."""

from __future__ import annotations

import csv
import io

from notetext.exporters import Exporter, PageImages
from notetext.exporters.words import WordRow, word_rows
from notetext.result import RecognitionResult


class CsvExporter(Exporter):
    """One row a word, as RFC 4180 has it: commas, CRLF, quotes where they are needed.

    Text is written exactly as it was read. A spreadsheet may take a word such as ``=A1`` for a
    formula: import the column as text.
    """

    name = "csv"
    suffixes = (".csv",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns the table with a row of names first; what is not known is empty."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow(WordRow._fields)
        writer.writerows(word_rows(result))
        return file.getvalue()
