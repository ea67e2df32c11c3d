"""Cuts lines of real handwriting out of pages whose text is known, into archives to train on.

An archive holds grey lines 56 pixels high, WebP, and ``lines.tsv``: the name of a picture, a tab
and its text. `real_hands.toml` lists where the pages are from.

Run with: ``python training/real_hands.py --checkouts checkouts --output data/train``, with the
names of archives to make only those.
"""

from __future__ import annotations

import argparse
import csv
import fnmatch
import html
import io
import tomllib
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
from checkouts import Checkout
from numpy.typing import NDArray

HEIGHT = 56
_SOURCES = Path(__file__).with_name("real_hands.toml")
_STEEPEST = 0.35  # of a baseline that is still read from left to right
_WIDEST = 3000
_TALLEST = 1.8  # of the middle height of a page's lines; what is higher holds two lines
_MARGIN = 0.06  # of the height, beyond what the outline of a line takes
# How transcribers say that they could not read, or that something is struck out; the
# registers' plus stands for the sign of francs.
_UNREAD = ("XXX", "⟦", "⟧", "[", "]", "¥", "+")

Grey = NDArray[np.uint8]
Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """What an archive is made of; `real_hands.toml` says what the fields mean."""

    name: str
    repository: str
    commit: str
    kind: str
    files: list[str]
    licence: str
    credit: str
    without: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=lambda: ["*"])
    most: int = 1_000_000
    least: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class WrittenLine:
    """A line of a page: its text, its type, where it stands and what it takes."""

    text: str
    type: str
    baseline: Points
    outline: Points


def sources(path: Path = _SOURCES) -> list[Source]:
    """The sources by the list, in its order."""
    with path.open("rb") as file:
        return [Source(**entry) for entry in tomllib.load(file)["archive"]]


def lines_of_alto(data: bytes) -> Iterator[WrittenLine]:
    """The lines of a page that have a baseline, an outline and a text."""
    root = ElementTree.fromstring(data)
    labels = {tag.get("ID", ""): tag.get("LABEL", "") for tag in root.iter() if tag.get("LABEL")}
    for line in root.iterfind(".//{*}TextLine"):
        text = " ".join(string.get("CONTENT", "") for string in line.iterfind("{*}String"))
        outline = line.find(".//{*}Polygon")
        baseline = _points(line.get("BASELINE", ""))
        if outline is None or len(baseline) < 2 or not text.strip():
            continue
        label = next((labels[tag] for tag in line.get("TAGREFS", "").split() if tag in labels), "")
        yield WrittenLine(
            " ".join(html.unescape(text).split()),
            label,
            baseline,
            _points(outline.get("POINTS", "")),
        )


