"""Measures the steps that set pages straight: how often they are right, and how long they take.

    python benchmarks/preprocessing.py --data ../shared/data/handwriting --output steps.md

Pages of handwriting are turned by known angles. Writing climbs and dips by itself, so `Deskew` is
held against the page's own slope, measured before the turn; how often it comes within half a degree
of the turn alone is in a column of its own.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from pages import SETS, Sample
from PIL import Image

from notetext.engines.local import LocalEngine
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors.deskew import Deskew, skew
from notetext.preprocessors.orient import Orient

_FOLDERS = ("notes_en", "notes_fr", "letters_en")
_TURNS_A_PAGE = 4
_LARGE = (4000, 3000)  # 12 megapixels
_REPEATS = 9


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it lies in a set, upright."""

    image: PageImage
    slope: float

    @classmethod
    def of(cls, sample: Sample) -> Page:
        with Image.open(sample.image) as image:
            page = PageImage(to_pixels(image))
        return cls(page, skew(page))


def deskew_row(name: str, pages: list[Page], random: np.random.Generator) -> str:
    """How often `Deskew` is within half a degree after turns of up to 12°."""
    own, alone = [], []
    for page in pages:
        for turn in random.uniform(-12, 12, _TURNS_A_PAGE):
            found = skew(page.image.rotated(turn))
            own.append(abs(found - turn - page.slope) <= 0.5)
            alone.append(abs(found - turn) <= 0.5)
    return f"| {name} | {len(own)} | {100 * np.mean(own):.0f} | {100 * np.mean(alone):.0f} |"


def orient_row(name: str, pages: list[Page], step: Orient) -> str:
    """How often `Orient` brings back a page turned by quarters, and leaves an upright one."""
    left = [step(page.image) is page.image for page in pages]
    turned = [
        abs(step(page.image.rotated(90 * quarters)).angle) < 1
        for page in pages
        for quarters in (1, 2, 3)
    ]
    return (
        f"| {name} | {len(left)} | {100 * np.mean(left):.0f} "
        f"| {len(turned)} | {100 * np.mean(turned):.0f} |"
    )


def time_row(name: str, run: Callable[[PageImage], object], page: PageImage) -> str:
    """The median time of a step on a page."""
    seconds = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        run(page)
        seconds.append(time.perf_counter() - started)
    kind = "grey" if page.pixels.ndim == 2 else "colour"
    return f"| {name} | {kind} | {1000 * median(seconds):.0f} |"


def report(data: Path) -> str:
    sets = {
        pages.name: [Page.of(sample) for sample in pages.samples(data, data)]
        for pages in SETS
        if pages.name in _FOLDERS
    }
    random = np.random.default_rng(1)
    rows = [
        "| set | turns of ±12° | Deskew within 0.5° % | of the turn alone % |",
        "|---|--:|--:|--:|",
    ]
    rows += [deskew_row(name, pages, random) for name, pages in sets.items()]
    rows += ["", "| 12 megapixels | | ms |", "|---|---|--:|"]
    first = sets["notes_fr"][0].image
    colour = first.resized(*_LARGE).rotated(6).resized(*_LARGE)
    for page in (PageImage(colour.grey()), colour):
        rows += [time_row("measuring the slope", skew, page), time_row("Deskew", Deskew(), page)]
    orient = Orient(LocalEngine())
    rows += [
        "",
        "| set | upright | left so % | turned by quarters | Orient right % |",
        "|---|--:|--:|--:|--:|",
    ]
    rows += [orient_row(name, pages, orient) for name, pages in sets.items()]
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of handwriting")
    parser.add_argument("--output", type=Path, help="a Markdown file to write")
    options = parser.parse_args()
    text = report(options.data)
    print(text)
    if options.output:
        options.output.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
