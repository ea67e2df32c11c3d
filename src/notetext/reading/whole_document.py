"""Documents that an engine takes whole, as they are, rather than page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notetext.documents import GivenDocument, Source
from notetext.engines import DocumentEngine, Engine, Reading, Request
from notetext.model import Line, Word
from notetext.reading.layout import arrange
from notetext.reading.options import ReadOptions, TextLayerUse


def takes_whole(engine: Engine, given: GivenDocument, options: ReadOptions) -> bool:
    """Whether a document goes to the engine whole: it takes it, and all of it is wanted."""
    wanted = (
        options.pages is None
        and options.region is None
        and options.text_layer is not TextLayerUse.ONLY
    )
    return (
        wanted
        and isinstance(engine, DocumentEngine)
        and isinstance(given.content, Source)
        and engine.takes_document(given.content.head())
    )


def read_whole(
    engine: Engine, given: GivenDocument, request: Request, pages: int
) -> Sequence[Reading]:
    """Gives a document to the engine whole.

    Args:
        engine: one for which `takes_whole` holds.
        given: the document.
        request: the mode, the languages, when to give up.
        pages: how many pages the document has.

    Returns:
        A reading for each page. Where the engine cannot tell the pages apart, the first has the
        text of all, with a warning.

    Raises:
        EngineError: the engine failed.
    """
    assert isinstance(engine, DocumentEngine)
    assert isinstance(given.content, Source)
    readings = engine.read_document(given.content, request)
    if len(readings) == pages:
        return readings
    first = readings[0] if readings else Reading()
    warning = (
        f"the engine {engine.name!r} did not tell the document's {pages} pages apart: "
        "the text of all stands on the first"
    )
    together = Reading(
        lines=list(_in_one_text(readings)),
        warnings=[*first.warnings, warning],
        usage=first.usage,
        artifacts=first.artifacts,
        provisional=any(reading.provisional for reading in readings),
    )
    return [together, *[Reading()] * (pages - 1)]


def _in_one_text(readings: Sequence[Reading]) -> Iterator[Line]:
    """The lines of all pages, one without words after each paragraph.

    Without boxes, since nobody knows which page those belong to.
    """
    for reading in readings:
        for paragraph in arrange(reading):
            for line in paragraph.lines:
                yield Line(words=tuple(_without_box(word) for word in line.words))
            yield Line()


def _without_box(word: Word) -> Word:
    return word.model_copy(update={"box": None})
