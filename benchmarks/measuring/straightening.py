"""Measures the steps that set pages straight: what they cost, and how often they are right.

These are rows of ``documents.py``. Pages of handwriting are turned by known angles. Lines climb and
dip where the hand does, by up to 2° on these pages, and `Deskew` levels lines: so what it finds
after a turn is held against what it finds before, plus the turn. A further row holds it against the
turn alone, as if every hand wrote level.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from measuring.evaluation_sets import SETS
from measuring.figures import Row
from measuring.machine import processor_ms
from notetext.engines.local import LocalEngine
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.deskew import Deskew, skew
from notetext.preprocessors.orient import Orient
from notetext.reading.patch_reading import EnginePatchReader

_NOTE = Path(__file__).parents[2] / "examples/notes/letter.jpg"
_LARGE = (4000, 3000)  # 12 megapixels
_SETS = ("notes_en", "notes_fr", "letters_en")
_MOST_TURNED = 12.0
_TURNS_A_PAGE = 4
_TOLERANCE = 0.5
_REPEATS = 15


def deskew_cost() -> Iterator[Row]:
    """The time of `Deskew` on a large page, an example note enlarged and turned."""
    colour = _page(_NOTE).resized(*_LARGE).rotated(4).resized(*_LARGE)
    step = Deskew()
    for kind, page in (("grey", PageImage(colour.grey())), ("colour", colour)):
        assert step(page) is not page
        took = processor_ms(partial(step, page), _REPEATS)
        yield Row(f"Deskew of 12 megapixels in {kind}, processor time", took, 60, "ms")


def deskew_accuracy(data: Path) -> Iterator[Row]:
    """How often `Deskew` finds by how much a page was turned."""
    random = np.random.default_rng(1)
    everywhere = []
    for name in _SETS:
        pages = _pages(data, name)
        off = []
        for page in pages:
            slope = skew(page)
            for turn in random.uniform(-_MOST_TURNED, _MOST_TURNED, _TURNS_A_PAGE):
                found = skew(page.rotated(turn))
                off.append((abs(found - turn - slope), abs(found - turn)))
        everywhere += off
        _, alone = _share_beyond(off)
        yield Row(f"{name}: Deskew more than 0.5° from the turn alone", alone, None, "%")
    own, _ = _share_beyond(everywhere)
    what = f"{len(everywhere)} turned pages: Deskew more than 0.5° from the turn and the own slope"
    yield Row(what, own, 5, "%")


def orient_accuracy(data: Path) -> Iterator[Row]:
    """How often `Orient` brings back a page turned by quarters, and leaves an upright one."""
    step = Orient(reader=EnginePatchReader(LocalEngine(threads=1)))
    pages = [page for name in _SETS for page in _pages(data, name)]
    moved = [step(page) is not page for page in pages]
    wrong = [
        abs(step(page.rotated(90 * quarters)).angle) > 1 for page in pages for quarters in (1, 2, 3)
    ]
    yield Row(f"{len(moved)} upright pages: Orient turns them", 100 * float(np.mean(moved)), 0, "%")
    what = f"{len(wrong)} pages turned by quarters: Orient does not bring them back"
    yield Row(what, 100 * float(np.mean(wrong)), 5, "%")


def _share_beyond(off: list[tuple[float, float]]) -> tuple[float, float]:
    own, alone = 100 * np.mean(np.asarray(off) > _TOLERANCE, axis=0)
    return float(own), float(alone)


def _pages(data: Path, name: str) -> list[PageImage]:
    chosen = next(one for one in SETS if one.name == name)
    return [_page(image.path) for image in chosen.images(data, data)]


def _page(path: Path) -> PageImage:
    with Image.open(path) as image:
        return PageImage(to_pixels(image))
