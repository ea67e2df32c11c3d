"""``notetext doctor``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from notetext.converters.named import converters
from notetext.engines.named import engines
from notetext.exporters.named import exporters
from notetext.preprocessors.named import preprocessors

Run = Callable[..., CompletedProcess[str]]
Install = Callable[..., None]


def test_every_part_is_named_and_the_defaults_are_healthy(run: Run) -> None:
    told = run("doctor")
    assert told.returncode == 0
    for room in (converters, preprocessors, engines, exporters):
        assert f"\n{room.kind}s\n" in told.stdout
        for name in room.built_in():
            assert f"\n  {name:<20} " in told.stdout


def test_credentials_that_are_missing_are_told_and_are_no_illness(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("ASPOSE_CLIENT_ID", "ASPOSE_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    told = run("doctor")
    assert told.returncode == 0
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("  aspose ")]
    assert "ASPOSE_CLIENT_ID" in line


AILING = """
from notetext.converters.image import ImageConverter
from notetext.errors import MissingDependencyError

class Ailing(ImageConverter):
    name = "ailing"

    def check(self):
        raise MissingDependencyError("it needs a plate reader; buy one")
"""


def test_what_ails_a_plug_in_is_told_and_is_no_illness(
    run: Run, install_part: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_part(tmp_path, "ailing", AILING, "notetext.converters", "ailing = ailing:Ailing")
    monkeypatch.syspath_prepend(tmp_path)
    told = run("doctor")
    assert told.returncode == 0
    assert "\n  ailing               it needs a plate reader; buy one\n" in told.stdout
