"""What an engine gives for the time being is given to the caller, and kept by no store."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import cloudpickle  # type: ignore[import-untyped]
import pytest
from PIL import Image

from notetext import NoteText
from notetext.documents import Source
from notetext.engines import DocumentEngine, Engine, Reading, Request
from notetext.errors import BatchStoppedError, EngineError
from notetext.model import Line, Word
from notetext.page_image import PageImage

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


class Improving(Engine):
    """Reads dark pages for the time being, and says which time it is asked."""

    name = "improving"
    version = "1"

    def __init__(self) -> None:
        self.asked = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        self.asked += 1
        line = Line(words=(Word(text=str(self.asked)),))
        return Reading(lines=[line], provisional=int(page.grey().mean()) < 100)


class Whole(Improving, DocumentEngine):
    """Takes whole documents, and cannot tell their pages apart."""

    def takes_document(self, head: bytes) -> bool:
        return True

    def read_document(self, source: Source, request: Request) -> Sequence[Reading]:
        self.asked += 1
        line = Line(words=(Word(text=str(self.asked)),))
        return [Reading(lines=[line], provisional=True)]


class Ending(DocumentEngine):
    """Meets what every other page would meet as well."""

    name = "ending"

    def __init__(self, whole: bool) -> None:
        self.whole = whole

    def read(self, page: PageImage, request: Request) -> Reading:
        self._end()

    def takes_document(self, head: bytes) -> bool:
        return self.whole

    def read_document(self, source: Source, request: Request) -> Sequence[Reading]:
        self._end()

    def _end(self) -> NoReturn:
        error = EngineError("the licence is over", engine=self.name)
        error.ends_run = True
        raise error


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Two pages, a dark and a bright one."""
    pages = [Image.new("L", (60, 40), shade) for shade in (50, 200)]
    pages[0].save(tmp_path / "notes.tiff", save_all=True, append_images=pages[1:])
    return tmp_path / "notes.tiff"


def test_the_pages_that_are_sure_are_stored_and_no_others(document: Path, tmp_path: Path) -> None:
    with NoteText(engine=Improving(), store=tmp_path / "notes.db") as reader:
        assert reader.recognize(document).text == "1\n\f2\n"
        assert reader.plan(document).to_read == (1,)
        assert reader.recognize(document).text == "3\n\f2\n"


def test_a_document_that_was_read_whole_for_the_time_being_is_read_again(
    document: Path, tmp_path: Path
) -> None:
    with NoteText(engine=Whole(), store=tmp_path / "notes.db") as reader:
        assert [reader.recognize(document).pages[0].text for _ in range(2)] == ["1\n", "2\n"]


@pytest.mark.slow
def test_it_is_so_in_another_process_too(document: Path, tmp_path: Path) -> None:
    with NoteText(engine=Improving(), store=tmp_path / "notes.db", isolate=True) as reader:
        assert reader.recognize(document).text == "1\n\f2\n"
        assert reader.recognize(document).text == "3\n\f2\n"


@pytest.mark.parametrize("whole", [False, True])
def test_an_error_that_ends_the_run_is_raised_unless_all_is_kept(
    document: Path, whole: bool
) -> None:
    engine = Ending(whole)
    reader = NoteText(engine=engine)
    with pytest.raises(EngineError, match="the licence is over") as caught:
        reader.recognize(document)
    assert [error.page for error in reader.recognize(document, on_error="keep").errors] == [1, 2]
    assert caught.value.source == str(document)
    with pytest.raises(EngineError):
        next(reader.iter_pages(document))
    with pytest.raises(BatchStoppedError, match="the licence is over"):
        list(reader.recognize_many([document] * 3))


def test_it_is_raised_from_pages_that_are_read_side_by_side(document: Path) -> None:
    engine = Ending(False)
    engine.parallel_pages = 4
    with pytest.raises(EngineError, match="the licence is over"):
        NoteText(engine=engine).recognize(document)
