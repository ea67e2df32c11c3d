"""The commands, run inside of this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from notetext.cli import main

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``notetext`` with arguments."""

    def run(*arguments: object, stdin: str = "") -> CompletedProcess[str]:
        typed = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main(typed, prog_name="notetext")
        assert isinstance(ended.value.code, int)
        return CompletedProcess(typed, ended.value.code, *capsys.readouterr())

    return run
