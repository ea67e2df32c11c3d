"""A failure never looks like an empty page, wherever a document is read."""

from __future__ import annotations

import asyncio
import logging
import pickle
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest

from notetext import AsposeEngine, NoteText, RecognitionResult
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    AuthenticationError,
    ConfigurationError,
    CorruptInputError,
    EngineError,
    NoteTextError,
    QuotaError,
    RecognitionError,
    UnreadPagesWarning,
)
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, FakeEngine, NoWaiting

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

Frames = Callable[..., bytes]

GREY = np.full((40, 60), 200, np.uint8)
TORN, UNPAID, UNSET = 0, 1, 2
"""Shades of pages that cannot be read."""


class Shades(Engine):
    """Reads the shade of a page; some make it fail."""

    name = "shades"
    version = "1"

    def __init__(self) -> None:
        self.seen: list[int] = []

    def read(self, page: PageImage, request: Request) -> Reading:
        shade = int(page.grey().mean())
        self.seen.append(shade)
        if shade == TORN:
            raise EngineError("the page is torn", engine=self.name)
        if shade == UNPAID:
            raise QuotaError("nothing is left", engine=self.name)
        if shade == UNSET:
            raise ConfigurationError("there is no key")
        return Reading(lines=[Line(words=(Word(text=str(shade)),))])


@pytest.fixture
def reader() -> NoteText:
    return NoteText(engine=Shades())


@pytest.fixture
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASPOSE_CLIENT_ID", raising=False)
    monkeypatch.delenv("ASPOSE_CLIENT_SECRET", raising=False)


@pytest.fixture
def server() -> Iterator[FakeAsposeServer]:
    with FakeAsposeServer("Hello", credentials=("an-id", "hush")) as server:
        yield server


def cloud(server: FakeAsposeServer, secret: str = "hush", **parameters: object) -> AsposeEngine:
    given = {"client_id": "an-id", "client_secret": secret, "base_url": server.url, **parameters}
    return AsposeEngine(**given, waiting=NoWaiting())  # type: ignore[arg-type]


def texts(pages: RecognitionResult | NoteTextError) -> list[str]:
    """What stands on the pages, those that an error has brought along included."""
    result = pages.partial if isinstance(pages, NoteTextError) else pages
    assert result is not None
    return [page.text.strip() for page in result.pages]


@pytest.mark.usefixtures("no_credentials")
def test_without_credentials_there_is_no_text_but_an_error(notes: Path) -> None:
    with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_ID"):
        NoteText(engine="aspose").recognize(notes / "letter.jpg")
    with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_ID"):
        list(NoteText(engine="aspose").iter_pages(notes / "letter.jpg"))
    (item,) = NoteText(engine="aspose").recognize_many([notes / "letter.jpg"])
    assert "ASPOSE_CLIENT_ID" in str(item.error)


def test_refused_credentials_are_an_error(server: FakeAsposeServer) -> None:
    with pytest.raises(AuthenticationError):
        NoteText(engine=cloud(server, "wrong")).recognize(GREY)
    assert server.submissions == []


@pytest.mark.parametrize("at_once", [1, 4])
def test_what_was_paid_before_the_quota_was_used_up_is_not_lost(
    server: FakeAsposeServer, frames: Frames, at_once: int
) -> None:
    engine = cloud(server, max_submissions=2, parallel_pages=at_once)
    with pytest.raises(QuotaError, match="max_submissions=2") as stopped:
        NoteText(engine=engine).recognize(frames(10, 20, 30, 40, 50))
    assert sorted(texts(stopped.value), reverse=True) == ["Hello", "Hello", "", "", ""]
    assert [error.kind for error in stopped.value.partial.errors] == ["QuotaError"] * 3  # type: ignore[union-attr]
    assert len(server.submissions) == 2
    assert texts(pickle.loads(pickle.dumps(stopped.value))) == texts(stopped.value)


def test_with_a_store_the_next_run_goes_on_where_the_quota_ended_the_first(
    server: FakeAsposeServer, frames: Frames, tmp_path: Path
) -> None:
    document = frames(10, 20, 30)
    first = NoteText(engine=cloud(server, max_submissions=2), store=tmp_path / "notes.db")
    with pytest.raises(QuotaError):
        first.recognize(document)
    second = NoteText(engine=cloud(server), store=tmp_path / "notes.db")
    assert texts(second.recognize(document)) == ["Hello"] * 3
    assert len(server.submissions) == 3


@pytest.mark.parametrize("shade", [UNPAID, UNSET])
def test_what_is_no_pages_fault_is_raised_and_no_other_page_is_begun(
    reader: NoteText, frames: Frames, shade: int
) -> None:
    with pytest.raises((QuotaError, ConfigurationError)) as stopped:
        reader.recognize(frames(50, shade, 70, 80))
    assert texts(stopped.value) == ["50", "", "", ""]
    assert stopped.value.page == 2
    assert isinstance(reader.engine, Shades)
    assert reader.engine.seen == [50, shade]


def test_a_document_of_which_nothing_could_be_read_raises_its_error(
    reader: NoteText, frames: Frames
) -> None:
    with pytest.raises(EngineError, match="page 1: the page is torn"):
        reader.recognize(frames(TORN))
    with pytest.raises(RecognitionError, match="2 of 2 pages could not be read") as both:
        reader.recognize(frames(TORN, TORN))
    assert [failure.page for failure in both.value.failures] == [1, 2]


