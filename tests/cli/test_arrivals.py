"""What arrives in a folder, by a clock of the test's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from notetext.cli.arrivals import Arrivals
from notetext.converters.image import ImageConverter

PNG = b"\x89PNG\r\n\x1a\n"


class Clock:
    """Goes on when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "june").mkdir(parents=True)
    return folder


@pytest.fixture
def arrivals(inbox: Path, clock: Clock) -> Arrivals:
    """Looked into once, while there was nothing."""
    found = Arrivals(inbox, [inbox / "done"], [ImageConverter()], 2.0, clock)
    assert names(found) == []
    return found


def names(arrivals: Arrivals) -> list[str]:
    return [document.place.as_posix() for document in arrivals.look()]


def test_a_document_has_arrived_once_it_has_stayed_as_it_is(
    inbox: Path, arrivals: Arrivals, clock: Clock
) -> None:
    (inbox / "june" / "a.png").write_bytes(PNG)
    assert names(arrivals) == []
    assert arrivals.is_waiting
    clock.now += 1.5
    (inbox / "june" / "a.png").write_bytes(PNG + b"more")
    assert names(arrivals) == []
    clock.now += 1.5
    assert names(arrivals) == []
    clock.now += 0.5
    assert names(arrivals) == ["june/a.png"]
    assert not arrivals.is_waiting
    assert names(arrivals) == []


def test_one_that_is_replaced_arrives_again(inbox: Path, arrivals: Arrivals, clock: Clock) -> None:
    for content in (PNG, PNG + b"other"):
        (inbox / "a.png").write_bytes(content)
        names(arrivals)
        clock.now += 2
        assert names(arrivals) == ["a.png"]


def test_what_was_there_for_long_is_complete_at_the_first_look(inbox: Path, clock: Clock) -> None:
    (inbox / "old.png").write_bytes(PNG)
    os.utime(inbox / "old.png", (0, 0))
    (inbox / "new.png").write_bytes(PNG)
    found = Arrivals(inbox, [], [ImageConverter()], 3600.0, clock)
    assert names(found) == ["old.png"]
    assert found.is_waiting


@pytest.mark.parametrize("name", ["a.png.part", "a.png.crdownload", "a.png.TMP", "a.png~"])
def test_what_is_called_unfinished_is_until_it_has_its_name(
    inbox: Path, arrivals: Arrivals, clock: Clock, name: str
) -> None:
    (inbox / name).write_bytes(PNG)
    names(arrivals)
    clock.now += 5
    assert names(arrivals) == []
    (inbox / name).rename(inbox / "a.png")
    names(arrivals)
    clock.now += 5
    assert names(arrivals) == ["a.png"]


def test_what_is_no_document_never_arrives(inbox: Path, arrivals: Arrivals, clock: Clock) -> None:
    (inbox / "done").mkdir()
    (inbox / "done" / "read.png").write_bytes(PNG)
    (inbox / ".hidden.png").write_bytes(PNG)
    (inbox / "empty.png").touch()
    (inbox / "readme.txt").write_text("scans come here")
    names(arrivals)
    clock.now += 5
    assert names(arrivals) == []
    assert not arrivals.is_waiting


def test_one_that_is_to_be_tried_again_arrives_a_while_later(
    inbox: Path, arrivals: Arrivals, clock: Clock
) -> None:
    (inbox / "a.png").write_bytes(PNG)
    names(arrivals)
    clock.now += 5
    (document,) = arrivals.look()
    arrivals.try_again(document, 60)
    clock.now += 59
    assert names(arrivals) == []
    clock.now += 1
    assert names(arrivals) == ["a.png"]
