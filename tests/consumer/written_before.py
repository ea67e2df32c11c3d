"""A program of somebody else's from before modules moved; `test_packaging` checks and runs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import assert_type

import notetext.options
from notetext.box import Box
from notetext.corrections import Correction, CorrectionKind
from notetext.options import (
    CancelToken,
    Limits,
    Mode,
    OnError,
    OnUncertain,
    PageSelection,
    Request,
    SubmittedTask,
    TaskLedger,
    TextLayerUse,
)
from notetext.page import Line, Page, PageError, PageStatus, Paragraph, Word
from notetext.plan import Plan
from notetext.source import Source

from notetext import NoteText, RecognitionResult
from notetext.engines import Engine, Reading
from notetext.page_image import PageImage


def in_flight(ledger: TaskLedger, key: str) -> SubmittedTask | None:
    """What another run has left of a task."""
    return None if ledger.on_uncertain is OnUncertain.ERROR else ledger.find(key)


def given_up(cancel: CancelToken | None) -> bool:
    """Whether somebody gave up."""
    return cancel is not None and cancel.is_set()


class Measuring(Engine):
    """An engine of one's own."""

    name = "measuring"

    def read(self, page: PageImage, request: Request) -> Reading:
        """Reads the size of every page."""
        assert_type(request.mode, Mode)
        assert not given_up(request.cancel)
        box = Box.rectangle(0, 0, page.width, page.height)
        word = Word(text=f"{page.width}x{page.height}", box=box, confidence=1.0)
        return Reading(lines=[Line(words=(word,), box=box)])


def told(page: Page, errors: tuple[PageError, ...]) -> str:
    """What became of a page."""
    assert_type(page.paragraphs, tuple[Paragraph, ...])
    assert_type(page.status, PageStatus)
    return page.text.strip() if page.status is PageStatus.READ else errors[0].kind


def read(note: Path, pages: PageSelection | None = None) -> RecognitionResult:
    """Reads a note with options of every kind."""
    reader = NoteText(engine=Measuring(), limits=Limits(max_pages=3))
    plan = reader.plan(note)
    assert_type(plan, Plan)
    assert plan.submissions == 0
    return reader.recognize(
        note, pages=pages, text_layer=TextLayerUse.IGNORE, on_error=OnError.RAISE
    )


def corrected(result: RecognitionResult) -> RecognitionResult:
    """The result with its only word confirmed."""
    word = result.words[0]
    correction = Correction(
        kind=CorrectionKind.CONFIRMED, page=1, line=0, old=(word.text,), new=(word.text,)
    )
    assert_type(correction.box, Box | None)
    return result.corrected([correction])


def main(note: Path) -> None:
    """Reads a note, and says what was read."""
    assert Source.of_path(note, Limits()).size == note.stat().st_size
    assert notetext.options.Mode is Mode
    result = read(note, pages=1)
    print(told(result.pages[0], result.errors), len(corrected(result).corrections))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
