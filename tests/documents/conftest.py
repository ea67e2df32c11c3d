"""A picture in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A white note of 30×20 pixels."""
    path = tmp_path / "note.png"
    Image.new("RGB", (30, 20), "white").save(path)
    return path
