from __future__ import annotations

import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from notetext import Language, Word
from notetext.engines.local import LocalEngine
from notetext.errors import ConfigurationError, UnsupportedLanguageError
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.orient import Orient
from notetext.reading.patch_reading import EnginePatchReader

DEV = Path(__file__).parents[3] / "shared" / "data" / "handwriting" / "dev"


@pytest.fixture(scope="module")
def orient() -> Orient:
    return Orient(reader=EnginePatchReader(LocalEngine(threads=1)))


@pytest.fixture(scope="module")
def upright() -> PageImage:
    pixels = np.full((420, 700), 240, np.uint8)
    lines = ["Which way up a page is", "can be told by reading", "a few of its lines twice"]
    for row, line in enumerate(lines):
        origin, font = (40, 100 + 90 * row), cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(pixels, line, origin, font, 1.5, color=30, thickness=3, lineType=cv2.LINE_AA)
    return PageImage(pixels)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_turned_back(upright: PageImage, orient: Orient, turned: float) -> None:
    after = orient(upright.rotated(turned))
    assert (after.pixels == upright.pixels).all()
    assert after.angle == pytest.approx(0, abs=1e-9)


def test_an_upright_page_is_returned_as_it_is(upright: PageImage, orient: Orient) -> None:
    assert orient(upright) is upright


def test_a_page_that_makes_no_sense_is_returned_as_it_is(orient: Orient) -> None:
    pixels = np.full((500, 500), 240, np.uint8)
    for x, y in np.random.default_rng(4).integers(0, 500, (150, 2)).tolist():
        cv2.line(pixels, (x, y), (y, (x * 7) % 500), color=60, thickness=2)
    scribbles, blank = PageImage(pixels), PageImage(np.full((500, 500), 240, np.uint8))
    assert orient(scribbles) is scribbles
    assert orient(blank) is blank


def test_a_column_of_figures_is_not_laid_on_its_side(orient: Orient) -> None:
    pixels = np.full((900, 160), 250, np.uint8)
    for row in range(18):
        text = f"{(row + 3) * 3457 % 90000 + 10000}"
        cv2.putText(pixels, text, (20, 45 + 48 * row), 0, 1.1, 30, 2, cv2.LINE_AA)
    page = PageImage(pixels)
    assert orient(page) is page


class Illiterate:
    """Reads nothing, whatever it is given."""

    fingerprint = None

    def read(self, patch: PageImage, language: Language) -> list[Word]:
        return []


def test_a_page_that_nobody_can_read_is_returned_as_it_is(upright: PageImage) -> None:
    sideways = upright.rotated(90)
    assert Orient(reader=Illiterate())(sideways) is sideways


def test_a_step_keeps_the_reader_that_it_was_given() -> None:
    own, other = Illiterate(), Illiterate()
    assert Orient().with_reader(other).reader is other
    assert Orient(reader=own).with_reader(other).reader is own


def test_alone_and_without_a_reader_it_says_what_it_needs(upright: PageImage) -> None:
    with pytest.raises(ConfigurationError, match=r"use the step in a NoteText"):
        Orient()(upright)


def test_results_are_storable_if_the_readers_are() -> None:
    assert Orient(reader=Illiterate()).fingerprint is None
    assert Orient().fingerprint != Orient(language="fr").fingerprint
    reader = EnginePatchReader(LocalEngine())
    assert str(LocalEngine().fingerprint) in str(Orient(reader=reader).fingerprint)


def test_the_step_survives_pickle_and_still_reads(upright: PageImage) -> None:
    step = Orient("English", EnginePatchReader(LocalEngine(threads=1)))
    assert step(upright) is upright
    again = pickle.loads(pickle.dumps(step))
    assert again(upright) is upright
    assert again.fingerprint == step.fingerprint


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(UnsupportedLanguageError, match="Klingon"):
        Orient(language="Klingon")


@pytest.mark.slow
@pytest.mark.skipif(not DEV.is_dir(), reason=f"needs {DEV}")
def test_pages_of_handwriting_turned_at_random_come_back_upright(orient: Orient) -> None:
    turns = np.random.default_rng(8).integers(0, 4, 100).tolist()
    right, total = 0, 0
    for path in sorted(DEV.glob("*_??/*.jpg"))[::3]:
        with Image.open(path) as image:
            page = PageImage(to_pixels(image))
        after = orient(page.rotated(90 * turns.pop()))
        right += abs(after.angle) < 1
        total += 1
    assert right >= 0.95 * total
