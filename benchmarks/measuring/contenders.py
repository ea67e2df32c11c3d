"""The readers that the benchmark compares, each to be run in a process of its own.

``python -m measuring.contenders NAME --threads N --mode MODE --language LANGUAGE`` reads the names
of pictures from standard input, one a line, and answers each with a line of JSON; at the end of the
input it tells the peak of its memory. A line may hold several names as an array of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Literal

from measuring.machine import peak_mb

_TESSERACT_LANGUAGES = {"en": "eng", "fr": "fra"}


@dataclass(frozen=True, slots=True)
class Task:
    """What a contender is told beforehand.

    Attributes:
        threads: how many it may use.
        mode: notetext's mode; the others know none.
        language: ISO 639-1.
        lines: each picture holds one line, and only the recogniser is asked.
    """

    threads: int
    mode: str
    language: str
    lines: bool


class Contender(ABC):
    """Reads pictures as it comes out of the box, on the threads that it is given."""

    name: str
    takes_turns = True
    """Whether it reads page by page, so that it can take turns with others; else it is given all
    pages of a set at once."""

    def __init__(self, task: Task) -> None:
        self.task = task

    @classmethod
    @abstractmethod
    def version(cls) -> str:
        """What it is, with its version."""

    @abstractmethod
    def read(self, image: str) -> str:
        """The text of the picture in a file."""

    def read_all(self, images: Sequence[str]) -> tuple[list[str], float]:
        """The texts of several pictures, and the seconds that all of them took."""
        started = time.perf_counter()
        return [self.read(image) for image in images], time.perf_counter() - started

    def peak_mb(self) -> float:
        """The most memory that was resident, in 10^6 bytes."""
        # Not what the operating system has for a process: that starts with its parent's.
        return peak_mb()


class Notetext(Contender):
    """This library, through `NoteText`; single lines through its engine."""

    name = "notetext"
    language_model: Literal["words"] | None = "words"

    def __init__(self, task: Task) -> None:
        from notetext import NoteText
        from notetext.engines.local import LocalEngine

        super().__init__(task)
        self._engine = LocalEngine(threads=task.threads, language_model=self.language_model)
        self._reader = NoteText(engine=self._engine)

    @classmethod
    def version(cls) -> str:
        from notetext.model.version import __version__

        return f"notetext {__version__}"

    def read(self, image: str) -> str:
        from notetext.model import Mode

        if self.task.lines:
            return self._read_line(image)
        result = self._reader.recognize(image, Mode(self.task.mode), self.task.language)
        return result.text

    def _read_line(self, image: str) -> str:
        from PIL import Image

        from notetext.engines import Request
        from notetext.model import Mode, parse_languages
        from notetext.page_image import PageImage, to_pixels

        with Image.open(image) as picture:
            page = PageImage(to_pixels(picture))
        request = Request(Mode(self.task.mode), parse_languages(self.task.language))
        return self._engine.read_line(page, request).text


class NotetextGreedy(Notetext):
    """This library without knowledge of the language: what the recogniser shows."""

    name = "notetext, greedy"
    language_model = None


class NotetextWorkers(Notetext):
    """This library by `NoteText.recognize_many`, with two processes of one thread each."""

    name = "notetext, 2 workers"
    takes_turns = False
    _WORKERS = 2

    def __init__(self, task: Task) -> None:
        super().__init__(replace(task, threads=1))

    def read_all(self, images: Sequence[str]) -> tuple[list[str], float]:
        from notetext.model import Mode

        # The first picture once for each worker: to start and to load is no page's time.
        items = self._reader.recognize_many(
            [*[images[0]] * self._WORKERS, *images],
            Mode(self.task.mode),
            self.task.language,
            workers=self._WORKERS,
            ordered=True,
            on_error="raise",
        )
        for _ in range(self._WORKERS):
            next(items)
        started = time.perf_counter()
        texts = [item.result.text for item in items if item.error is None]
        return texts, time.perf_counter() - started

    def peak_mb(self) -> float:
        """Its own and that of the largest worker for each, which is the most that it can be."""
        return super().peak_mb() + self._WORKERS * _children_peak_mb()


class RapidOcr(Contender):
    """RapidOCR with its defaults."""

    name = "RapidOCR"

    def __init__(self, task: Task) -> None:
        from rapidocr import RapidOCR

        super().__init__(task)
        self._ocr = RapidOCR(
            params={
                "EngineConfig.onnxruntime.intra_op_num_threads": task.threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Global.log_level": "error",
            }
        )

    @classmethod
    def version(cls) -> str:
        return f"RapidOCR {metadata.version('rapidocr')}"

    def read(self, image: str) -> str:
        if self.task.lines:
            found = self._ocr(image, use_det=False, use_cls=False, use_rec=True)
        else:
            found = self._ocr(image)
        # A page or line without text has no such attribute, or None.
        return "\n".join(getattr(found, "txts", None) or ())


class Tesseract(Contender):
    """Tesseract's program with its defaults; it is told of a crop of one line that it is one."""

    name = "Tesseract"

    @classmethod
    def version(cls) -> str:
        answer = subprocess.run(["tesseract", "--version"], capture_output=True, check=True)
        return (answer.stdout or answer.stderr).decode().splitlines()[0].capitalize()

    def read(self, image: str) -> str:
        command = ["tesseract", image, "-", "-l", _TESSERACT_LANGUAGES[self.task.language]]
        # Which reads crops better; RapidOCR and notetext find that out by themselves.
        if self.task.lines or Path(image).name.startswith("line-"):
            command += ["--psm", "7"]
        threads = {"OMP_THREAD_LIMIT": str(self.task.threads)}
        answer = subprocess.run(
            command, capture_output=True, check=True, env={**os.environ, **threads}
        )
        return answer.stdout.decode()

    def peak_mb(self) -> float:
        return _children_peak_mb()


def _children_peak_mb() -> float:
    """The most that a process which has ended had resident, in 10^6 bytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6


CONTENDERS: dict[str, type[Contender]] = {
    kind.name: kind for kind in (Notetext, NotetextGreedy, NotetextWorkers, RapidOcr, Tesseract)
}
"""By name, in the order of the table."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contender", choices=CONTENDERS)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--mode", required=True)
    parser.add_argument("--language", required=True)
    parser.add_argument("--lines", action="store_true")
    options = parser.parse_args()
    task = Task(options.threads, options.mode, options.language, options.lines)
    contender = CONTENDERS[options.contender](task)
    for line in sys.stdin:
        line = line.rstrip("\n")
        texts, seconds = contender.read_all(json.loads(line) if line.startswith("[") else [line])
        print(json.dumps({"texts": texts, "seconds": seconds}), flush=True)
    print(json.dumps({"peak_mb": contender.peak_mb()}), flush=True)


if __name__ == "__main__":
    main()
