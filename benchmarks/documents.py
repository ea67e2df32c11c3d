"""Measures what documents cost: memory, drawing, text that is there already, large tables, blank
pages, setting straight.

    python benchmarks/documents.py --data ../shared/data/handwriting --output documents.md

The engine of the runs over a whole document decodes every page and finds 200 words on it without
reading, so that the figures are the documents' own. What uses memory runs in a process of its own;
what is compared in time takes turns page by page; other times are the processor's, so that they
stay the same on a busy machine. A further row is a further function in ``ROWS``, or in
``DATA_ROWS`` if it needs the handwriting.
"""

from __future__ import annotations

import argparse
import io
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path
from statistics import median

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from measuring.figures import Row, table
from measuring.machine import peak_mb, processor
from measuring.straightening import deskew_accuracy, deskew_cost, orient_accuracy
from PIL import Image

from notetext import Box, Line, NoteText, Word
from notetext.converters import OpenOptions
from notetext.converters.pdf import PdfConverter
from notetext.documents import Limits, Source
from notetext.engines import Engine, Reading, Request
from notetext.errors import EngineError
from notetext.page_image import PageImage

_A4_POINTS = (595, 842)
_A4_PIXELS = (2480, 3508)
_WORDS = 200
_EARLY_PAGE = 20


class CountingEngine(Engine):
    """Decodes a page, and finds as many words on it as a full page of handwriting has."""

    name = "counting"

    def read(self, page: PageImage, request: Request) -> Reading:
        assert page.pixels.size
        lines = []
        for top in range(100, 100 + 20 * 150, 150):
            boxes = [
                Box.rectangle(left, top, left + 180, top + 90) for left in range(100, 2100, 200)
            ]
            words = tuple(Word(text="written", box=box, confidence=0.9) for box in boxes)
            lines.append(Line(words=words, box=Box.around(boxes)))
        return Reading(lines=lines)


class RefusingEngine(Engine):
    """Fails if it is asked, as it is not where text is there already."""

    name = "refusing"

    def read(self, page: PageImage, request: Request) -> Reading:
        raise EngineError("the page's own text was to be enough", engine=self.name)


def memory(pages: int) -> Iterator[Row]:
    """How memory grows from page 20 to the last, and with the result."""
    with scanned_pdf(pages) as path:
        passed = _peaks(path, keep=False)
        kept = _peaks(path, keep=True)
    yield Row(
        f"peak memory at page {pages} above page {_EARLY_PAGE}, pages passed on",
        passed[-1] - passed[_EARLY_PAGE - 1],
        40,
        "MB",
    )
    words = pages * _WORDS
    more = (kept[-1] - passed[-1]) * 1000
    yield Row("peak memory with the whole result kept, more a word", more / words, 1.5, "kB")


def drawing(pages: int) -> Iterator[Row]:
    """The time to draw scans, ours by pypdfium2's own."""
    ours: list[float] = []
    theirs: list[float] = []
    few = min(pages, 20)
    options = OpenOptions()
    with scanned_pdf(few) as path:
        source = Source.of_path(path, options.limits)
        with PdfConverter().open(source, options) as document:
            other = pypdfium2.PdfDocument(path)
            for number in range(1, few + 1):
                start = time.perf_counter()
                document.page(number).image()
                middle = time.perf_counter()
                page = other[number - 1]
                bitmap = page.render(scale=300 / 72)
                bitmap.to_pil()
                bitmap.close()
                page.close()
                ours.append(middle - start)
                theirs.append(time.perf_counter() - middle)
            other.close()
    ratios = [mine / its for mine, its in zip(ours, theirs, strict=True)]
    yield Row("drawing a 300-dpi scan by pypdfium2's own time", median(ratios), 1.1, "×")


def text_layers(pages: int) -> Iterator[Row]:
    """The time of a page whose text is there already, all rooms included."""
    with text_pdf(pages) as path, NoteText(engine=RefusingEngine(), limits=Limits()) as reader:
        seconds = []
        start = time.process_time()
        for page in reader.iter_pages(path):
            seconds.append(time.process_time() - start)
            assert page.engine == "text_layer"
            start = time.process_time()
    # The first page's time holds opening the file and loading PDFium.
    what = "a page of 3,000 characters of its own text, processor time"
    yield Row(what, median(seconds[1:]) * 1000, 15, "ms")


