from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from measuring.photographs import KINDS, Kind, photograph
from PIL import Image
from rapidfuzz.distance import Levenshtein

from notetext import Language, NoteText
from notetext.engines.local import LocalEngine
from notetext.errors import EngineError, UnsupportedLanguageError
from notetext.model import Line, Word
from notetext.page_image import PageImage, map_points, to_pixels
from notetext.preprocessors.auto import Auto
from notetext.preprocessors.background import evenness, find_paper
from notetext.preprocessors.crop_to_page import CropToPage
from notetext.preprocessors.deskew import Deskew, skew
from notetext.preprocessors.ruling import RemoveRuling
from notetext.reading.patch_reading import EnginePatchReader

BY_NAME = {kind.name: kind for kind in KINDS}


class Unused:
    """Fails when it is asked to read, as it is for a page on its side."""

    fingerprint = None

    def read(self, patch: PageImage, language: Language) -> list[Word]:
        raise EngineError("nobody should have asked", engine="unused")


def shot(notes: Path, note: str, kind: Kind) -> PageImage:
    with Image.open(notes / f"{note}.jpg") as image:
        return PageImage(to_pixels(photograph(image, kind, seed=5).image))


@pytest.mark.parametrize("note", ["letter", "printed"])
def test_a_good_scan_is_returned_as_it_is(notes: Path, note: str) -> None:
    with Image.open(notes / f"{note}.jpg") as image:
        page = PageImage(to_pixels(image))
    assert Auto(reader=Unused())(page) is page


@pytest.mark.parametrize("name", ["coloured", "fold"])
def test_what_does_not_disturb_reading_is_left_alone(notes: Path, name: str) -> None:
    page = shot(notes, "letter", BY_NAME[name])
    assert Auto(reader=Unused())(page) is page


@pytest.mark.parametrize(
    ("name", "step"),
    [("desk", CropToPage()), ("ruled", RemoveRuling()), ("squared", RemoveRuling())],
)
def test_a_page_with_one_trouble_gets_the_one_step_for_it(
    notes: Path, name: str, step: CropToPage | RemoveRuling
) -> None:
    page = shot(notes, "letter", BY_NAME[name])
    assert (Auto(reader=Unused())(page).pixels == step(page).pixels).all()


def test_a_page_askew_is_levelled(notes: Path) -> None:
    after = Auto(reader=Unused())(shot(notes, "letter", BY_NAME["askew"]))
    assert abs(skew(after)) < 1


def test_a_deep_shadow_is_flattened(notes: Path) -> None:
    after = Auto(reader=Unused())(shot(notes, "letter", BY_NAME["deep shadow"]))
    assert evenness(find_paper(after)) > 0.75


def test_with_all_troubles_at_once_the_page_ends_up_level_even_and_cropped(notes: Path) -> None:
    page = shot(notes, "letter", BY_NAME["all at once"])
    after = Auto(reader=Unused())(page)
    assert abs(skew(after)) < 2
    assert evenness(find_paper(after)) > 0.75
    assert after.width < 0.8 * page.width
    assert Deskew(least=2)(after) is after
    assert CropToPage()(after) is after


@pytest.fixture(scope="module")
def auto() -> Auto:
    return Auto(reader=EnginePatchReader(LocalEngine(threads=1)))


@pytest.mark.parametrize("note", ["letter", "minutes", "printed", "shopping"])
def test_a_page_on_its_head_is_turned_upright(notes: Path, note: str, auto: Auto) -> None:
    with Image.open(notes / f"{note}.jpg") as image:
        after = auto(PageImage(to_pixels(image)).rotated(180))
    # What it stands back on is the page before it was turned over.
    assert after.angle == pytest.approx(0, abs=1)


class Illiterate:
    """Reads nothing, whatever it is given."""

    fingerprint = None

    def read(self, patch: PageImage, language: Language) -> list[Word]:
        return []


@pytest.mark.parametrize("angle", [45, 90, 180])
def test_a_page_that_makes_no_sense_either_way_stays_as_it_lies(notes: Path, angle: int) -> None:
    with Image.open(notes / "letter.jpg") as image:
        page = PageImage(to_pixels(image)).rotated(angle)
    assert Auto(reader=Illiterate())(page) is page


@pytest.mark.parametrize("angle", [-150, -90, -45, 30, 45, 70, 120])
def test_a_page_at_any_angle_is_turned_upright(notes: Path, angle: float, auto: Auto) -> None:
    with Image.open(notes / "letter.jpg") as image:
        after = auto(PageImage(to_pixels(image)).rotated(angle))
    assert after.angle == pytest.approx(0, abs=2)


