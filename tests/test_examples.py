"""The example scripts run and print what they promise; the plug-in is installed and used."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

pytestmark = pytest.mark.slow


def run(*arguments: object, program: str | Path = sys.executable, path: Path | None = None) -> str:
    environment = dict(os.environ)
    if path is not None:
        inherited = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(path), inherited]))
    ran = subprocess.run(
        [program, *map(str, arguments)],
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
        ("telemetry.py", "tokens (refused): 1\nwaits for a task: 1"),
    ],
)
def test_an_example_runs(script: str, printed: str) -> None:
    assert printed in run(EXAMPLES / script)


def test_the_notebooks_run_and_print_what_they_show() -> None:
    assert run(EXAMPLES / "execute_notebooks.py", "--check", path=ROOT / "src").count("runs") == 4


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The programs of an environment with notetext and the plug-in, built and installed by pip.

    What both depend on is lent by the environment that the tests run in.
    """
    wheels, environment = tmp_path / "wheels", tmp_path / "environment"
    offline = ("--quiet", "--no-deps", "--no-index")
    build = ("wheel", *offline, "--no-build-isolation", "--wheel-dir", wheels)
    run("-m", "pip", *build, ROOT, EXAMPLES / "plugin")
    run("-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    run("-m", "pip", "--python", python, "install", *offline, *wheels.iterdir())
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    return python.parent


def test_the_plugin_works_in_a_fresh_environment(fresh: Path, tmp_path: Path) -> None:
    board = Image.new("L", (300, 100), 10)
    pen = ImageDraw.Draw(board)
    for x in (50, 100, 150, 200):
        pen.line((x, 20, x, 80), fill=240, width=6)
    board.save(tmp_path / "board.pgm")
    script = (
        "import sys, notetext\n"
        "reader = notetext.NoteText('tally', ['blackboard'], ['image', 'netpbm'])\n"
        "result = reader.recognize(sys.argv[1])\n"
        "print(notetext.__file__, result.text, result.to('shout'), result.words[0].box is not None)"
    )
    home, *read = run("-c", script, tmp_path / "board.pgm", program=fresh / "python").split()
    assert Path(home).is_relative_to(fresh.parent)
    assert read == ["4", "4", "True"]
    parts = ("--converters=netpbm", "--preprocess=blackboard", "--engine=tally", "--format=shout")
    assert run(tmp_path / "board.pgm", *parts, program=fresh / "notetext") == "4\n"
