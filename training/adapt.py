"""Adapts the recogniser to one hand, from pages that somebody has corrected: minutes of one core.

    python training/adapt.py letter.corrections.json diary.json --output mine.onnx

The files are what a review page downloads, or results as JSON that are right; the documents that
were read lie where they did, or beside them. All lines of these pages count as right. What comes of
it reads by

    NoteText(engine=LocalEngine(weights="mine.onnx"))

What the convolutions show of a line, strokes, is the same in all hands: they stay as they are. The
layers behind them, which say what letters these are, learn from each line in several ways, and
half of what they knew before stays in them, lest they forget the other hands.
"""

from __future__ import annotations

import argparse
import copy
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from average import average
from last_layers import Lesson, Shown
from network import load
from paper import of_scan, seen
from real_lines import RealLine
from samples import BATCHES_IN_DRAWER, Drawers, Sample
from start import characters_of
from texts import plain
from train import Schedule

from notetext import RecognitionResult
from notetext.engines.local.crops import cut
from notetext.engines.local.detected_line import DetectedLine
from notetext.model import Line, standing_page
from notetext.result.page import picture_of

START = Path(__file__).with_name("handwriting-5.onnx")
_BATCH = 8
_VIEWS = 10
"""Each line is shown so many times, each time a little different."""
_TURNS = 8
"""How often what is shown is learned from."""
_KEPT = 0.5
"""The share of the weights as they were in what is written."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Makes samples of lines by turns."""

    lines: Sequence[RealLine]

    def make(self, number: int) -> Sample:
        """A line as it may have been scanned."""
        random = np.random.default_rng(number)
        line = self.lines[number % len(self.lines)]
        picture = of_scan(line.pixels, random)
        return Sample(seen(picture, len(line.text), random, natural=True), line.text)


def corrected_lines(path: Path) -> Iterator[RealLine]:
    """The lines of the pages of a result, with the pictures of the document that was read.

    Args:
        path: a result, or corrections, as JSON.

    Raises:
        InputNotFoundError: the document is neither where it was read nor beside the file.
    """
    result = RecognitionResult.from_json(path.read_bytes())
    named = Path(result.source.name or "")
    result = result.attach(named if named.is_file() else path.parent / named.name)
    for page in result.pages:
        if not page.lines:
            continue
        pixels = np.asarray(picture_of(page).convert("L"))
        for line in standing_page(page).lines:
            band = _band(line)
            if band is not None:
                yield RealLine(cut(pixels, band).pixels, plain(line.text), f"{path}/{page.number}")


def _band(line: Line) -> DetectedLine | None:
    """Where a line stands; ``None`` if nobody knows of all of its words."""
    boxes = [word.box for word in line.words if word.box is not None]
    if not boxes or len(boxes) < len(line.words):
        return None
    ends = []
    for box in boxes:
        (top_left, top_right, bottom_right, bottom_left) = np.asarray(box.corners)
        ends += [(top_left + bottom_left) / 2, (top_right + bottom_right) / 2]
    heights = [np.linalg.norm(np.subtract(box.corners[0], box.corners[3])) for box in boxes]
    return DetectedLine(np.asarray(ends), float(np.median(heights)), 1.0)


def adapt(lines: Sequence[RealLine], start: Path, output: Path) -> int:
    """Writes a network that has learned from lines.

    Args:
        lines: of one hand, or of a few.
        start: the ONNX file to begin with, in 32 bits.
        output: the ONNX file to write.

    Returns:
        How many lines it has learned from; those with other characters than its own are left out.

    Raises:
        ValueError: that leaves none.
    """
    characters = characters_of(start)
    known = frozenset(characters)
    able = [line for line in lines if line.text and known.issuperset(line.text)]
    if not able:
        raise ValueError("there is no line to learn from, with its place and in known characters")
    drawers = Drawers(Corrected(able), characters, _BATCH)
    count = -(-_VIEWS * len(able) // (BATCHES_IN_DRAWER * _BATCH))
    network = load(start).train()
    with tempfile.TemporaryDirectory() as folder:
        shown = Shown(Path(folder, "shown"), copy.deepcopy(network).eval(), 0, drawers)
        for _ in range(count):
            shown.add()
        steps = _TURNS * count * BATCHES_IN_DRAWER
        lesson = Lesson(_schedule(steps), start, Path(folder), network, 0)
        while lesson.step < steps:
            for number in torch.randperm(count).tolist():
                for batch in shown.batches(number):
                    lesson.learn(*batch)
        lesson.save(0.0, 0, len(able))
        average({start: _KEPT, Path(folder, "average.onnx"): 1 - _KEPT}, output)
    return len(able)


def _schedule(steps: int) -> Schedule:
    return Schedule(
        steps=steps,
        peak_rate=4e-4,
        warm_up_steps=steps // 20,
        weight_decay=0.01,
        average=0.98,
    )


def main() -> None:
    """Adapts, and tells from how many lines."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corrections", type=Path, nargs="+", help="of pages, as JSON")
    parser.add_argument("--start", type=Path, default=START, help="what to begin with")
    parser.add_argument("--output", type=Path, required=True, help="the ONNX file to write")
    options = parser.parse_args()
    lines = [line for path in options.corrections for line in corrected_lines(path)]
    count = adapt(lines, options.start, options.output)
    print(f"{options.output}: learned from {count} of {len(lines)} lines")


if __name__ == "__main__":
    main()
