"""The example scripts run and print what they promise; the plug-in is installed and used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

pytestmark = pytest.mark.slow


def run(*arguments: object, path: Path | None = None) -> str:
    environment = dict(os.environ)
    if path is not None:
        inherited = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(path), inherited]))
    ran = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        ("one_page.py", "The first word is 'Dear'"),
        ("custom_preprocessor.py", "coffee for Monday"),
        ("custom_converter.py", "page 2: Meeting on Thursday"),
        ("custom_engine.py", "the third month"),
        ("custom_exporter.py", "bread\nbutter\ncoffee\n"),
        ("searchable_pdf.py", "and 49 words"),
    ],
)
def test_an_example_runs(script: str, printed: str) -> None:
    assert printed in run(EXAMPLES / script)


def test_the_notebooks_run_and_print_what_they_show() -> None:
    assert run(EXAMPLES / "execute_notebooks.py", "--check", path=ROOT / "src").count("runs") == 4


def test_every_part_of_an_installed_plugin_is_found_by_its_name(tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    run(
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"),
        *("--target", installed, EXAMPLES / "plugin"),
    )
    board = Image.new("L", (300, 100), 10)
    pen = ImageDraw.Draw(board)
    for x in (50, 100, 150, 200):
        pen.line((x, 20, x, 80), fill=240, width=6)
    board.save(tmp_path / "board.pgm")
    script = (
        "import sys; from notetext import NoteText\n"
        "reader = NoteText('tally', ['blackboard'], ['image', 'netpbm'])\n"
        "result = reader.recognize(sys.argv[1])\n"
        "print(repr(result.text), repr(result.to('shout')), result.words[0].box)\n"
    )
    assert run("-c", script, tmp_path / "board.pgm", path=installed).startswith(
        "'4\\n' '4\\n' Box("
    )
