"""What `docs/testing.md` shows works as it is shown."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import numpy as np

from notetext import AsposeEngine, NoteText
from notetext.testing import Fault
from notetext.testing.aspose_endpoints import ENDPOINTS

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "testing.md").read_text(encoding="utf-8")


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
    assert len(blocks) == 4
    program = Program()
    for block in blocks:
        names: dict[str, object] = {"my_program": program}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the vendor's client has some of its own
            exec(block, names)
            for name, test in names.items():
                if name.startswith("test_") and callable(test):
                    test()
    assert program.started_with == ["--engine", "aspose", "note.jpg"]


def test_every_fault_is_described() -> None:
    made = [name for name, value in vars(Fault).items() if isinstance(value, classmethod)]
    assert len(made) >= 15
    assert [name for name in made if f"Fault.{name}(" not in PAGE] == []


def test_the_comparisons_are_tests_that_there_are() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) >= 15
    folders = (TESTS / "testing", TESTS / "engines" / "aspose")
    files = [file.read_text(encoding="utf-8") for folder in folders for file in folder.glob("*.py")]
    assert [name for name in named if not any(f"def {name}(" in file for file in files)] == []


def test_every_endpoint_is_described() -> None:
    missing = [endpoint.name for endpoint in ENDPOINTS if f"`{endpoint.name}`" not in PAGE]
    assert missing == []
