"""What `docs/testing.md` shows works as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from notetext import AsposeEngine, NoteText
from notetext.testing import Fault

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")


class Program:
    """A program that reads a note and wants its last line."""

    def __init__(self) -> None:
        self.started_with: list[str] = []

    def __call__(self, reader: NoteText, path: str) -> str:
        return reader.recognize(np.full((40, 60), 255, np.uint8)).text.splitlines()[-1]

    def main(self, arguments: list[str]) -> None:
        self.started_with = arguments
        AsposeEngine()


def test_the_examples_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 3
    program = Program()
    for block in blocks:
        names: dict[str, object] = {"my_program": program}
        exec(block, names)
        for name, test in names.items():
            if name.startswith("test_") and callable(test):
                test()
    assert program.started_with == ["--engine", "aspose", "note.jpg"]


def test_every_fault_is_described() -> None:
    made = [name for name, value in vars(Fault).items() if isinstance(value, classmethod)]
    assert len(made) >= 15
    assert [name for name in made if f"Fault.{name}(" not in PAGE] == []
