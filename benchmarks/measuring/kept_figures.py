"""Figures that are kept, for tables that another command makes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from measuring.figures import Row


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """Figures with the command that gave them, and the day."""

    command: str
    day: str
    rows: tuple[Row, ...]

    @classmethod
    def today(cls, command: str, rows: Sequence[Row]) -> KeptFigures:
        return cls(command, date.today().isoformat(), tuple(rows))

    def save(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> KeptFigures:
        saved = json.loads(path.read_text("utf-8"))
        return cls(saved["command"], saved["day"], tuple(Row(**row) for row in saved["rows"]))