def large_tables(pages: int) -> Iterator[Row]:
    """How the time of a table grows with its cells."""
    times = [_processor_s(partial(_read_table, *sides)) for sides in _TABLES]
    yield Row("a table of 4,000 cells of text by one of 480", times[1] / times[0], 9, "×")


_TABLES = ((40, 12), (125, 32))


def _read_table(rows: int, columns: int) -> None:
    with table_pdf(rows, columns) as path, NoteText(engine=RefusingEngine()) as reader:
        (page,) = reader.iter_pages(path)
        assert len(page.words) == rows * columns


def blank_pages(pages: int) -> Iterator[Row]:
    """What blank pages cost beside a letter, in time and memory."""
    letter = Path(__file__).parents[1] / "examples" / "notes" / "letter.jpg"
    rng = np.random.default_rng(5)
    paper = rng.normal(240, 3, _A4_PIXELS[::-1]).clip(0, 255).astype(np.uint8)
    marked = paper.copy()
    marked[:, :40] = 20
    for top, left in rng.integers(100, 2400, (20, 2)):
        marked[top : top + 8, left : left + 8] = 60
    with NoteText() as reader, tempfile.TemporaryDirectory() as folder:
        reader.load()
        allowed = _processor_s(partial(reader.recognize, letter))
        allowed_mb = _peak_of_reading(letter)
        for what, pixels in (("blank page", paper), ("page with an edge and specks", marked)):
            path = Path(folder) / "blank.png"
            Image.fromarray(pixels).save(path)
            took = _processor_s(partial(reader.recognize, pixels))
            yield Row(f"a {what} by a letter, processor time", took / allowed, 1, "×")
            peak = _peak_of_reading(path)
            yield Row(f"a {what} by a letter, peak memory", peak / allowed_mb, 1, "×")


def _processor_s(call: Callable[[], object]) -> float:
    """The least time of the processor of three calls."""
    times = []
    for _ in range(3):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def _peak_of_reading(path: Path) -> float:
    """The peak of memory when a picture is read by a process of its own, in 10^6 bytes."""
    command = [sys.executable, __file__, "--recognize", str(path)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def ink(pages: int) -> Iterator[Row]:
    """The time to extract a page's text and to compare it with what the page shows."""
    options = OpenOptions()
    with text_pdf(pages) as path:
        seconds = []
        with PdfConverter().open(Source.of_path(path, options.limits), options) as document:
            for number in range(1, pages + 1):
                page = document.page(number)
                start = time.process_time()
                layer = page.text_layer()
                seconds.append(time.process_time() - start)
                assert layer is not None
                assert all(word.visible for word in layer.words)
    what = "a page of 3,000 characters, its text extracted and compared with its ink"
    yield Row(what, median(seconds[1:]) * 1000, 15, "ms")


ROWS: dict[str, Callable[[int], Iterator[Row]]] = {
    "memory": memory,
    "drawing": drawing,
    "text-layers": text_layers,
    "large-tables": large_tables,
    "blank-pages": blank_pages,
    "ink": ink,
    "deskew-cost": lambda _: deskew_cost(),
}
DATA_ROWS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "deskew-accuracy": deskew_accuracy,
    "orient-accuracy": orient_accuracy,
}


