"""The page on errors knows every error."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from notetext import errors
from notetext.errors import NoteTextError

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
ROW = re.compile(r"^\| `(\w+)`(?: \(`(\w+)`\))? \| (.*?) \| (.*?) ?\|$", re.MULTILINE)
ROWS = {row[1]: row for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}
KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, NoteTextError) and kind is not NoteTextError
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_has_a_row_with_its_cause_and_what_to_do(kind: type[NoteTextError]) -> None:
    row = ROWS[kind.__name__]
    assert row[3]
    if kind.__name__ not in {"InputError", "CancelledError"}:  # there is nothing to do about these
        assert row[4]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_row_names_the_built_in_that_the_error_also_is(kind: type[NoteTextError]) -> None:
    built_in = [base.__name__ for base in kind.__bases__ if base.__module__ == "builtins"]
    assert ROWS[kind.__name__].group(2) == (built_in[0] if built_in else None)


def test_the_page_describes_no_error_that_is_not_there() -> None:
    assert set(ROWS) == {kind.__name__ for kind in KINDS}
