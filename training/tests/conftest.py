"""What several tests of the recipe start from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The network that training starts from."""
    path = tmp_path_factory.mktemp("start") / "start.onnx"
    subprocess.run([sys.executable, TRAINING / "start.py", "--output", path], check=True)
    return path
