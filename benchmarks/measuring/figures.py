"""Figures beside what they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and what it may be at most; ``None`` if it is only told."""

    what: str
    figure: float
    at_most: float | None
    unit: str

    @property
    def is_met(self) -> bool:
        return self.at_most is None or self.figure <= self.at_most


def table(rows: Sequence[Row]) -> str:
    """A Markdown table of figures and what they may be."""
    lines = ["| what | figure | at most | |", "|---|--:|--:|---|"]
    for row in rows:
        if row.at_most is None:
            most, verdict = "", ""
        else:
            most = f"{row.at_most:.4g} {row.unit}"
            verdict = "met" if row.is_met else "**missed**"
        lines.append(f"| {row.what} | {row.figure:.2f} {row.unit} | {most} | {verdict} |")
    return "\n".join(lines)