def test_light_on_dark_is_read_as_dark_on_light(notes: Path) -> None:
    with Image.open(notes / "printed.jpg") as image:
        page = to_pixels(image)
    after = Auto(reader=Unused())(PageImage(255 - page))
    assert (after.pixels == page).all()


@pytest.mark.parametrize("note", ["letter", "printed"])
def test_a_whole_line_cut_out_of_a_page_is_returned_as_it_is(notes: Path, note: str) -> None:
    with Image.open(notes / f"{note}.jpg") as image:
        page = to_pixels(image.convert("L"))
    rows = np.flatnonzero((page < 128).any(axis=1))
    lines = np.split(rows, np.flatnonzero(np.diff(rows) > 4) + 1)
    for line in (line for line in lines if len(line) > 20):
        for rim in (2, 6):
            cut = PageImage(page[line[0] - rim : line[-1] + rim + 1])
            assert Auto(reader=Unused())(cut) is cut


@pytest.mark.slow
def test_a_page_on_its_side_is_turned_upright(notes: Path) -> None:
    after = Auto(reader=EnginePatchReader(LocalEngine(threads=1)))(
        shot(notes, "letter", BY_NAME["sideways"])
    )
    assert after.angle == pytest.approx(90, abs=1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_boxes_come_back_to_where_the_words_stand(notes: Path, kind: Kind) -> None:
    engine = LocalEngine(threads=1)
    with Image.open(notes / "letter.jpg") as note:
        flat = NoteText(engine=engine, preprocessors=[]).recognize(note)
        taken = photograph(note, kind, seed=6)
        found = NoteText(engine=engine, preprocessors="auto").recognize(taken.image)
    there = {word.text: middle(word) for word in flat.words}
    here = {word.text: middle(word) for word in found.words}
    common = there.keys() & here.keys()
    assert len(common) > 0.8 * len(there)
    expected = map_points(taken.from_page, [there[text] for text in common])
    away = np.linalg.norm(expected - [here[text] for text in common], axis=1)
    # Words that occur twice are compared with their last places, which may differ.
    assert np.percentile(away, 90) < 25


def middle(word: Word) -> tuple[float, float]:
    assert word.box is not None
    x, y = np.mean(word.box.corners, axis=0)
    return float(x), float(y)


def test_results_are_storable_if_the_readers_are() -> None:
    assert Auto(reader=Unused()).fingerprint is None
    assert Auto().fingerprint != Auto(language="fr").fingerprint


def test_the_step_survives_pickle(notes: Path) -> None:
    step = pickle.loads(pickle.dumps(Auto("German", EnginePatchReader(LocalEngine(threads=1)))))
    assert step.language == "de"
    page = PageImage(np.full((300, 400), 250, np.uint8))
    assert step(page) is page


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(UnsupportedLanguageError, match="Klingon"):
        Auto(language="Klingon")


def bounds(lines: Sequence[Line], rim: float) -> tuple[float, float, float, float]:
    """Where lines stand, and a part of a line's height around them."""
    boxes = [np.asarray(line.box.corners) for line in lines if line.box is not None]
    corners = np.concatenate(boxes)
    rim *= float(np.median([np.ptp(box[:, 1]) for box in boxes]))
    left, top = (corners.min(axis=0) - rim).clip(0).tolist()
    right, bottom = (corners.max(axis=0) + rim).tolist()
    return left, top, right, bottom


@pytest.mark.slow
@pytest.mark.parametrize("note", ["letter", "minutes", "printed", "shopping"])
def test_a_line_and_a_region_are_read_as_on_the_whole_page(notes: Path, note: str) -> None:
    reader = NoteText(engine=LocalEngine(threads=1), preprocessors="auto")
    page = notes / f"{note}.jpg"
    lines = reader.recognize(page).pages[0].lines
    parts = [[line] for line in lines]
    parts += [list(lines[first : first + 4]) for first in range(0, len(lines) - 3, 4)]
    wrong = total = 0
    for part in parts:
        text = reader.recognize(page, region=bounds(part, 0.2)).text
        expected = " ".join(line.text for line in part)
        wrong += Levenshtein.distance(" ".join(expected.split()), " ".join(text.split()))
        total += len(expected)
    assert wrong <= 0.02 * total
