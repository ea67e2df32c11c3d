"""Reads the dev sets with networks of one's own, as the engine does, and prints the errors.

Run with: ``python training/evaluate.py --data FOLDER NETWORK.onnx …``, with ``general`` for the
weights of PP-OCRv6 as they come.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PIL import Image

from notetext import LocalEngine, NoteText
from notetext.engines import Request
from notetext.model import Mode, parse_languages
from notetext.page_image import PageImage, to_pixels

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from measuring.evaluation_sets import SETS, EvaluationSet
from measuring.scoring import ErrorRate, character_errors, total
from measuring.transcribed import TranscribedImage


def error_rate(
    engine: LocalEngine, pages: EvaluationSet, images: Sequence[TranscribedImage]
) -> ErrorRate:
    """The character errors over all pictures of a set."""
    reader = NoteText(engine=engine)

    def read(image: Path) -> str:
        if not pages.lines:
            mode = Mode(pages.mode)
            return reader.recognize(image, mode=mode, language=pages.language).text
        with Image.open(image) as picture:
            page = PageImage(to_pixels(picture))
        return engine.read_line(
            page, Request(Mode(pages.mode), parse_languages(pages.language))
        ).text

    return total(character_errors(image.text, read(image.path)) for image in images)


def main() -> None:
    """Prints a line for each set and network: greedy, and with the language model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", nargs="+", dest="sets")
    parser.add_argument("--most", type=int, help="read no more than so many pictures of a set")
    parser.add_argument("--greedy", action="store_true", help="leave out the language model")
    parser.add_argument("networks", nargs="+")
    options = parser.parse_args()
    models: tuple[Literal["words"] | None, ...] = (None,) if options.greedy else (None, "words")
    for pages in SETS:
        if options.sets and pages.name not in options.sets:
            continue
        with tempfile.TemporaryDirectory() as made:
            images = pages.images(options.data, Path(made))[: options.most]
            for network in options.networks:
                rates = [
                    error_rate(
                        LocalEngine(threads=1, language_model=model, weights=network),
                        pages,
                        images,
                    )
                    for model in models
                ]
                print(pages.name, network, *(f"{rate.percent:.2f}" for rate in rates), flush=True)


if __name__ == "__main__":
    main()
