"""Measures what many documents cost beside their reading; ``docs/scaling.md`` has the figures.

    python benchmarks/scale.py --output scale.md
    python benchmarks/scale.py --only processes --pages 40

Processes are compared in turns, so that whatever else the machine does hits both alike.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice, repeat
from pathlib import Path
from statistics import median

from measuring.figures import Row, table
from measuring.machine import peak_mb

from notetext import NoteText
from notetext.documents import Limits, Source
from notetext.engines import Engine, Reading, Request
from notetext.engines.local import LocalEngine
from notetext.model import Box, Line, Word
from notetext.page_image import PageImage

NOTE = Path(__file__).parents[1] / "examples" / "notes" / "letter.jpg"
_WARM_UP = 4
_ROUNDS = 3


class WordyEngine(Engine):
    """Finds the same words on every page, without looking."""

    name = "wordy"

    def __init__(self, words: int) -> None:
        box = Box.rectangle(100.25, 200.5, 180.75, 230.0)
        word = Word(text="something", box=box, confidence=0.9876, alternatives=("somethings",))
        self._lines = tuple(Line(words=(word,) * 10, box=box) for _ in range(words // 10))

    @property
    def fingerprint(self) -> str:
        return f"wordy-{len(self._lines)}"

    def read(self, page: PageImage, request: Request) -> Reading:
        return Reading(lines=self._lines)


def processes(pages: int) -> list[Row]:
    """One process and two, each with one thread, in turns."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    reader = NoteText(engine=LocalEngine(threads=1))
    for _ in range(_ROUNDS):
        for workers, seen in rates.items():
            seen.append(_pages_a_second(reader, workers, pages))
            print(f"{workers} processes: {seen[-1]:.3f} pages a second", file=sys.stderr)
    one, two = median(rates[1]), median(rates[2])
    what = f"time of a page, two processes as a share of one ({one:.2f} and {two:.2f} pages/s)"
    return [Row(what, one / two, 1 / 1.8, "")]


def _pages_a_second(reader: NoteText, workers: int, pages: int) -> float:
    """The rate after the first pages, for which processes start and load models."""
    items = reader.recognize_many(repeat(NOTE, pages + _WARM_UP), workers=workers)
    for _ in islice(items, _WARM_UP):
        pass
    started = time.perf_counter()
    assert all(item.result is not None for item in items)
    return pages / (time.perf_counter() - started)


def bookkeeping(documents: int) -> list[Row]:
    """Small documents, in processes of their own, since a process's peak never falls."""
    few, many = (_many_small(count) for count in (documents // 20, documents))
    return [
        Row("bookkeeping and decoding a small document", many["ms"], 1.0, "ms"),
        Row(f"peak at {documents:,} documents above that at {documents // 20:,}",
            many["peak_mb"] - few["peak_mb"], 30.0, "MB"),
    ]  # fmt: skip


def _many_small(documents: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--small", str(documents)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def read_small(documents: int) -> dict[str, float]:
    """Reads small documents with an engine that takes no time."""
    reader = NoteText(engine=WordyEngine(10))
    reader.recognize(_small(0))
    started = time.perf_counter()
    for item in reader.recognize_many(_small(number) for number in range(documents)):
        assert item.result is not None
    seconds = time.perf_counter() - started
    return {"ms": seconds / documents * 1e3, "peak_mb": peak_mb()}


def _small(number: int) -> bytes:
    """A picture of a few pixels; what follows the end of the file makes it another document."""
    return _PICTURE + number.to_bytes(4, "big")


def _picture() -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("L", (8, 8), 200).save(file, "PNG")
    return file.getvalue()


_PICTURE = _picture()


def stored() -> list[Row]:
    """A page of 500 words that comes back from the store."""
    with (
        tempfile.TemporaryDirectory() as folder,
        NoteText(engine=WordyEngine(500), store=Path(folder) / "notes.db") as reader,
    ):
        reader.recognize(NOTE)
        recalled = _milliseconds(lambda: reader.recognize(NOTE))
        hashed = _milliseconds(Source.of_path(NOTE, Limits()).sha256)
    return [Row("a stored page of 500 words, beyond hashing the file", recalled - hashed, 2, "ms")]


def _milliseconds(call: Callable[[], object], times: int = 300) -> float:
    passed = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        passed.append(time.perf_counter() - started)
    return median(passed) * 1e3


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=["processes", "bookkeeping", "stored"])
    parser.add_argument("--pages", type=int, default=24, help="pages of each turn")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--output", type=Path, help="a file for the table")
    parser.add_argument("--small", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.small is not None:
        print(json.dumps(read_small(given.small)))
        return
    measures: dict[str, Callable[[], list[Row]]] = {
        "processes": lambda: processes(given.pages),
        "bookkeeping": lambda: bookkeeping(given.documents),
        "stored": stored,
    }
    chosen = [given.only] if given.only else list(measures)
    report = table([row for name in chosen for row in measures[name]()])
    print(report)
    if given.output is not None:
        given.output.write_text(report + "\n", "utf-8")


if __name__ == "__main__":
    main()
