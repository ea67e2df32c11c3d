"""Measures what exporting costs: a page of 500 words in every format.

    python benchmarks/formats.py --output formats.md

Modules are imported before the clock starts. The searchable PDF is measured against one of the same
page without words: the difference is the text.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

from notetext import Box, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word

_WORDS_A_LINE = 10
_LINES_A_PARAGRAPH = 5
_WORDS = 500
_WIDTH, _HEIGHT, _DPI = 2480, 3508, 300
_TEXT_FORMATS = ("text", "json", "markdown", "hocr", "alto", "csv")
_TEXT_AT_MOST_MS = 20.0
_PDF_AT_MOST_MS = 100.0


@dataclass(frozen=True, slots=True)
class Row:
    """A format, the milliseconds that it took, and what it may take at most."""

    what: str
    figure_ms: float
    at_most_ms: float | None


def page_of_words(count: int) -> RecognitionResult:
    """An A4 page of slightly climbing lines, with the picture that it was read from."""
    dice = np.random.default_rng(5)
    lines = []
    for row in range(count // _WORDS_A_LINE):
        top = 200 + row * 60
        words = []
        for column in range(_WORDS_A_LINE):
            left = 200 + column * 205
            corners = (left, top, left + 190, top - 2, left + 190, top + 44, left, top + 46)
            text = "".join(chr(97 + n) for n in dice.integers(0, 26, dice.integers(2, 10)))
            words.append(Word(text=text, box=Box(corners), confidence=float(dice.random())))
        box = Box.around(word.box for word in words if word.box)
        lines.append(Line(words=tuple(words), box=box))
    paragraphs = [
        Paragraph(lines=tuple(lines[start : start + _LINES_A_PARAGRAPH]))
        for start in range(0, len(lines), _LINES_A_PARAGRAPH)
    ]
    page = Page(
        number=1,
        width=_WIDTH,
        height=_HEIGHT,
        dpi=_DPI,
        engine="local",
        paragraphs=tuple(paragraphs),
    )
    result = RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )
    noise = dice.normal(230, 8, (_HEIGHT, _WIDTH)).clip(0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=80, dpi=(_DPI, _DPI))
    source = result.source.model_copy(update={"sha256": _sha256(file.getvalue())})
    return result.model_copy(update={"source": source}).attach(file.getvalue())


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def milliseconds(call: Callable[[], object], repeats: int) -> float:
    """The median over several calls, after one that is not counted."""
    call()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


def measure(repeats: int) -> list[Row]:
    """A row a format."""
    result, blank = page_of_words(_WORDS), page_of_words(0)
    assert len(result.words) == _WORDS
    rows = [
        Row(name, milliseconds(lambda name=name: result.to(name), repeats), _TEXT_AT_MOST_MS)  # type: ignore[misc]
        for name in _TEXT_FORMATS
    ]
    image_ms = milliseconds(lambda: blank.to("pdf"), repeats)
    pdf_ms = milliseconds(lambda: result.to("pdf"), repeats)
    rows.append(Row("pdf, its text", pdf_ms - image_ms, _PDF_AT_MOST_MS))
    rows.append(Row("pdf, its image (a JPEG)", image_ms, None))
    rows.append(Row("DataFrame", milliseconds(result.to_dataframe, repeats), None))
    rows.append(Row("overlay", milliseconds(result.pages[0].overlay, repeats), None))
    rows.append(Row("in a notebook", milliseconds(result._repr_html_, repeats), None))
    return rows


def as_markdown(rows: list[Row]) -> str:
    """The rows as a table."""
    lines = [f"| a page of {_WORDS} words | ms | at most |", "|---|--:|--:|"]
    for row in rows:
        most = "" if row.at_most_ms is None else f"{row.at_most_ms:g}"
        lines.append(f"| {row.what} | {row.figure_ms:.1f} | {most} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--output", type=Path, help="a file for the table")
    arguments = parser.parse_args()
    rows = measure(arguments.repeats)
    table = as_markdown(rows)
    print(table)
    if arguments.output is not None:
        arguments.output.write_text(table, encoding="utf-8")
    late = [row.what for row in rows if row.at_most_ms and row.figure_ms > row.at_most_ms]
    if late:
        raise SystemExit(f"over the limit: {', '.join(late)}")


if __name__ == "__main__":
    main()
