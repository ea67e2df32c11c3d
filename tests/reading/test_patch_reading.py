"""What reads patches of a page for the steps before an engine."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import LocalEngine, NoteText
from notetext.engines import Engine, Reading, Request
from notetext.model import Language, Line, Mode, Word
from notetext.page_image import PageImage
from notetext.reading.patch_reading import EnginePatchReader
from notetext.testing import FakeEngine

PATCH = PageImage(np.full((40, 60), 255, np.uint8))


class Reader(Engine):
    """Reads patches itself, and remembers how it was asked."""

    name = "reader"
    version = "1"

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.closed = 0

    @property
    def patch_reader(self) -> Engine:
        return self

    def read(self, page: PageImage, request: Request) -> Reading:
        self.requests.append(request)
        return Reading(
            fragments=[Line(words=(Word(text="found"),))],
            lines=[Line(words=(Word(text="in"), Word(text="order")))],
        )

    def close(self) -> None:
        self.closed += 1


def test_patches_are_read_by_the_reader_s_own_engine_if_it_reads_any() -> None:
    engine = Reader()
    patches = EnginePatchReader(engine)
    words = patches.read(PATCH, Language.FRENCH)
    assert [word.text for word in words] == ["found", "in", "order"]
    assert patches.fingerprint == "reader/1()"
    (request,) = engine.requests
    assert (request.mode, request.languages) == (Mode.PRINTED, (Language.FRENCH,))
    assert not request.language_model


def test_an_engine_that_is_somebody_else_s_is_not_closed() -> None:
    engine = Reader()
    patches = EnginePatchReader(engine)
    patches.read(PATCH, Language.ENGLISH)
    patches.close()
    assert engine.closed == 0


def test_a_service_is_not_asked_for_patches_but_the_local_engine() -> None:
    engine = FakeEngine("Hello")
    patches = EnginePatchReader(engine)
    assert patches.fingerprint == LocalEngine().fingerprint
    assert engine.requests == []
    patches.close()


@pytest.mark.slow
def test_a_page_on_its_side_is_turned_for_an_engine_that_reads_no_patches(notes: Path) -> None:
    engine = FakeEngine("Hello")
    with Image.open(notes / "letter.jpg") as letter:
        on_its_side = letter.rotate(90, expand=True)
    with NoteText(engine=engine, preprocessors=["orient"]) as reader:
        (page,) = reader.recognize(on_its_side).pages
    assert engine.sizes == [letter.size]
    assert abs(page.angle) == 90


def test_a_copy_of_another_process_makes_what_it_needs_anew() -> None:
    patches = pickle.loads(pickle.dumps(EnginePatchReader(LocalEngine(threads=3))))
    assert patches.fingerprint == LocalEngine().fingerprint
