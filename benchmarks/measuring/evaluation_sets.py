"""The pages and lines that the benchmarks read, each with the text that stands on it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from measuring.as_shown import letters_as_shown, notes_as_shown
from measuring.drawn.boards import boards
from measuring.drawn.columns import columns
from measuring.drawn.crops import english_crops, french_crops
from measuring.drawn.facts import facts
from measuring.drawn.fonts import font_file
from measuring.drawn.mixed import mixed
from measuring.drawn.sparse import sparse
from measuring.drawn.struck import struck
from measuring.drawn.tokens import hand_tokens, print_tokens
from measuring.drawn.turned import turned
from measuring.natural import natural
from measuring.transcribed import TranscribedImage, dev_pages

_TEXTS = Path(__file__).parent / "printed"
_SMALL = 0.36  # of the full size: notes about 570 px wide, as from a messenger


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Pictures of one kind with their texts, to read and to score.

    Attributes:
        name: how tables call it.
        language: ISO 639-1.
        mode: what notetext is told about it.
        images: makes or finds them; gets the data folder and a folder for what it makes.
        lines: the pictures hold one line each, and only the recogniser is asked.
    """

    name: str
    language: str
    mode: str
    images: Callable[[Path, Path], list[TranscribedImage]]
    lines: bool = False


def _pages(name: str) -> Callable[[Path, Path], list[TranscribedImage]]:
    def find(data: Path, _: Path) -> list[TranscribedImage]:
        return dev_pages(data, name)

    return find


def _small_notes(data: Path, made: Path) -> list[TranscribedImage]:
    images = []
    for page in dev_pages(data, "notes_en"):
        with Image.open(page.path) as image:
            size = (round(image.width * _SMALL), round(image.height * _SMALL))
            small = image.resize(size, Image.Resampling.LANCZOS)
        path = made / f"{page.path.stem}.png"
        small.save(path)
        images.append(TranscribedImage(path, page.text))
    return images


def _lines(data: Path, made: Path) -> list[TranscribedImage]:
    with zipfile.ZipFile(data / "dev" / "lines_en.zip") as archive:
        archive.extractall(made)
    rows = (made / "lines.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t", 1) for row in rows]
    return [TranscribedImage(made / name, text) for name, text in pairs]


def _natural_lines(data: Path, made: Path) -> list[TranscribedImage]:
    lines = _lines(data, made)
    return [TranscribedImage(line.path, natural(line.text)) for line in lines]


@dataclass(frozen=True, slots=True)
class _Print:
    text: str
    font: str
    points: float
    dpi: int


_PRINTS = (
    _Print("address", "EBGaramond12-Regular.otf", 12, 300),
    _Print("address", "DejaVuSans.ttf", 10, 100),
    _Print("novel", "EBGaramond12-Italic.otf", 13, 200),
    _Print("novel", "LiberationSerif-Regular.ttf", 11, 150),
    _Print("letter", "LiberationSans-Regular.ttf", 11, 200),
    _Print("letter", "DejaVuSerif.ttf", 10, 150),
    _Print("minutes", "DejaVuSansMono.ttf", 9, 200),
    _Print("minutes", "EBGaramond12-Regular.otf", 12, 150),
)


def _printed(_: Path, made: Path) -> list[TranscribedImage]:
    images = []
    for page in _PRINTS:
        text = (_TEXTS / f"{page.text}.txt").read_text("utf-8")
        path = made / f"{page.text}-{page.font}-{page.dpi}.png"
        _drawn(page, text).save(path)
        images.append(TranscribedImage(path, text))
    return images


def _drawn(page: _Print, text: str) -> Image.Image:
    """An A4 page with margins of an inch, black on a little grey."""
    width, height = round(8.27 * page.dpi), round(11.69 * page.dpi)
    size = round(page.points * page.dpi / 72)
    font = ImageFont.truetype(font_file(page.font), size)
    image = Image.new("L", (width, height), 245)
    ImageDraw.Draw(image).multiline_text(
        (page.dpi, page.dpi), text, fill=25, font=font, spacing=round(0.35 * size)
    )
    return image


SETS = (
    EvaluationSet("notes_en", "en", "handwritten", _pages("notes_en")),
    EvaluationSet("notes_en × 0.36", "en", "handwritten", _small_notes),
    EvaluationSet("notes_fr", "fr", "handwritten", _pages("notes_fr")),
    EvaluationSet("letters_en", "en", "handwritten", _pages("letters_en")),
    EvaluationSet("notes_fr, as shown", "fr", "handwritten", notes_as_shown),
    EvaluationSet("letters_en, as shown", "en", "handwritten", letters_as_shown),
    EvaluationSet("printed_en", "en", "printed", _printed),
    EvaluationSet("printed_en, mode auto", "en", "auto", _printed),
    EvaluationSet("lines_en", "en", "handwritten", _lines, lines=True),
    EvaluationSet("lines_en, marks as written", "en", "handwritten", _natural_lines, lines=True),
    EvaluationSet("notes_en, mode auto", "en", "auto", _pages("notes_en")),
    EvaluationSet("notes_fr, mode auto", "fr", "auto", _pages("notes_fr")),
    EvaluationSet("letters_en, mode auto", "en", "auto", _pages("letters_en")),
    EvaluationSet("facts", "en", "auto", facts),
    EvaluationSet("columns", "en", "auto", columns),
    EvaluationSet("crops", "en", "auto", english_crops),
    EvaluationSet("crops_fr", "fr", "auto", french_crops),
    EvaluationSet("mixed", "en", "auto", mixed),
    EvaluationSet("boards", "en", "auto", boards),
    EvaluationSet("struck", "en", "auto", struck),
    EvaluationSet("turned", "en", "auto", turned),
    EvaluationSet("sparse", "en", "auto", sparse),
    EvaluationSet("tokens by hand", "en", "handwritten", hand_tokens, lines=True),
    EvaluationSet("tokens in print", "en", "printed", print_tokens, lines=True),
)
"""All the sets, in the order of the table."""
