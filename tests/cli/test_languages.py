"""``notetext languages``."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

from notetext import AsposeEngine, LocalEngine, Mode

Run = Callable[..., CompletedProcess[str]]


def test_every_language_of_an_engine_is_listed_once_with_how_it_is_read(run: Run) -> None:
    listed = run("languages", "--engine=aspose")
    assert listed.returncode == 0
    engine = AsposeEngine()
    by_hand, printed = engine.languages(Mode.HANDWRITTEN), engine.languages(Mode.PRINTED)
    lines = listed.stdout.splitlines()
    assert len(lines) == len(by_hand | printed)
    assert "en   English              handwritten, printed" in lines
    assert "fr   French               printed" in lines


def test_the_local_engine_is_meant_if_none_is_named(run: Run) -> None:
    lines = run("languages").stdout.splitlines()
    assert len(lines) == len(LocalEngine().languages(Mode.PRINTED))
    assert lines == sorted(lines)


def test_an_engine_that_there_is_not_is_wrong_usage(run: Run) -> None:
    told = run("languages", "--engine=nobody")
    assert told.returncode == 2
    assert "local, aspose" in told.stderr