def test_pages_that_fail_beside_others_are_kept_and_told_once(
    reader: NoteText, frames: Frames, caplog: pytest.LogCaptureFixture
) -> None:
    said = r"2 of 3 pages could not be read and have no text, the first: page 1: the page is torn"
    with (
        caplog.at_level(logging.WARNING, "notetext"),
        pytest.warns(UnreadPagesWarning, match=said) as told,
    ):
        result = reader.recognize(frames(TORN, 60, TORN))
    assert texts(result) == ["", "60", ""]
    assert [warning.filename for warning in told] == [__file__]
    assert [record.getMessage() for record in caplog.records] == [str(told[0].message)]


def test_a_blank_page_beside_one_that_failed_was_read(frames: Frames) -> None:
    def answer(page: PageImage) -> str:
        if page.grey().mean() == TORN:
            raise EngineError("the page is torn", engine="fake")
        return ""

    with pytest.warns(UnreadPagesWarning, match="1 of 2 pages could not be read and has no text"):
        result = NoteText(engine=FakeEngine(answer)).recognize(frames(255, TORN))
    assert repr(result).endswith("pages=2, failed=1, words=0, confidence=unknown)")


@pytest.mark.parametrize("shades", [(TORN,), (UNPAID, 50), (UNSET, TORN)])
def test_all_is_kept_in_silence_for_who_asks_for_it(
    reader: NoteText, frames: Frames, shades: tuple[int, ...]
) -> None:
    document = frames(*shades)
    failed = [n for n, shade in enumerate(shades, 1) if shade != 50]
    result = reader.recognize(document, on_error="keep")
    assert [error.page for error in result.errors] == failed
    pages = list(reader.iter_pages(document, on_error="keep"))
    assert [page.number for page in pages if page.error] == failed
    (item,) = reader.recognize_many([document], on_error="keep")
    assert item.result is not None
    assert len(item.result.errors) == len(failed)


def test_page_by_page_a_failure_waits_for_a_page_that_is_read(
    reader: NoteText, frames: Frames
) -> None:
    with pytest.warns(UnreadPagesWarning, match="page 1: the page is torn; page.error") as told:
        pages = list(reader.iter_pages(frames(TORN, TORN, 70, TORN)))
    assert [(page.number, page.error is None) for page in pages] == [
        (1, False),
        (2, False),
        (3, True),
        (4, False),
    ]
    assert [warning.filename for warning in told] == [__file__]
    with pytest.raises(RecognitionError, match="2 of 2 pages"):
        next(reader.iter_pages(frames(TORN, TORN)))


def test_page_by_page_what_is_no_pages_fault_comes_after_what_was_read(
    server: FakeAsposeServer, frames: Frames
) -> None:
    engine = cloud(server, max_submissions=1, parallel_pages=3)
    read: list[str] = []
    with pytest.raises(QuotaError):
        read.extend(
            page.text for page in NoteText(engine=engine).iter_pages(frames(10, 20, 30, 40))
        )
    assert read == ["Hello\n"]


def test_a_batch_tells_in_its_items_and_in_the_log(
    reader: NoteText, frames: Frames, caplog: pytest.LogCaptureFixture
) -> None:
    sources = [frames(50), frames(TORN), frames(TORN, 60), frames(UNPAID), frames(TORN, TORN)]
    with warnings.catch_warnings():
        # A warning that is an error would end the batch for the others.
        warnings.simplefilter("error")
        items = list(reader.recognize_many(sources, ordered=True))
    assert [type(item.error) for item in items] == [
        type(None),
        EngineError,
        type(None),
        QuotaError,
        RecognitionError,
    ]
    partly = items[2].result
    assert partly is not None
    assert [str(error) for error in partly.errors] == ["page 1: the page is torn"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "1 of 2 pages" in caplog.records[0].getMessage()


def test_awaited_it_is_the_same(reader: NoteText, frames: Frames) -> None:
    async def both() -> RecognitionResult:
        with pytest.raises(EngineError, match="the page is torn"):
            await reader.arecognize(frames(TORN))
        with pytest.warns(UnreadPagesWarning, match="1 of 2") as told:
            result = await reader.arecognize(frames(TORN, 60))
        assert [warning.filename for warning in told] == [__file__]
        return result

    assert texts(asyncio.run(both())) == ["", "60"]


@pytest.mark.slow
def test_in_processes_it_is_the_same(frames: Frames) -> None:
    with NoteText(engine=Shades(), isolate=True) as isolated:
        with pytest.raises(QuotaError) as stopped:
            isolated.recognize(frames(50, UNPAID, 70))
        assert texts(stopped.value) == ["50", "", ""]
        with pytest.raises(EngineError, match="torn"):
            isolated.recognize(frames(TORN))
        with pytest.warns(UnreadPagesWarning):
            assert texts(isolated.recognize(frames(TORN, 60))) == ["", "60"]
        assert len(isolated.recognize(frames(UNSET, TORN), on_error="keep").errors) == 2
    engine = Shades()
    engine.runs_in = "process"
    sources = [frames(50, UNPAID, 70), frames(TORN), frames(TORN, 60)]
    items = list(NoteText(engine=engine).recognize_many(sources, workers=2, ordered=True))
    assert items[0].error is not None
    assert texts(items[0].error) == ["50", "", ""]
    assert "torn" in str(items[1].error)
    assert items[2].result is not None


def test_a_torn_document_is_no_empty_page_either(reader: NoteText) -> None:
    with pytest.raises(CorruptInputError):
        reader.recognize(b"\x89PNG\r\n\x1a\n")
