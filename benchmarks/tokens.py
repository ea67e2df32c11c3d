"""Counts which tokens and words knowledge of the language mends and breaks, by their kind.

    python benchmarks/tokens.py --data ../shared/data/handwriting

The pictures of tokens are those of the sets "tokens by hand" and "tokens in print". Right is what
differs in nothing; blanks count. With --data the words of lines_en are counted, too, as they are
read by hand: right is a word with its marks that stands in the reading where it stands in the text.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from measuring.drawn.tokens import KINDS, hand_tokens, print_tokens
from measuring.evaluation_sets import SETS
from measuring.scoring import normalized
from measuring.transcribed import TranscribedImage
from PIL import Image
from rapidfuzz.distance import Levenshtein

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.model import Language, Mode
from notetext.page_image import PageImage

_TOKENS = {Mode.HANDWRITTEN: hand_tokens, Mode.PRINTED: print_tokens}
_WORDS = "lines_en, marks as written"
_WORD_KINDS = ("in lower case", "with a capital", "in capitals", "with a digit", "with marks")

Parts = Callable[[TranscribedImage, str], Iterator[tuple[str, bool]]]
"""The parts of a picture's text in order, each as its kind and whether a reading has it."""


def whole(image: TranscribedImage, reading: str) -> Iterator[tuple[str, bool]]:
    """The one token of a picture."""
    yield image.path.name.split("-")[0], reading == image.text


def words(image: TranscribedImage, reading: str) -> Iterator[tuple[str, bool]]:
    """The words of a line."""
    expected, found = normalized(image.text).split(), normalized(reading).split()
    for block in Levenshtein.opcodes(expected, found):
        for word in expected[block.src_start : block.src_end]:
            yield _kind_of_word(word), block.tag == "equal"


def _kind_of_word(word: str) -> str:
    letters = word.rstrip(".,;:!?\"')").lstrip("\"'(")
    if any(character.isdigit() for character in letters):
        return "with a digit"
    if not letters.replace("'", "").isalpha():
        return "with marks"
    if letters.islower():
        return "in lower case"
    return "in capitals" if len(letters) > 1 and letters.isupper() else "with a capital"


def table(
    name: str, images: Sequence[TranscribedImage], mode: Mode, kinds: Sequence[str], parts: Parts
) -> str:
    """A table in Markdown."""
    engine = LocalEngine()
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for image in images:
        page = PageImage(np.asarray(Image.open(image.path).convert("L")))
        seen, known = (
            parts(image, engine.read_line(page, _request(mode, language_model)).text)
            for language_model in (False, True)
        )
        for (kind, without), (_, with_it) in zip(seen, known, strict=True):
            counts[kind, without, with_it] += 1
    rows = [f"| {name} | of | without | with | mended | broken |", "|---|--:|--:|--:|--:|--:|"]
    rows += [_row(kind, [kind], counts) for kind in kinds]
    return "\n".join([*rows, _row("**all**", kinds, counts)])


def _request(mode: Mode, language_model: bool) -> Request:
    return Request(mode, (Language.ENGLISH,), language_model=language_model)


def _row(name: str, kinds: Sequence[str], counts: Counter[tuple[str, bool, bool]]) -> str:
    both, broken, mended, neither = (
        sum(counts[kind, without, with_it] for kind in kinds)
        for without, with_it in ((True, True), (True, False), (False, True), (False, False))
    )
    numbers = (both + broken + mended + neither, both + broken, both + mended, mended, broken)
    return f"| {name} | {' | '.join(map(str, numbers))} |"


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="the folder of handwriting")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        for mode, tokens in _TOKENS.items():
            images = tokens(Path(), made)
            print(table(f"tokens, {mode.value}", images, mode, KINDS, whole), end="\n\n")
        if options.data is not None:
            (lines,) = (pages.images for pages in SETS if pages.name == _WORDS)
            images = lines(options.data, made)
            print(table("words of lines_en", images, Mode.HANDWRITTEN, _WORD_KINDS, words))


if __name__ == "__main__":
    main()
