"""Documents that an engine takes whole, through a reader."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from notetext import AsposeEngine, NoteText
from notetext.documents import Source
from notetext.engines import DocumentEngine, Reading, Request
from notetext.errors import CancelledError, EngineError, NoteTextError
from notetext.model import Box, Line, Usage, Word
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase


def line(text: str) -> Line:
    return Line(words=(Word(text=text),))


class WholeEngine(DocumentEngine):
    """Takes PDFs whole, and reads the same of each: two readings, one, none, or a failure."""

    name = "whole"

    def __init__(self, answer: Sequence[Reading] | NoteTextError) -> None:
        self._answer = answer
        self.documents = 0

    @property
    def fingerprint(self) -> str:
        return "whole/1"

    def takes_document(self, head: bytes) -> bool:
        return head.startswith(b"%PDF-")

    def read_document(self, source: Source, request: Request) -> Sequence[Reading]:
        self.documents += 1
        if isinstance(self._answer, NoteTextError):
            raise self._answer
        return self._answer

    def read(self, page: PageImage, request: Request) -> Reading:
        return Reading(lines=[line(f"{page.width} pixels wide")])


@pytest.fixture
def scan() -> bytes:
    """A PDF of two pages without text."""
    pages = [Image.new("L", (60, 40), shade) for shade in (90, 200)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()


TWO = [
    Reading(lines=[line("one")], usage=Usage(submissions=1), artifacts={"a.pdf": b"%PDF-"}),
    Reading(lines=[line("two")]),
]


def test_each_page_gets_its_reading(scan: bytes) -> None:
    result = NoteText(engine=WholeEngine(TWO)).recognize(scan)
    assert result.text == "one\n\ftwo\n"
    assert result.usage.submissions == 1
    assert [(artifact.page, artifact.name) for artifact in result.artifacts] == [(1, "a.pdf")]
    assert [page.number for page in result.pages] == [1, 2]
    assert all(page.width for page in result.pages)


def test_pages_that_were_not_told_apart_stand_on_the_first(scan: bytes) -> None:
    result = NoteText(engine=WholeEngine([Reading(lines=[line("all")])])).recognize(scan)
    assert [page.text for page in result.pages] == ["all\n", ""]
    (warning,) = result.warnings
    assert warning.startswith("the engine 'whole' did not tell the document's 2 pages apart")
    assert NoteText(engine=WholeEngine([])).recognize(scan).text == "\f"


def placed(text: str, top: float) -> Line:
    """A fragment, as an engine gives it that knows places but no order."""
    box = Box.rectangle(0, top, 50, top + 10)
    return Line(words=(Word(text=text, box=box),), box=box)


NOT_TOLD_APART = {
    "fragments": [Reading(fragments=[placed("below", 30), placed("above", 0)])],
    "lines and fragments": [Reading(lines=[line("above")], fragments=[placed("below", 30)])],
    "three readings": [
        Reading(fragments=[placed("above", 0)]),
        Reading(lines=[Line()]),
        Reading(lines=[line("below")]),
    ],
}


@pytest.mark.parametrize("answer", NOT_TOLD_APART.values(), ids=NOT_TOLD_APART)
def test_whatever_was_found_on_pages_that_were_not_told_apart_is_on_the_first(
    scan: bytes, answer: list[Reading]
) -> None:
    result = NoteText(engine=WholeEngine(answer)).recognize(scan)
    assert [word.text for word in result.pages[0].words] == ["above", "below"]
    assert result.pages[1].words == ()
    # Nobody knows on which page it stands.
    assert {word.box for word in result.words} == {None}


def test_paragraphs_of_pages_that_were_not_told_apart_stay_apart(scan: bytes) -> None:
    answer = [Reading(lines=[line(text)]) for text in ("one", "two", "three")]
    assert NoteText(engine=WholeEngine(answer)).recognize(scan).text == "one\n\ntwo\n\nthree\n\f"


def test_a_failure_is_every_page_s_and_its_cost_is_counted_once(scan: bytes) -> None:
    error = EngineError("too dark", engine="whole")
    error.usage = Usage(submissions=1)
    with pytest.raises(EngineError, match="too dark"):
        NoteText(engine=WholeEngine(error)).recognize(scan)
    result = NoteText(engine=WholeEngine(error)).recognize(scan, on_error="keep")
    assert [error.page for error in result.errors] == [1, 2]
    assert {error.kind for error in result.errors} == {"EngineError"}
    assert result.usage.submissions == 1


def test_a_cancellation_is_no_page_s_failure(scan: bytes) -> None:
    with pytest.raises(CancelledError):
        NoteText(engine=WholeEngine(CancelledError("given up"))).recognize(scan)


def test_some_pages_or_other_documents_go_page_by_page(scan: bytes) -> None:
    engine = WholeEngine(TWO)
    reader = NoteText(engine=engine, preprocessors=())
    assert "pixels wide" in reader.recognize(scan, pages=2).text
    assert "pixels wide" in reader.recognize(Image.new("L", (60, 40), 90)).text
    assert engine.documents == 0
    assert reader.plan(scan).pages == (1, 2)


def test_what_was_read_whole_comes_out_of_the_store(scan: bytes, tmp_path: Path) -> None:
    engine = WholeEngine(TWO)
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        assert reader.recognize(scan).text == reader.recognize(scan).text == "one\n\ftwo\n"
    assert engine.documents == 1


def test_the_cloud_reads_a_pdf_as_one_task(scan: bytes) -> None:
    with FakeAsposeServer("one\ftwo") as server:
        server.script(Phase.SUBMIT, Fault.rate_limited(seconds=1))
        engine = AsposeEngine(
            client_id="any", client_secret="any", base_url=server.url, waiting=NoWaiting(),
            pdf="native",
        )  # fmt: skip
        reader = NoteText(engine=engine)
        assert reader.plan(scan).submissions == 1
        result = reader.recognize(scan, mode="printed")
        engine.close()
        assert [page.text for page in result.pages] == ["one\n", "two\n"]
        assert result.usage.submissions == 1
        assert server.submissions == [scan]
