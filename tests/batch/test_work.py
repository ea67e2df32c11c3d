"""Reading one document of a batch, here or in another process."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import Limits, NoteText, RecognitionResult
from notetext.batch.work import portable, read_packed
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    CancelledError,
    ConfigurationError,
    EngineError,
    InputNotFoundError,
    InputTooLargeError,
    MissingSourceError,
)
from notetext.page_image import PageImage
from notetext.testing import FakeEngine

GREY = np.full((40, 60), 200, np.uint8)


def test_what_goes_wrong_with_a_document_is_its_outcome() -> None:
    work = NoteText(engine=FakeEngine("Hello"))._work("auto", "en", {})
    read, gone = work.read(GREY), work.read("gone.jpg")
    assert isinstance(read, RecognitionResult)
    assert read.text == "Hello\n"
    assert isinstance(gone, InputNotFoundError)


def test_what_an_engine_raises_by_mistake_is_an_outcome_as_well() -> None:
    def broken(page: PageImage) -> str:
        raise ZeroDivisionError("a bug")

    outcome = NoteText(engine=FakeEngine(broken))._work("auto", "en", {}).read(GREY)
    assert isinstance(outcome, EngineError)
    assert "ZeroDivisionError: a bug" in outcome.message
    assert isinstance(outcome.__cause__, ZeroDivisionError)


def test_a_batch_that_was_given_up_is_no_document_s_outcome() -> None:
    given_up = threading.Event()
    given_up.set()
    work = NoteText(engine=FakeEngine("Hello"))._work("auto", "en", {})
    with pytest.raises(CancelledError):
        work.read(GREY, given_up)


def test_what_was_packed_reads_the_same() -> None:
    work = NoteText(engine=FakeEngine("Hello"))._work("printed", "fr", {})
    outcome = read_packed(work.packed(), GREY)
    assert isinstance(outcome, RecognitionResult)
    assert (outcome.text, outcome.mode, outcome.languages) == ("Hello\n", "printed", ("fr",))


def test_a_reader_that_a_worker_cannot_unpack_is_its_document_s_outcome() -> None:
    outcome = read_packed(b"no reader", GREY)
    assert isinstance(outcome, ConfigurationError)
    assert "needs the same packages and modules" in outcome.message


def test_a_reader_that_cannot_cross_is_told_before_anything_starts() -> None:
    class Unpicklable(Engine):
        name = "unpicklable"
        runs_in = "process"

        def __init__(self) -> None:
            self.lock = threading.Lock()

        def read(self, page: PageImage, request: Request) -> Reading:
            return Reading()

    with pytest.raises(
        ConfigurationError,
        match=r"the engine 'unpicklable' cannot cross.*executor=ThreadPoolExecutor",
    ):
        NoteText(engine=Unpicklable()).recognize_many([], workers=2)


def test_a_result_that_left_its_document_behind_gets_it_again(tmp_path: Path) -> None:
    path = tmp_path / "note.png"
    Image.fromarray(GREY).save(path)
    work = NoteText(engine=FakeEngine("Hello"))._work("auto", "en", {})
    outcome = work.read(path)
    assert isinstance(outcome, RecognitionResult)
    back = RecognitionResult.from_json(outcome.to_json())
    work.attach(back, path)
    assert back.pages[0].overlay().size == (60, 40)


def test_a_document_that_is_gone_meanwhile_is_missed_by_those_who_ask_for_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "note.png"
    Image.fromarray(GREY).save(path)
    work = NoteText(engine=FakeEngine("Hello"))._work("auto", "en", {})
    outcome = work.read(path)
    assert isinstance(outcome, RecognitionResult)
    back = RecognitionResult.from_json(outcome.to_json())
    path.unlink()
    work.attach(back, path)
    with pytest.raises(MissingSourceError):
        back.pages[0].overlay()


def test_paths_that_cross_are_absolute_and_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.png").write_bytes(b"png")
    limits = Limits(max_file_bytes=3)
    assert portable("note.png", limits) == str(tmp_path / "note.png")
    assert portable("http://example.org/note.png", limits) == "http://example.org/note.png"
    assert portable(b"png", limits) == b"png"
    with (tmp_path / "note.png").open("rb") as file:
        assert portable(file, limits) == b"png"
    with pytest.raises(InputTooLargeError):
        portable(io.BytesIO(b"more"), limits)
