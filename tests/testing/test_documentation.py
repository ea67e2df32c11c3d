"""`docs/testing.md` tells of all that there is."""

from __future__ import annotations

import re
from pathlib import Path

from notetext.testing import Fault
from notetext.testing.aspose_endpoints import ENDPOINTS

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "testing.md").read_text(encoding="utf-8")


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
