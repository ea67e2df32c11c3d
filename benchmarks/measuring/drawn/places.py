"""Where lines and words stand on pages of handwriting, which `places.tsv` holds.

The places were measured once, and stay, so that a set is the same whatever reads it: three lines
below each other on nearly every page, and words on some of the English notes. The columns are the
page, the line and the word by their numbers in its text, from 0, and the rectangle in pixels; the
rows of lines have no word.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

_TABLE = Path(__file__).parent / "places.tsv"


@dataclass(frozen=True, slots=True)
class Place:
    """A line or a word on a page: its numbers in the text, and its rectangle in pixels."""

    line: int
    word: int | None
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page of handwriting with the places that were measured on it."""

    name: str
    places: tuple[Place, ...]

    @property
    def lines(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.word is None)

    @property
    def words(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.word is not None)

    def picture(self, data: Path) -> Path:
        return data / "dev" / self.name

    def text_lines(self, data: Path) -> list[str]:
        return self.picture(data).with_suffix(".txt").read_text("utf-8").splitlines()


def measured_pages(name: str) -> list[MeasuredPage]:
    """The pages of a set of handwriting."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        rows = [
            row for row in csv.DictReader(table, delimiter="\t") if row["page"].startswith(name)
        ]
    return [
        MeasuredPage(page, tuple(map(_place, group)))
        for page, group in groupby(rows, key=lambda row: row["page"])
    ]


def _place(row: dict[str, str]) -> Place:
    word = int(row["word"]) if row["word"] else None
    left, top, right, bottom = (int(row[side]) for side in ("left", "top", "right", "bottom"))
    return Place(int(row["line"]), word, left, top, right, bottom)
