from __future__ import annotations

from pathlib import Path

from measuring.figures import Row
from measuring.kept_figures import KeptFigures


def test_figures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    rows = [Row("growth", 0.5, 5, "%"), Row("rounds", 12, None, "")]
    kept = KeptFigures.today("benchmarks/soak.py", rows)
    kept.save(tmp_path / "figures" / "soak.json")
    assert KeptFigures.load(tmp_path / "figures" / "soak.json") == kept
