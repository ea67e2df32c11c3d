"""Figures beside what they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and what it may be at most."""

    what: str
    figure: float
    at_most: float
    unit: str

    @property
    def is_met(self) -> bool:
        return self.figure <= self.at_most


def table(rows: Sequence[Row]) -> str:
    """A Markdown table of figures and what they may be."""
    lines = ["| what | figure | at most | |", "|---|--:|--:|---|"]
    for row in rows:
        verdict = "met" if row.is_met else "**missed**"
        lines.append(
            f"| {row.what} | {row.figure:.2f} {row.unit} | {row.at_most:.4g} {row.unit} "
            f"| {verdict} |"
        )
    return "\n".join(lines)


def peak_mb() -> float:
    """This process's peak of memory since it began, in 10^6 bytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6
