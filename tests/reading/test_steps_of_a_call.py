"""Steps for one call, in place of the reader's."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest
from PIL import Image, ImageOps

from notetext import NoteText
from notetext.engines import Engine, Reading, Request
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.preprocessors.step import Step

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

GREY = np.full((40, 60), 200, np.uint8)


class Shade(Engine):
    """Reads the shade of a page."""

    name = "shade"
    version = "1"
    runs_in = "process"

    def read(self, page: PageImage, request: Request) -> Reading:
        return Reading(lines=[Line(words=(Word(text=str(int(page.grey().mean()))),))])


def inverted(image: Image.Image) -> Image.Image:
    return ImageOps.invert(image)


def test_they_are_taken_by_every_call_and_stay_with_it() -> None:
    reader = NoteText(engine=Shade(), preprocessors=[inverted])
    assert "55" in reader.recognize(GREY)
    assert "200" in reader.recognize(GREY, preprocessors=())
    assert "55" in reader.recognize(GREY, preprocessors=["grayscale", inverted])
    assert "200" in next(reader.iter_pages(GREY, preprocessors="grayscale"))
    assert "200" in asyncio.run(reader.arecognize(GREY, preprocessors=[]))
    (item,) = reader.recognize_many([GREY], preprocessors=())
    assert item.result is not None
    assert "200" in item.result
    assert "55" in reader.recognize(GREY, preprocessors=None)


def test_wrong_ones_are_told_before_anything_is_opened() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'deskew'"):
        NoteText().recognize("gone.jpg", preprocessors=["deskw"])
    with pytest.raises(ConfigurationError):
        NoteText().recognize("gone.jpg", preprocessors=[5])  # type: ignore[list-item]


def test_a_store_tells_them_apart(tmp_path: Path) -> None:
    note = tmp_path / "note.png"
    Image.fromarray(GREY).save(note)
    other = Step(inverted, version="1")
    with NoteText(engine=Shade(), store=tmp_path / "notes.db") as reader:
        for _ in range(2):
            assert "200" in reader.recognize(note)
            assert "55" in reader.recognize(note, preprocessors=[other])
        assert reader.plan(note, preprocessors=[other]).to_read == ()
        assert reader.plan(note, preprocessors=["contrast"]).to_read == (1,)


@pytest.mark.slow
def test_they_cross_into_processes(tmp_path: Path) -> None:
    locked = threading.Lock()

    def guarded(image: Image.Image) -> Image.Image:
        with locked:
            return image

    with NoteText(engine=Shade(), isolate=True) as reader:
        assert "55" in reader.recognize(GREY, preprocessors=lambda image: ImageOps.invert(image))
        assert "200" in reader.recognize(GREY)
        with pytest.raises(ConfigurationError, match="the step 'guarded' cannot cross"):
            reader.recognize(GREY, preprocessors=[guarded])
    reader = NoteText(engine=Shade())
    items = reader.recognize_many([GREY] * 2, workers=2, preprocessors=[inverted])
    assert [item.result and item.result.text for item in items] == ["55\n"] * 2
    with pytest.raises(ConfigurationError, match="the step 'guarded' cannot cross"):
        reader.recognize_many([GREY], workers=2, preprocessors=[guarded])
