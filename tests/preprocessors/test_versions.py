"""What each step makes of five pages, on record under the step's version.

Stores keep what was read under the versions of the steps, so a step that makes other pixels under
the version that it had leaves them with stale pages. What it makes is compared by a small picture
of it and with some tolerance, since the last bits differ from one build of OpenCV, or one
processor, to the next. Run as a program, this file renews the record.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from measuring.photographs import Kind, photograph
from numpy.typing import NDArray
from PIL import Image

from notetext.engines.local import LocalEngine
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors import PatchReader, Preprocessor
from notetext.preprocessors.background import FlattenBackground
from notetext.preprocessors.binarize import Binarize
from notetext.preprocessors.deskew import Deskew
from notetext.preprocessors.geometry import Crop, Upscale
from notetext.preprocessors.named import preprocessors
from notetext.preprocessors.ruling import RemoveRuling
from notetext.preprocessors.tone import Contrast, Denoise
from notetext.reading.patch_reading import EnginePatchReader

NOTES = Path(__file__).parents[2] / "examples" / "notes"
RECORD = Path(__file__).with_name("pixels.json")
RENEW = "PYTHONPATH=benchmarks python tests/preprocessors/test_versions.py"

PAGES = (
    "hardly askew",
    "askew, ruled and shaded",
    "sideways on a desk",
    "light on dark",
    "one line",
)
STEPS = preprocessors.built_in()
SMALL = (16, 12)
"""Columns and rows of the small picture."""
IN_PLACE = 0.3
"""Pixels by which corners may lie elsewhere before the step counts as one that measured another
angle or outline."""
NEARBY = 4.0
"""Pixels beyond which they lie elsewhere than they did."""
ALIKE = (3.0, 0.15)
"""Grey levels by which cells in their place may differ: any, and all of them on average."""
ALIKE_NEARBY = (8.0, 1.0)
"""The same for cells that lie nearby."""

Made: TypeAlias = dict[str, list[list[float]]]
"""What is kept of a page that a step has changed."""
Record: TypeAlias = dict[str, dict[str, dict[str, Made | None]]]
"""By step, version and page; ``None`` for a page that is returned as it is."""


def page(name: str) -> PageImage:
    """A note made worse, so that the steps have something to do."""
    if name == "hardly askew":
        # By 0.28°, its own slope included; once, Deskew took that for level.
        grey = note("shopping", 0.7, degrees=-0.99).convert("L")
        return PageImage(np.asarray(grey, np.uint8))
    if name == "askew, ruled and shaded":
        return shot(note("printed", 0.8, degrees=3), Kind(name, ruled=True, shade=1.2))
    if name == "light on dark":
        return PageImage(255 - to_pixels(note("printed", 0.6)))
    if name == "one line":
        written = note("letter", 1.0)
        return PageImage(to_pixels(written.crop((0, 345, written.width, 470))))
    paper = (0.95, 0.88, 0.6)
    return shot(note("letter", 0.6), Kind(name, paper, on_desk=True, turns=1))


def note(name: str, scale: float, degrees: float = 0) -> Image.Image:
    """An example in another size, turned counter-clockwise."""
    with Image.open(NOTES / f"{name}.jpg") as image:
        size = (round(image.width * scale), round(image.height * scale))
        resized = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    return resized.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(250,) * 3)


def shot(paper: Image.Image, kind: Kind) -> PageImage:
    return PageImage(to_pixels(photograph(paper, kind, seed=4).image))


@pytest.fixture(scope="module")
def pages() -> dict[str, PageImage]:
    return {name: page(name) for name in PAGES}


@pytest.fixture(scope="module")
def reader() -> PatchReader:
    return EnginePatchReader(LocalEngine(threads=1))


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record()


def read_record() -> Record:
    record: Record = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


def made(step: Preprocessor, before: PageImage) -> Made | None:
    """A small picture of what a step makes: how bright each part is, and how much is in it."""
    after = step(before)
    if after is before:
        return None
    grey = after.grey().astype(np.float32)
    brightness = shrunk(grey)
    spread = np.sqrt(np.maximum(shrunk(grey**2) - brightness**2, 0))
    size = (after.width, after.height)
    colour = after.pixels.mean(axis=(0, 1)).reshape(1, -1)
    return {
        "corners": rounded(after.to_page([(0, 0), (size[0], 0), size, (0, size[1])])),
        "size": rounded(np.array([size])),
        "colour": rounded(colour),
        "brightness": rounded(brightness),
        "spread": rounded(spread),
    }


def shrunk(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(Image.fromarray(pixels).resize(SMALL, Image.Resampling.BOX), np.float32)


def rounded(values: NDArray[np.generic]) -> list[list[float]]:
    numbers: list[list[float]] = np.asarray(values, np.float64).round(1).tolist()
    return numbers


def difference(before: Made | None, after: Made | None) -> str | None:
    """What is another than it was; ``None`` if nothing is."""
    if before is None or after is None:
        if before is after:
            return None
        return "changes it now" if before is None else "returns it as it is now"
    apart = {
        key: np.abs(np.array(before[key]) - np.array(after[key]))
        if len(before[key][0]) == len(after[key][0])
        else np.array([np.inf])
        for key in before
    }
    aside = max(apart["corners"].max(), apart["size"].max())
    if aside > NEARBY:
        return f"puts its corners elsewhere, by {aside:.1f} pixels"
    most, average = ALIKE if aside <= IN_PLACE else ALIKE_NEARBY
    for key in ("colour", "brightness", "spread"):
        if apart[key].max() > most or apart[key].mean() > average:
            return (
                f"gives it another {key}, by up to {apart[key].max():.1f} levels and "
                f"{apart[key].mean():.2f} on average"
            )
    return None


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_makes_what_its_version_has_always_made(
    step: str, name: str, pages: dict[str, PageImage], reader: PatchReader, record: Record
) -> None:
    version = preprocessors.make(step).version
    assert version is not None
    on_record = record.get(step, {}).get(version)
    assert on_record is not None, f"{step} has a new version; put it on record with {RENEW}"
    now = made(preprocessors.make(step).with_reader(reader), pages[name])
    what = difference(on_record[name], now)
    assert what is None, (
        f"of the page {name!r}, {step} {what}; give {step} a new version, then renew the record "
        f"with {RENEW}"
    )


def test_the_record_holds_the_steps_that_there_are(record: Record) -> None:
    assert sorted(record) == sorted(STEPS), f"renew the record with {RENEW}"


def test_every_step_changes_one_of_the_pages(record: Record) -> None:
    for step, versions in record.items():
        assert any(kept for pages in versions.values() for kept in pages.values()), step


@pytest.mark.parametrize(
    ("step", "other"),
    [
        (Deskew(), Deskew(least=0.4)),
        (Denoise(), Denoise(size=5)),
        (Contrast(), Contrast(cut=1)),
        (Binarize(), Binarize(method="sauvola")),
        (Upscale(), Upscale(x_height=19)),
        (Crop(), Crop(rim=25)),
    ],
    ids=lambda step: step.name,
)
def test_a_step_that_works_a_little_otherwise_is_noticed(
    step: Preprocessor, other: Preprocessor, pages: dict[str, PageImage]
) -> None:
    assert any(difference(made(step, page), made(other, page)) for page in pages.values())


@pytest.mark.parametrize("name", PAGES)
def test_the_last_bits_of_a_page_make_no_difference(name: str, pages: dict[str, PageImage]) -> None:
    pixels = pages[name].pixels
    bits = np.random.default_rng(1).choice([-1, 0, 1], pixels.shape, p=[0.005, 0.99, 0.005])
    nearly = PageImage((pixels + bits).clip(0, 255).astype(np.uint8))
    for step in (Deskew(), RemoveRuling(), FlattenBackground(), Contrast(), Binarize(), Crop()):
        what = difference(made(step, pages[name]), made(step, nearly))
        assert what is None, f"{step.name} {what}"


def renew() -> None:
    """Puts on record what the steps make now; refuses a step that changed under its version."""
    before = read_record() if RECORD.exists() else {}
    reader = EnginePatchReader(LocalEngine(threads=1))
    pages = {name: page(name) for name in PAGES}
    record: Record = {}
    for name in STEPS:
        step = preprocessors.make(name).with_reader(reader)
        now = {kind: made(step, image) for kind, image in pages.items()}
        known = now | before.get(name, {}).get(str(step.version), {})
        for kind in PAGES:
            what = difference(known[kind], now[kind])
            if what is not None:
                sys.exit(f"of the page {kind!r}, {name} {what}; give it a new version first")
        record[name] = {str(step.version): known}
    text = json.dumps(record, indent=1)
    # A row of the small picture a line.
    text = re.sub(r"\[\s+([-\d.,\s]+?)\s+\]", lambda row: f"[{' '.join(row[1].split())}]", text)
    RECORD.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    renew()