@contextmanager
def scanned_pdf(pages: int) -> Iterator[Path]:
    """A PDF of scans: A4 at 300 dpi, grey, as noisy as paper."""
    rng = np.random.default_rng(5)
    width, height = _A4_PIXELS
    scans = []
    for _ in range(3):
        paper = rng.normal(235, 5, (height, width)).clip(0, 255).astype(np.uint8)
        for top in range(200, height - 200, 120):
            paper[top : top + 6, 200 : rng.integers(1200, width - 200)] = 40
        file = io.BytesIO()
        Image.fromarray(paper).save(file, "JPEG", quality=75)
        scans.append(file.getvalue())
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=_A4_POINTS)
        page = pdf.pages[-1].obj
        # Each page has a picture of its own, so that no cache can help.
        scan = pdf.make_stream(
            scans[number % len(scans)],
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
        page.Contents = pdf.make_stream(
            f"{_A4_POINTS[0]} 0 0 {_A4_POINTS[1]} 0 0 cm /Scan Do".encode()
        )
    with _saved(pdf) as path:
        yield path


@contextmanager
def text_pdf(pages: int) -> Iterator[Path]:
    """A PDF of printed text: 45 lines of 66 characters a page."""
    pdf = pikepdf.new()
    line = "The quick brown fox jumps over the lazy dog and runs away at once"
    rows = "".join(f"(0{number % 10} {line[:63]}) Tj 0 -17 Td " for number in range(45))
    for _ in range(pages):
        pdf.add_blank_page(page_size=_A4_POINTS)
        page = pdf.pages[-1].obj
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 60 790 Td {rows}ET".encode())
    with _saved(pdf) as path:
        yield path


@contextmanager
def table_pdf(rows: int, columns: int) -> Iterator[Path]:
    """A page with a table of numbers, as a spreadsheet that is fitted to one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(60 + columns * 34, 60 + rows * 12))
    page = pdf.pages[-1].obj
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    cells = "".join(
        f"1 0 0 1 {30 + column * 34} {24 + row * 12} Tm "
        f"({(row * 7919 + column * 104729) % 9973}) Tj "
        for row in range(rows)
        for column in range(columns)
    )
    page.Contents = pdf.make_stream(f"BT /F 8 Tf {cells}ET".encode())
    with _saved(pdf) as path:
        yield path


@contextmanager
def _saved(pdf: pikepdf.Pdf) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        pdf.save(path)
        pdf.close()
        yield path


def _peaks(path: Path, *, keep: bool) -> list[float]:
    """The peak of memory after each page, in 10^6 bytes, in a process of its own."""
    command = [sys.executable, __file__, "--read", str(path)] + ["--keep"] * keep
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    peaks: list[float] = json.loads(ran.stdout)
    return peaks


def _read(path: Path, *, keep: bool) -> list[float]:
    peaks = []
    pages = []
    with NoteText(engine=CountingEngine(), preprocessors=()) as reader:
        for page in reader.iter_pages(path):
            assert len(page.words) == _WORDS
            if keep:
                pages.append(page)
            peaks.append(peak_mb())
    return peaks


def _setting() -> str:
    """When, and on what, this ran."""
    packages = ("pypdfium2", "opencv-python-headless", "numpy", "pillow")
    versions = [f"{name} {metadata.version(name)}" for name in packages]
    python = f"Python {platform.python_version()}"
    return ", ".join([date.today().isoformat(), processor(), python, *versions]) + "."


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [*ROWS, *DATA_ROWS]
    parser.add_argument("--row", nargs="+", choices=names, default=names, dest="rows")
    parser.add_argument(
        "--data", type=Path, help="the folder of handwriting; without it no accuracy"
    )
    parser.add_argument("--pages", type=int, default=300, help="of each document (300)")
    parser.add_argument("--output", type=Path, help="a Markdown file to write")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--recognize", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--keep", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(_read(options.read, keep=options.keep)))
        return 0
    if options.recognize:
        NoteText().recognize(options.recognize)
        print(peak_mb())
        return 0
    if options.pages <= _EARLY_PAGE:
        parser.error(f"--pages must be more than {_EARLY_PAGE}")
    rows = [row for name in options.rows if name in ROWS for row in ROWS[name](options.pages)]
    if options.data:
        named = [name for name in options.rows if name in DATA_ROWS]
        rows += [row for name in named for row in DATA_ROWS[name](options.data)]
    report = f"{_setting()}\n\n{table(rows)}"
    print(report)
    if options.output:
        options.output.write_text(f"{report}\n", encoding="utf-8")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