def _points(text: str) -> Points:
    numbers = [float(number) for number in text.replace(",", " ").split()]
    return np.array(numbers[: len(numbers) // 2 * 2], np.float32).reshape(-1, 2)


def cut(page: Grey, line: WrittenLine) -> Grey | None:
    """A line with its baseline straightened, `HEIGHT` pixels high; None if it is too steep."""
    order = np.argsort(line.baseline[:, 0], kind="stable")
    x, y = line.baseline[order].T
    left, right = line.outline[:, 0].min(), line.outline[:, 0].max()
    if right - left < 8 or np.ptp(x) < 8 or len(line.outline) < 3:
        return None
    slope = float(np.polyfit(x, y, 1)[0])
    if abs(slope) > _STEEPEST:
        return None
    columns = np.arange(np.floor(left), np.ceil(right), dtype=np.float32)
    # Beyond its ends a baseline goes on as it went.
    base = np.interp(columns, x, y)
    base = np.where(columns < x[0], y[0] + slope * (columns - x[0]), base)
    base = np.where(columns > x[-1], y[-1] + slope * (columns - x[-1]), base)
    # Annotators click few points: steps between them are rounded off.
    window = max(3, int(np.ptp(x) / 20) | 1)
    padded = np.pad(base, window // 2, mode="edge")
    base = np.convolve(padded, np.ones(window) / window, "valid").astype(np.float32)
    away = line.outline[:, 1] - np.interp(line.outline[:, 0], columns, base)
    above, below = -float(away.min()), float(away.max())
    if above < 6 or above + below < 10:
        return None
    margin = _MARGIN * (above + below)
    height = round(above + below + 2 * margin)
    rows = np.arange(height, dtype=np.float32) - (above + margin)
    grid_x = np.broadcast_to(columns, (height, len(columns)))
    grid_y = base[None] + rows[:, None]
    straight = cv2.remap(
        page,
        np.ascontiguousarray(grid_x, np.float32),
        np.ascontiguousarray(grid_y, np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _of_height(np.asarray(straight, np.uint8))


def cut_word(picture: Grey) -> Grey | None:
    """A word out of a picture with wide margins."""
    ink = cv2.GaussianBlur(255 - picture, (0, 0), 1.0).astype(np.float32)
    dark = ink > max(25.0, 0.35 * float(np.percentile(ink, 99.5)))
    rows = np.flatnonzero(dark.sum(axis=1) > 1)
    columns = np.flatnonzero(dark.any(axis=0))
    if len(rows) < 6 or len(columns) < 6:
        return None
    margin = max(2, round(0.12 * len(rows)))
    top, bottom = max(0, rows[0] - margin), rows[-1] + 1 + margin
    left, right = max(0, columns[0] - margin), columns[-1] + 1 + margin
    return _of_height(np.asarray(picture[top:bottom, left:right], np.uint8))


def _of_height(line: Grey) -> Grey | None:
    width = round(line.shape[1] * HEIGHT / line.shape[0])
    if not 12 <= width <= _WIDEST:
        return None
    method = cv2.INTER_AREA if len(line) > HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, (width, HEIGHT), interpolation=method), np.uint8)


def legible(text: str) -> str:
    """A text without the marks of superscript; empty where it was not wholly read."""
    if any(mark in text for mark in _UNREAD):
        return ""
    return " ".join(text.replace("^", "").split())


def lines_of_pages(source: Source, checkout: Checkout) -> Iterator[tuple[str, Grey, str]]:
    """The name, the pixels and the text of lines, page by page."""
    paths = sorted(checkout.paths(source.files, source.without))
    pictures = {
        (str(PurePosixPath(path).with_suffix("")).replace("/alto/", "/")): path
        for path in checkout.paths(["*.jpg"])
    }
    each = -(-source.most // len(paths))
    for path in paths:
        stem = str(PurePosixPath(path).with_suffix("")).replace("/alto/", "/")
        data = stem in pictures and checkout.read(pictures[stem])
        if not data:
            print("no picture of", path)
            continue
        page = np.asarray(
            cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8
        )
        wanted = [
            line
            for line in lines_of_alto(checkout.read(path))
            if len(legible(line.text)) >= source.least
            and any(fnmatch.fnmatchcase(line.type, pattern) for pattern in source.types)
        ]
        if not wanted:
            continue
        tallest = _TALLEST * float(np.median([np.ptp(line.outline[:, 1]) for line in wanted]))
        wanted = [line for line in wanted if np.ptp(line.outline[:, 1]) <= tallest]
        chance = np.random.default_rng(len(wanted))
        kept = sorted(chance.permutation(len(wanted))[:each])
        name = "-".join(PurePosixPath(stem).parts[-2:]).replace(" ", "")
        for number in kept:
            pixels = cut(page, wanted[number])
            if pixels is not None:
                yield f"{name}_l{number:03}.webp", pixels, legible(wanted[number].text)


def lines_of_words(source: Source, checkout: Checkout) -> Iterator[tuple[str, Grey, str]]:
    """The name, the pixels and the text of words."""
    for table in checkout.paths(source.files):
        rows = csv.DictReader(io.StringIO(checkout.read(table).decode("utf-8-sig")))
        for number, row in enumerate(rows):
            data = np.frombuffer(checkout.read(row["file_name"]), np.uint8)
            pixels = cut_word(np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8))
            if pixels is not None:
                yield f"writer{row['writer_id']}_l{number:04}.webp", pixels, row["text"].strip()


def write_archive(path: Path, lines: Iterator[tuple[str, Grey, str]], most: int) -> int:
    """Writes lines, and says how many there were."""
    rows: list[str] = []
    with zipfile.ZipFile(path, "w") as archive:
        for name, pixels, text in lines:
            if len(rows) == most:
                break
            _, data = cv2.imencode(".webp", pixels, [cv2.IMWRITE_WEBP_QUALITY, 80])
            archive.writestr(name, data.tobytes())
            rows.append(f"{name}\t{text}")
        archive.writestr("lines.tsv", "\n".join(rows) + "\n")
    return len(rows)


def make(source: Source, checkouts: Path, output: Path) -> int:
    """Makes the archive of a source, and says how many lines it has."""
    checkout = Checkout(checkouts / source.repository, source.commit)
    lines = lines_of_words if source.kind == "words" else lines_of_pages
    return write_archive(output / f"{source.name}.zip", lines(source, checkout), source.most)


def main(arguments: Sequence[str] | None = None) -> None:
    """Makes the archives that the command names, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkouts", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("archives", nargs="*")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    for source in sources():
        if not options.archives or source.name in options.archives:
            print(source.name, make(source, options.checkouts, options.output), "lines", flush=True)


if __name__ == "__main__":
    main()
