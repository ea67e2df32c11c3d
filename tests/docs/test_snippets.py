"""What README and tutorial show runs as it stands, from the first block to the last."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_page_s_python_runs_and_prints_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed = ""
    shown = 0
    for kind, content in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        if kind == "text":
            shown += 1
            assert printed.strip() == content.strip()
            continue
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(content, page, "exec"), names)
        printed = output.getvalue()
    assert shown
