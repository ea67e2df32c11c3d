"""Reads the evaluation sets and tells how far the confidences of words can be believed.

    python benchmarks/confidence.py --data ../shared/data/handwriting --set notes_en lines_en

Which words are right is found by their letters, marks and capitals, page by page: what is read in
another order than the reference's is wrong. "By chance" is the calibration error that so few words
would show if their confidences were just right. Words in two places of a set's table: "missed" are
the wrong ones that a review page does not mark, "in vain" the right ones among those that it marks.
--thresholds adds a table of what other thresholds would miss and mark, all sets together: that of
src/notetext/exporters/review_page/measured.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from measuring.evaluation_sets import SETS, EvaluationSet
from measuring.sureness import (
    Judged,
    calibration_error,
    error_by_chance,
    judge,
    share,
    share_at,
)
from measuring.transcribed import TranscribedImage
from PIL import Image

from notetext import NoteText
from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.model import DOUBTFUL_BELOW, Mode, Word, parse_languages, standing
from notetext.page_image import PageImage

_SURE = 0.9
_THRESHOLDS = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1)
_HEADINGS = (
    "set",
    "words",
    "wrong",
    "ECE",
    "by chance",
    "missed",
    "marked",
    "in vain",
    f"≥ {_SURE}: right",
)


class Reader:
    """Reads pictures with notetext's defaults."""

    def __init__(self, threads: int) -> None:
        self._engine = LocalEngine(threads=threads)
        self._reader = NoteText(engine=self._engine)

    def judge(
        self, pages: EvaluationSet, images: Sequence[TranscribedImage]
    ) -> Iterator[list[Judged]]:
        """The words of each picture."""
        for image in images:
            words = self._line(pages, image) if pages.lines else self._page(pages, image)
            pairs = [(word.text, word.confidence) for word in words]
            yield judge([(text, sure) for text, sure in pairs if sure is not None], image.text)

    def _page(self, pages: EvaluationSet, image: TranscribedImage) -> Sequence[Word]:
        mode = Mode(pages.mode)
        read = self._reader.recognize(image.path, mode=mode, language=pages.language)
        return standing(read.words)

    def _line(self, pages: EvaluationSet, image: TranscribedImage) -> Sequence[Word]:
        request = Request(Mode(pages.mode), parse_languages(pages.language))
        pixels = np.asarray(Image.open(image.path).convert("L"))
        return self._engine.read_line(PageImage(pixels), request).words


def row(name: str, words: Sequence[Judged], below: float) -> str:
    """A row of the table in Markdown."""
    wrong = [word for word in words if not word.is_right]
    marked = [word for word in words if word.confidence < below]
    sure = [word for word in words if word.confidence >= _SURE]
    cells = [name, str(len(words)), _percent(share(words, right=False))]
    cells += [f"{calibration_error(words):.3f}", f"{error_by_chance(words):.3f}"]
    cells += [_percent(share_at(below, wrong)), _percent(len(marked) / max(1, len(words)))]
    cells += [_percent(share(marked, right=True)), _percent(share(sure, right=True))]
    return f"| {' | '.join(cells)} |"


def thresholds_table(words: Sequence[Judged]) -> str:
    """A table in Markdown: what each threshold marks of all words and misses of the wrong ones.

    How many it misses by the words' own confidences stands beside how many those really are.
    """
    wrong = sum(not word.is_right for word in words)
    rows = [
        "| below | marked | missed | missed words | by their confidences |\n|--:|--:|--:|--:|--:|"
    ]
    for below in _THRESHOLDS:
        unmarked = [word for word in words if word.confidence >= below]
        missed = sum(not word.is_right for word in unmarked)
        cells = [str(below), f"{1 - len(unmarked) / len(words):.3f}", f"{missed / wrong:.3f}"]
        cells += [str(missed), f"{sum(1 - word.confidence for word in unmarked):.0f}"]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _percent(part: float | None) -> str:
    return "" if part is None else f"{100 * part:.1f} %"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of handwriting")
    parser.add_argument("--set", nargs="+", choices=[pages.name for pages in SETS], dest="sets")
    parser.add_argument("--below", type=float, default=DOUBTFUL_BELOW, help="what is marked")
    parser.add_argument("--most", type=int, help="read no more than so many pictures of a set")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--thresholds", action="store_true", help="what others miss and mark")
    options = parser.parse_args()
    reader = Reader(options.threads)
    print(f"| {' | '.join(_HEADINGS)} |\n|---{'|--:' * (len(_HEADINGS) - 1)}|", flush=True)
    everything: list[Judged] = []
    for pages in SETS:
        if options.sets and pages.name not in options.sets:
            continue
        with tempfile.TemporaryDirectory() as made:
            images = pages.images(options.data, Path(made))
            # Spread over the set, whose kinds come one after the other.
            every = -(-len(images) // options.most) if options.most else 1
            judged = [word for page in reader.judge(pages, images[::every]) for word in page]
        print(row(pages.name, judged, options.below), flush=True)
        print(f"{pages.name}: {len(images[::every])} pictures", file=sys.stderr)
        everything += judged
    if options.thresholds:
        print(f"\n{thresholds_table(everything)}")


if __name__ == "__main__":
    main()
