"""CSV: a table of words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Merger, text_of
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
        return _HEAD + _table(word_rows(result))

    def merger(self) -> Merger:
        """Makes one table, with one row of names; ``source`` says what a word comes from."""
        return _OneTable()


def _table(rows: Iterable[tuple[object, ...]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


_HEAD = _table([WordRow._fields])


class _OneTable(Merger):
    """A table that begins with its row of names, also if there are no words."""

    def __init__(self) -> None:
        self._head = _HEAD

    def add(self, result: RecognitionResult, rendered: str | bytes) -> str:
        head, self._head = self._head, ""
        return head + text_of(rendered).removeprefix(_HEAD)

    def end(self) -> str:
        return self._head
