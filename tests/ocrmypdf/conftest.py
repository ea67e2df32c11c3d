"""What the tests of the plug-in share: OCRmyPDF on a machine without Tesseract and Ghostscript."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

ROOT = Path(__file__).parents[2]

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``ocrmypdf --plugin notetext.ocrmypdf`` where no other program is to be found."""

    def run(*arguments: object) -> CompletedProcess[str]:
        inherited = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "PATH": str(tmp_path / "no programs"),
            "PYTHONPATH": os.pathsep.join(filter(None, inherited)),
        }
        plugin = ("-m", "ocrmypdf", "--plugin", "notetext.ocrmypdf")
        command = [sys.executable, *plugin, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    return run
