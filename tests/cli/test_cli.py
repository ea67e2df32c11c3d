"""The command line as a whole: which command is meant."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from notetext import __version__

Run = Callable[..., CompletedProcess[str]]


def test_what_is_no_command_is_a_file_to_read(run: Run) -> None:
    for arguments in (["gone.jpg"], ["read", "gone.jpg"], ["--quiet", "gone.jpg"]):
        told = run(*arguments)
        assert told.returncode == 1
        assert "gone.jpg: there is no such file" in told.stderr


def test_a_file_with_the_name_of_a_command_is_read_when_that_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("doctor").write_bytes(b"no picture")
    told = run("read", "doctor")
    assert told.returncode == 1
    assert "no converter" in told.stderr


def test_every_command_explains_itself(run: Run) -> None:
    listed = run("--help").stdout
    for command in ("read", "apply", "doctor", "languages", "store"):
        assert f"\n  {command} " in listed
        explained = run(command, "-h")
        assert explained.returncode == 0
        assert explained.stdout.startswith("Usage:")


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout == f"notetext, version {__version__}\n"


@pytest.mark.slow
def test_the_module_is_the_same_program() -> None:
    command = [sys.executable, "-m", "notetext", "--version"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == f"notetext, version {__version__}\n"
