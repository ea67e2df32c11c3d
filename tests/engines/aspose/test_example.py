"""The tutorial's script in its form here, run against the fake service and offline."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notetext import NoteText
from notetext.testing import FakeAsposeServer

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "examples" / "aspose_handwritten.py"


def run(script: str, url: str) -> str:
    service = {
        "ASPOSE_CLIENT_ID": "an-id",
        "ASPOSE_CLIENT_SECRET": "a-secret",
        "ASPOSE_BASE_URL": url,
    }
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ) | service,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.slow
def test_one_word_decides_where_the_note_is_read() -> None:
    cloud = SCRIPT.read_text(encoding="utf-8")
    local = cloud.replace('engine="aspose", p', 'engine="local", p')
    assert local != cloud
    with NoteText() as reader, FakeAsposeServer(answer=reader) as server:
        here, there = run(local, server.url), run(cloud, server.url)
        assert len(server.submissions) == 1
    assert "bread" in there.lower()
    assert there.split() == here.split()
