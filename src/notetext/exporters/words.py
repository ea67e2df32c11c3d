"""The words of a result as rows of a table, for CSV and for data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from notetext.model import DocumentData, standing_page

_Edges: TypeAlias = tuple[float | None, float | None, float | None, float | None]


class WordRow(NamedTuple):
    """A word with everything that is known about it, in the order of the columns.

    ``page``, ``paragraph``, ``line`` and ``word`` count from 1, each within the one before it.
    ``left``, ``top``, ``right`` and ``bottom`` are pixels of the page as it came in. ``kind`` is
    ``handwritten``, ``printed``, or ``None`` where nobody said; ``language`` is an ISO 639 code, or
    ``None`` where none was told.

    Whoever reads the columns by their numbers relies on this order: a new one comes last.
    """

    source: str | None
    page: int
    paragraph: int
    line: int
    word: int
    text: str
    confidence: float | None
    left: float | None
    top: float | None
    right: float | None
    bottom: float | None
    kind: str | None
    language: str | None


def word_rows(result: DocumentData) -> Iterator[WordRow]:
    """Gives the words in reading order, without those that the writer struck out.

    Of a place they have the upright rectangle around it.
    """
    for page in map(standing_page, result.pages):
        for p, paragraph in enumerate(page.paragraphs, 1):
            for n, line in enumerate(paragraph.lines, 1):
                for w, word in enumerate(line.words, 1):
                    box, kind = word.box, word.kind
                    edges: _Edges = (None, None, None, None)
                    if box is not None:
                        edges = (box.left, box.top, box.right, box.bottom)
                    place = (page.number, p, n, w)
                    told = word.language.value if word.language else None
                    said = (kind.value if kind else None, told)
                    yield WordRow(
                        result.source.name, *place, word.text, word.confidence, *edges, *said
                    )
