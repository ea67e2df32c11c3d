"""Measures what each preprocessing step does to the errors of the local engine.

    python benchmarks/ablation.py --data ../shared/data/handwriting --output ablation.md

Each kind of page is read without steps, after each step alone, and after `Auto`; with
``--leave-one-out``, without steps, after `Auto`, and after `Auto` without each of its steps.
Besides the sets of the benchmark there are rendered photographs (``measuring/photographs.py``). A
page that looks as it looked after another step is not read again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from measuring.evaluation_sets import SETS, EvaluationSet
from measuring.leaving_out import STEPS, AutoWithout
from measuring.machine import processor
from measuring.photographs import KINDS, Kind, photograph
from measuring.scoring import RULES, ErrorRate, character_errors, total
from measuring.transcribed import TranscribedImage
from PIL import Image

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.model import Mode, parse_languages
from notetext.page_image import PageImage, to_pixels
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.auto import Auto
from notetext.preprocessors.background import FlattenBackground
from notetext.preprocessors.crop_to_page import CropToPage
from notetext.preprocessors.deskew import Deskew
from notetext.preprocessors.orient import Orient
from notetext.preprocessors.ruling import RemoveRuling
from notetext.preprocessors.slivers import RemoveSlivers
from notetext.preprocessors.tone import Contrast, Invert
from notetext.reading.layout import arrange
from notetext.reading.modes import choose_mode
from notetext.reading.patch_reading import EnginePatchReader

_PHOTOGRAPHED = slice(None, None, 4)
"""Of notes_en."""


@dataclass(slots=True)
class Column:
    """A step, and what came of it on one set.

    Attributes:
        step: `None` for no step at all.
        rates: of the pages.
        changed: how many pages look otherwise than after what it is compared with.
        step_s: what the step took.
        engine_s: what reading took, of the pages that were read anew.
    """

    step: Preprocessor | None
    rates: list[ErrorRate] = field(default_factory=list)
    changed: int = 0
    step_s: float = 0.0
    engine_s: float = 0.0

    @property
    def name(self) -> str:
        return self.step.name if self.step else "none"


def steps(engine: LocalEngine) -> list[Preprocessor]:
    """The steps that are measured alone, and last what chooses among them."""
    reader = EnginePatchReader(engine)
    alone = [CropToPage(), FlattenBackground(), RemoveRuling(), Deskew(), Orient(reader=reader)]
    return [*alone, Invert(), RemoveSlivers(), Contrast(), Auto(reader=reader)]


def left_out(engine: LocalEngine) -> list[Preprocessor]:
    """What chooses among the steps, and the same without each of them."""
    whole = Auto(reader=EnginePatchReader(engine))
    return [whole, *(AutoWithout(step, whole) for step in STEPS)]


def measure(
    pages: EvaluationSet,
    images: Sequence[TranscribedImage],
    engine: LocalEngine,
    chosen: Sequence[Preprocessor],
) -> list[Column]:
    """Reads a set without steps and after each of them."""
    languages = parse_languages(pages.language)
    mode, _ = choose_mode(engine, Mode(pages.mode), languages)
    request = Request(mode, languages)
    columns = [Column(None), *map(Column, chosen)]
    for number, image in enumerate(images, 1):
        with Image.open(image.path) as picture:
            page = PageImage(to_pixels(picture))
        seen: list[PageImage] = []
        for column in columns:
            started = time.perf_counter()
            prepared = column.step(page) if column.step else page
            column.step_s += time.perf_counter() - started
            # What leaves out a step is compared with all steps, which stand beside no step.
            compared = seen[1] if isinstance(column.step, AutoWithout) else page
            column.changed += not _same(prepared, compared)
            twin = next((n for n, other in enumerate(seen) if _same(prepared, other)), None)
            seen.append(prepared)
            if twin is not None:
                column.rates.append(columns[twin].rates[-1])
                continue
            started = time.perf_counter()
            reading = engine.read(prepared, request)
            column.engine_s += time.perf_counter() - started
            text = "\n".join(paragraph.text for paragraph in arrange(reading))
            column.rates.append(character_errors(image.text, text))
        print(f"\r{pages.name}: {number} of {len(images)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return columns


def _same(page: PageImage, other: PageImage) -> bool:
    return page is other or np.array_equal(page.pixels, other.pixels)


def photographs(kind: Kind) -> EvaluationSet:
    """Photographs of some of the English notes."""

    def render(data: Path, made: Path) -> list[TranscribedImage]:
        notes = next(pages for pages in SETS if pages.name == "notes_en")
        images = []
        for seed, page in enumerate(notes.images(data, made)[_PHOTOGRAPHED]):
            path = made / f"{page.path.stem}.jpg"
            with Image.open(page.path) as image:
                photograph(image, kind, seed).image.save(path, quality=88)
            images.append(TranscribedImage(path, page.text))
        return images

    return EvaluationSet(f"photo: {kind.name}", "en", "handwritten", render)


def row(pages: EvaluationSet, columns: Sequence[Column]) -> str:
    """A set's error rates; in brackets how many pages a step changed, unless all or none."""
    cells = [pages.name]
    for column in columns:
        count = len(column.rates)
        some = column.step is not None and 0 < column.changed < count
        cells.append(
            "="
            if column.changed == 0 and column.step is not None
            else f"{total(column.rates).percent:.2f}" + f" ({column.changed}/{count})" * some
        )
    cells.append(f"{100 * columns[-1].step_s / columns[0].engine_s:.0f}")
    return f"| {' | '.join(cells)} |"


def report(
    data: Path,
    sets: Sequence[EvaluationSet],
    chosen: Sequence[Preprocessor],
    engine: LocalEngine,
    most: int | None,
    threads: int,
) -> str:
    rows = [
        f"{date.today().isoformat()}, {processor()}, {threads} threads.",
        f"CER % after {RULES}.",
        "= stands for what changed no page, or whose absence did not; brackets for how many it",
        "changed, if not all. The time is the last column's, in percent of the engine's without",
        "steps.",
        "",
        f"| pages | none | {' | '.join(step.name for step in chosen)} | time % |",
        f"|---|{'--:|' * (len(chosen) + 2)}",
    ]
    for pages in sets:
        with tempfile.TemporaryDirectory() as made:
            images = pages.images(data, Path(made))[:most]
            rows.append(row(pages, measure(pages, images, engine, chosen)))
        print(rows[-1], file=sys.stderr)
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of handwriting")
    sets = [pages for pages in SETS if not pages.lines] + [photographs(kind) for kind in KINDS]
    parser.add_argument("--set", nargs="+", choices=[pages.name for pages in sets], dest="sets")
    parser.add_argument("--step", nargs="+", help="the names of steps; all if left out")
    parser.add_argument("--most", type=int, help="read no more than so many pages of a set")
    parser.add_argument("--threads", type=int, default=1, help="of the engine (1)")
    parser.add_argument("--output", type=Path, help="a Markdown file to write")
    parser.add_argument(
        "--leave-one-out", action="store_true", help="Auto without each of its steps"
    )
    options = parser.parse_args()
    engine = LocalEngine(threads=options.threads)
    engine.load()
    measured = left_out(engine) if options.leave_one_out else steps(engine)
    measured = [step for step in measured if not options.step or step.name in options.step]
    chosen = [pages for pages in sets if not options.sets or pages.name in options.sets]
    text = report(options.data, chosen, measured, engine, options.most, options.threads)
    print(text)
    if options.output:
        options.output.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
