"""Counts which kinds of tokens are read rightly, with and without knowledge of the language.

    python benchmarks/tokens.py

The pictures are those of the sets "tokens by hand" and "tokens in print". Right is what differs in
nothing; blanks count.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from measuring.drawn.tokens import KINDS, hand_tokens, print_tokens
from measuring.transcribed import TranscribedImage
from PIL import Image

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.model import Language, Mode
from notetext.page_image import PageImage

_SETS = {Mode.HANDWRITTEN: hand_tokens, Mode.PRINTED: print_tokens}


def right(images: Sequence[TranscribedImage], mode: Mode, language_model: bool) -> Counter[str]:
    """How many tokens of each kind are read rightly."""
    engine = LocalEngine()
    request = Request(mode, (Language.ENGLISH,), language_model=language_model)
    counts: Counter[str] = Counter()
    for image in images:
        pixels = np.asarray(Image.open(image.path))
        counts[_kind(image)] += engine.read_line(PageImage(pixels), request).text == image.text
    return counts


def _kind(image: TranscribedImage) -> str:
    return image.path.name.split("-")[0]


def table(mode: Mode) -> str:
    """A table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        images = _SETS[mode](Path(), Path(folder))
        all_of = Counter(map(_kind, images))
        without, with_model = (right(images, mode, known) for known in (False, True))
    rows = [f"| {mode.value} | of | without | with |", "|---|--:|--:|--:|"]
    rows += [
        f"| {kind} | {all_of[kind]} | {without[kind]} | {with_model[kind]} |" for kind in KINDS
    ]
    rows.append(f"| **all** | {all_of.total()} | {without.total()} | {with_model.total()} |")
    return "\n".join(rows)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    for each in _SETS:
        print(table(each), end="\n\n")
