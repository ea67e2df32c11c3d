"""What the smallest engine may rely on."""

from __future__ import annotations

import numpy as np

from notetext import Language, Line, Mode, NoteText, Word
from notetext.engines import Engine, Reading, Request
from notetext.page_image import PageImage


class Measuring(Engine):
    """Says how large the picture is that it was given."""

    name = "measuring"

    def read(self, image: PageImage, request: Request) -> Reading:
        return Reading(lines=[Line(words=(Word(text=f"{image.width}x{image.height}"),))])


def test_a_name_and_a_way_to_read_are_enough() -> None:
    pixels = np.full((40, 60), 255, np.uint8)
    assert NoteText(Measuring()).recognize(pixels).text == "60x40\n"


def test_it_reads_every_language_and_costs_nothing() -> None:
    engine = Measuring()
    assert engine.languages(Mode.HANDWRITTEN) == frozenset(Language)
    assert not engine.paid
    assert NoteText(engine).plan(np.zeros((9, 9), np.uint8)).submissions == 0


def test_it_has_no_steps_before_it_and_reads_no_patches() -> None:
    engine = Measuring()
    assert engine.default_preprocessors == ()
    assert engine.patch_reader is None


def test_its_pages_are_not_stored_before_it_has_a_version() -> None:
    engine = Measuring()
    assert engine.fingerprint is None
    engine.version = "1"
    assert engine.fingerprint == "measuring/1()"
