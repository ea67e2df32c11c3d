"""The README of the benchmarks names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
README = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
PROGRAMS, MODULES = README.split("the package `measuring/`")
MODULES, DRAWN = MODULES.split("in `measuring/drawn/`")
DRAWN, STRUCTURE = DRAWN.split("in `measuring/structure/`")


@pytest.mark.parametrize(
    ("table", "folder"),
    [
        (PROGRAMS, BENCHMARKS),
        (MODULES, BENCHMARKS / "measuring"),
        (DRAWN, BENCHMARKS / "measuring" / "drawn"),
        (STRUCTURE, BENCHMARKS / "measuring" / "structure"),
    ],
)
def test_a_table_has_a_row_for_each_file_of_its_folder(table: str, folder: Path) -> None:
    named = re.findall(r"^\| `(\w+\.py)`", table, re.MULTILINE)
    files = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert sorted(named) == sorted(files)


@pytest.mark.parametrize("path", sorted(BENCHMARKS.glob("*.py")), ids=lambda path: path.stem)
def test_a_program_tells_the_command_that_runs_it(path: Path) -> None:
    command = f"python benchmarks/{path.name}"
    assert command in path.read_text(encoding="utf-8")
    assert command in PROGRAMS
