"""Reads handwriting and print with notetext and its peers, and writes a table of the errors.

    python benchmarks/reading.py --data ../shared/data/handwriting --output reading.md

Each reader has a process of its own for each set. The readers take turns page by page, so that
whatever else the machine does hits all alike; one that reads several pages at once has its turn at
the end. Before the pages that count, each reads the first one once, so that loading a model is no
page's time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import IO, Any

import measuring.contenders
from measuring.contenders import CONTENDERS
from measuring.evaluation_sets import SETS, EvaluationSet
from measuring.machine import processor
from measuring.scoring import RULES, ErrorRate, character_errors, total, word_errors
from measuring.transcribed import TranscribedImage

_YARDSTICK = "RapidOCR"


class Worker:
    """A contender in a process of its own; a context manager."""

    def __init__(self, contender: str, pages: EvaluationSet, threads: int) -> None:
        command = [sys.executable, "-m", measuring.contenders.__name__, contender]
        command += ["--threads", str(threads), "--mode", pages.mode, "--language", pages.language]
        self._process = subprocess.Popen(
            command + ["--lines"] * pages.lines,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.__exit__(None, None, None)

    def read(self, image: Path) -> tuple[str, float]:
        """The text of a picture, and the seconds that it took."""
        ((text, seconds),) = self._read(str(image), 1)
        return text, seconds

    def read_all(self, images: Sequence[Path]) -> list[tuple[str, float]]:
        """The texts of pictures that it is given at once, and the seconds that each took."""
        return self._read(json.dumps([str(image) for image in images]), len(images))

    def _read(self, line: str, count: int) -> list[tuple[str, float]]:
        print(line, file=self._pipe(self._process.stdin), flush=True)
        answer = self._answer()
        texts: list[str] = answer["texts"]
        if len(texts) != count:
            raise SystemExit(f"a reader gave {len(texts)} texts for {count} pictures")
        return [(text, answer["seconds"] / count) for text in texts]

    def finish(self) -> float:
        """Ends the process and tells the peak of its memory in 10^6 bytes."""
        self._pipe(self._process.stdin).close()
        return float(self._answer()["peak_mb"])

    def _answer(self) -> dict[str, Any]:
        line = self._pipe(self._process.stdout).readline()
        if not line:
            raise SystemExit("a reader's process ended before it had answered")
        answer: dict[str, Any] = json.loads(line)
        return answer

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@dataclass(slots=True)
class Score:
    """What one contender made of one set."""

    pages: str
    contender: str
    characters: list[ErrorRate] = field(default_factory=list)
    words: list[ErrorRate] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    peak_mb: float = 0.0
    readings: list[dict[str, str | float]] = field(default_factory=list)

    def add(self, image: TranscribedImage, reading: str, seconds: float) -> None:
        self.characters.append(character_errors(image.text, reading))
        self.words.append(word_errors(image.text, reading))
        self.seconds.append(seconds)
        self.readings.append(
            {
                "set": self.pages,
                "picture": image.path.name,
                "reader": self.contender,
                "cer": round(self.characters[-1].percent, 2),
                "text": image.text,
                "reading": reading,
            }
        )

    @property
    def cer(self) -> float:
        return total(self.characters).percent

    @property
    def wer(self) -> float:
        return total(self.words).percent


def compare(
    pages: EvaluationSet,
    images: Sequence[TranscribedImage],
    contenders: Sequence[str],
    threads: int,
) -> list[Score]:
    """Lets the contenders read a set in turns."""
    # Single lines are read by the engine, which knows no workers.
    able = [name for name in contenders if CONTENDERS[name].takes_turns or not pages.lines]
    scores = [Score(pages.name, contender) for contender in able]
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(contender, pages, threads)) for contender in able]
        pairs = list(zip(workers, scores, strict=True))
        turns = [pair for pair in pairs if CONTENDERS[pair[1].contender].takes_turns]
        for worker, _ in turns:
            worker.read(images[0].path)
        for number, image in enumerate(images, 1):
            for worker, score in turns:
                score.add(image, *worker.read(image.path))
            print(f"\r{pages.name}: {number} of {len(images)}", end="", file=sys.stderr)
        print(file=sys.stderr)
        for worker, score in pairs:
            if (worker, score) not in turns:
                readings = worker.read_all([image.path for image in images])
                for image, reading in zip(images, readings, strict=True):
                    score.add(image, *reading)
        for worker, score in zip(workers, scores, strict=True):
            score.peak_mb = worker.finish()
    return scores


def table(scores: Sequence[Score]) -> str:
    """A Markdown table, each figure with its ratio to the yardstick's where that has run."""
    rows = [
        "| set | reader | CER % | ratio | WER % | ratio | s a page | speed | peak MB | ratio |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    yardsticks = {score.pages: score for score in scores if score.contender == _YARDSTICK}
    for score in scores:
        cells = [score.pages, score.contender]
        other = yardsticks.get(score.pages)
        cells += [f"{score.cer:.2f}", _ratio(score.cer, other.cer if other else 0)]
        cells += [f"{score.wer:.2f}", _ratio(score.wer, other.wer if other else 0)]
        cells += [f"{median(score.seconds):.2f}", _speed(score, other)]
        cells += [f"{score.peak_mb:.0f}", _ratio(score.peak_mb, other.peak_mb if other else 0)]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _ratio(figure: float, yardstick: float) -> str:
    return f"{figure / yardstick:.2f}" if yardstick else ""


def _speed(score: Score, other: Score | None) -> str:
    """How many pages it reads while the yardstick reads one: the median over the pages."""
    if other is None:
        return ""
    ratios = [theirs / ours for theirs, ours in zip(other.seconds, score.seconds, strict=True)]
    return f"{median(ratios):.2f} ×"


def heading(contenders: Sequence[str], threads: int) -> str:
    """When, where, with what and by which rules the figures were made."""
    versions = list(dict.fromkeys(CONTENDERS[contender].version() for contender in contenders))
    versions += [
        f"{package} {metadata.version(package)}"
        for package in ("onnxruntime", "opencv-python-headless", "numpy", "pillow")
    ]
    return (
        f"{date.today().isoformat()}, {processor()}, {threads} threads each; Python "
        f"{platform.python_version()}, {', '.join(versions)}. Scored after {RULES}; errors over "
        f"all pages by the references' length; seconds are a page's median; ratios are to "
        f"{_YARDSTICK}, and speed is the median over the pages of its seconds by the reader's."
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of handwriting")
    parser.add_argument("--set", nargs="+", choices=[pages.name for pages in SETS], dest="sets")
    parser.add_argument("--contender", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--threads", type=int, default=2, help="for each contender (2)")
    parser.add_argument("--most", type=int, help="read no more than so many pictures of a set")
    parser.add_argument("--output", type=Path, help="a Markdown file to write")
    parser.add_argument("--readings", type=Path, help="a file for all readings, in lines of JSON")
    options = parser.parse_args()
    scores: list[Score] = []
    for pages in SETS:
        if options.sets and pages.name not in options.sets:
            continue
        with tempfile.TemporaryDirectory() as made:
            images = pages.images(options.data, Path(made))[: options.most]
            scores += compare(pages, images, options.contender, options.threads)
    report = f"{heading(options.contender, options.threads)}\n\n{table(scores)}\n"
    print(report)
    if options.output:
        options.output.write_text(report, encoding="utf-8")
    if options.readings:
        lines = [json.dumps(reading) for score in scores for reading in score.readings]
        options.readings.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
