"""Figures beside what they may be."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


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


def peak_mb() -> float:
    """This process's peak of memory since it began, in 10^6 bytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6


def processor_ms(run: Callable[[], object], repeats: int) -> float:
    """The median processor time of a call, in milliseconds, all its threads together.

    What a call takes on a free machine is no more, and other programs hardly change it.
    """
    run()
    times = []
    for _ in range(repeats):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return median(times) * 1000
