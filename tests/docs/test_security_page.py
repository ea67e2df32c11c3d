"""The page on security: its table is what was measured, and its example does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import promises
import pytest
from measuring.kept_figures import KeptFigures

PAGE = promises.PAGE.read_text(encoding="utf-8")


def test_the_table_is_made_of_the_figures() -> None:
    assert promises.table() in PAGE, "run python benchmarks/promises.py"


@pytest.mark.parametrize("path", sorted(promises.FIGURES.glob("*.json")), ids=lambda p: p.stem)
def test_no_promise_is_broken(path: Path) -> None:
    measured = KeptFigures.load(path)
    assert measured.rows
    assert [row for row in measured.rows if not row.is_met] == []


@pytest.mark.slow
def test_the_upload_form_reads_notes_and_tells_of_the_rest(notes: Path) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "docs/security.md", "exec"), names)
    read_upload = names["read_upload"]
    assert callable(read_upload)
    assert read_upload((notes / "letter.jpg").read_bytes()).startswith("Dear Martha,")
    assert read_upload(b"../../etc/passwd") == "This cannot be read (UnsupportedFormatError)."
    assert read_upload(bytes(30_000_000)) == "This cannot be read (InputTooLargeError)."
