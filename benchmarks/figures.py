"""Figures beside what they may be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures with the command that gave them, and the day."""

    command: str
    day: str
    rows: tuple[Row, ...]

    @classmethod
    def today(cls, command: str, rows: Sequence[Row]) -> Measured:
        return cls(command, date.today().isoformat(), tuple(rows))

    def save(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> Measured:
        saved = json.loads(path.read_text("utf-8"))
        return cls(saved["command"], saved["day"], tuple(Row(**row) for row in saved["rows"]))


def peak_mb() -> float:
    """This process's peak of memory since it began, in 10^6 bytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6
