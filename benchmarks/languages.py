"""Counts how often the local engine tells the right language, and what that costs.

    python benchmarks/languages.py [--sentences DIR] [--pages]

Texts alone: so many words of running text, a share of whose letters is misread, as a hand's are.
``DIR`` has a file ``en.txt`` for each language, one sentence a line; without it, the sentences are
those of ``measuring/drawn/sentences.tsv``. With ``--pages``, paragraphs of three lines of those are
drawn and read, by hand and in print, in the language given and in the one that is told.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from measuring.drawn.fonts import HANDS, PRINTS, font_file
from measuring.drawn.sentences import drawn, paragraph, sentences
from measuring.scoring import ErrorRate, character_errors, total
from PIL import ImageFont

from notetext import NoteText
from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.model import Language, Mode

_SIZES = (1, 2, 3, 5, 8, 12, 20, 30)
_TRIALS = 100
_MISREAD = 0.08  # of the letters; accents are lost as often again
_EXPECTED = Request(Mode.PRINTED, (Language.ENGLISH,), tell_languages=True)
_PARAGRAPHS = 2
_SIZE = 30


def texts_table(texts: Mapping[Language, Sequence[str]]) -> str:
    """Per cent of texts whose language is told right, by their words."""
    engine = LocalEngine()
    rows = [
        f"| words | {' | '.join(map(str, _SIZES))} | taken for |",
        f"|---|{'--:|' * len(_SIZES)}---|",
    ]
    everything: dict[int, list[float]] = defaultdict(list)
    for language, known in texts.items():
        dice = np.random.default_rng(1)
        cells, others = [], Counter[str]()
        for size in _SIZES:
            told = [
                engine.tell_languages([_words(known, size, dice)], _EXPECTED)[0]
                for _ in range(_TRIALS)
            ]
            right = 100 * told.count(language) / _TRIALS
            if size >= 8:
                others.update(str(other) for other in told if other is not language)
            everything[size].append(right)
            cells.append(f"{right:.0f}")
        mistaken = ", ".join(f"{name} {count}" for name, count in others.most_common(2))
        rows.append(f"| {language.value} | {' | '.join(cells)} | {mistaken} |")
    means = " | ".join(f"{np.mean(everything[size]):.1f}" for size in _SIZES)
    return "\n".join([*rows, f"| **mean** | {means} | |"])


def _words(known: Sequence[str], size: int, dice: np.random.Generator) -> str:
    words: list[str] = []
    while len(words) < size:
        words += known[int(dice.integers(len(known)))].split()
    first = int(dice.integers(len(words) - size + 1))
    return "".join(_misread(c, dice) for c in " ".join(words[first : first + size]))


def _misread(character: str, dice: np.random.Generator) -> str:
    if dice.random() < _MISREAD:
        return str(dice.choice([*"etaoinsrhldcum ", ""]))
    if dice.random() < _MISREAD:
        return unicodedata.normalize("NFD", character)[0]
    return character


def pages_table() -> str:
    """Paragraphs that are drawn: whether their language is told, and the errors either way."""
    reader = NoteText()
    rows = ["| | told right | CER given | CER told |", "|---|--:|--:|--:|"]
    for language in sentences():
        right, pages = 0, 0
        errors: dict[Language | None, list[ErrorRate]] = defaultdict(list)
        for face in (*HANDS[:-1], *PRINTS[:3]):
            font = ImageFont.truetype(font_file(face.file), _SIZE)
            for number in range(_PARAGRAPHS):
                lines = paragraph(language, 3 * number)
                page = drawn([lines], font)
                for asked in (language, None):
                    result = reader.recognize(page, language=asked)
                    errors[asked].append(character_errors("\n".join(lines), result.text))
                right += result.languages == (language,)
                pages += 1
        rates = " | ".join(f"{total(errors[asked]).percent:.2f}" for asked in (language, None))
        rows.append(f"| {language.value} | {right} of {pages} | {rates} |")
        print(rows[-1], flush=True)
    return "\n".join(rows)


def _texts(folder: Path) -> dict[Language, list[str]]:
    return {
        Language.parse(file.stem): file.read_text(encoding="utf-8").splitlines()
        for file in sorted(folder.glob("*.txt"))
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--pages", action="store_true")
    arguments = parser.parse_args()
    if arguments.pages:
        print(pages_table())
    else:
        print(texts_table(_texts(arguments.sentences) if arguments.sentences else sentences()))
