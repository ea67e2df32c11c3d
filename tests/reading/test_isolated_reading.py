"""What runs in the process that an isolated document is read in; here it runs in this one."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notetext import Mode, NoteText
from notetext.documents import OpenOptions, Source
from notetext.engines import Engine
from notetext.errors import EngineError, PageRangeError, UnsupportedFormatError
from notetext.page_image import PageImage
from notetext.reading import isolated_reading
from notetext.reading.isolated_reading import Outline
from notetext.reading.options import ReadKeywords, ReadOptions
from notetext.reading.processes.packing import pack
from notetext.testing import FakeEngine

Frames = Callable[..., bytes]

OPENING = OpenOptions()


def shade_of(page: PageImage) -> str:
    shade = int(page.grey().mean())
    if shade == 0:
        raise ZeroDivisionError("a bug")
    return str(shade)


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    pipeline = NoteText(engine=FakeEngine(shade_of))._pipeline
    isolated_reading.prepare(pack(pipeline, pipeline.parts(), ""), None)
    yield
    isolated_reading.close_document()


def opened(data: bytes, **keywords: object) -> Outline:
    options = ReadOptions.of("auto", "en", ReadKeywords(**keywords))  # type: ignore[typeddict-item]
    return isolated_reading.open_document(Source(None, data, OPENING.limits), OPENING, options)


def texts(*numbers: int) -> list[str]:
    return [outcome.page.text for outcome in isolated_reading.read(numbers)]


def test_what_is_known_before_any_page_is_read_crosses_back(frames: Frames) -> None:
    outline = opened(frames(10, 20, 30), pages="2-3")
    assert pickle.loads(pickle.dumps(outline)) == outline
    assert (outline.numbers, outline.whole, outline.warnings) == ((2, 3), False, ())
    assert outline.request.mode is Mode.HANDWRITTEN
    assert outline.source.sha256 is not None


def test_pages_are_read_as_they_are_asked_for(frames: Frames) -> None:
    opened(frames(10, 20, 30))
    assert texts(2) == ["20\n"]
    assert texts(3, 1) == ["30\n", "10\n"]
    assert isolated_reading.plan().to_read == (1, 2, 3)


def test_what_a_part_raises_by_mistake_can_cross_and_says_what_it_was(frames: Frames) -> None:
    opened(frames(0))
    with pytest.raises(EngineError, match="ZeroDivisionError: a bug") as caught:
        isolated_reading.read([1])
    assert caught.value.engine == "fake"
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), EngineError)


def test_opening_a_document_closes_the_one_before(tmp_path: Path, frames: Frames) -> None:
    opened(frames(10))
    opened(frames(20))
    assert texts(1) == ["20\n"]
    with pytest.raises(UnsupportedFormatError):
        opened(b"no picture")
    with pytest.raises(AssertionError):
        isolated_reading.read([1])


def test_closing_twice_does_no_harm(frames: Frames) -> None:
    opened(frames(10))
    isolated_reading.close_document()
    isolated_reading.close_document()


def test_pages_that_there_are_not_are_an_error(frames: Frames) -> None:
    with pytest.raises(PageRangeError):
        opened(frames(10), pages=2)


def test_the_reader_of_equal_bytes_is_kept_with_its_models(engine: Engine) -> None:
    pipeline = NoteText(engine=engine)._pipeline
    packed = pack(pipeline, pipeline.parts(), "")
    isolated_reading.prepare(packed, None)
    first = isolated_reading._pipeline
    isolated_reading.prepare(packed, None)
    assert isolated_reading._pipeline is first
