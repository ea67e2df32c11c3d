"""The rooms of the house: how many, how large, and who knows whom."""

from __future__ import annotations

import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "notetext"

MOST_ROOMS = 17
MOST_LINES = 420
LARGEST_CIRCLE = 6

ROOMS = sorted(
    entry.name if entry.suffix else f"{entry.name}/"
    for entry in HOUSE.iterdir()
    if not entry.name.startswith("__") and entry.name != "py.typed"
)


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Who imports whom; lazily and for types alone counts as well."""
    return grimp.build_graph("notetext", exclude_type_checking_imports=False, cache_dir=None)


def test_a_newcomer_finds_few_enough_doors() -> None:
    assert len(ROOMS) <= MOST_ROOMS, ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_on_the_plan(room: str) -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w./]+)`", plan)
    assert any(name.startswith(room) for name in named)


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    long = {
        str(path.relative_to(HOUSE)): lines
        for path in HOUSE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_files_that_know_each_other_are_few(imports: grimp.ImportGraph) -> None:
    known = {module: imports.find_upstream_modules(module) for module in imports.modules}
    circles = {
        frozenset({module, *(other for other in known[module] if module in known[other])})
        for module in known
    }
    largest = max(circles, key=len)
    assert len(largest) <= LARGEST_CIRCLE, sorted(largest)


def test_nobody_imports_the_door(imports: grimp.ImportGraph) -> None:
    assert imports.find_modules_that_directly_import("notetext") == set()
