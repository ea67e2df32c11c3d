"""What ``--output`` means."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import pytest

from notetext.cli.destination import Destination, Kind
from notetext.errors import ConfigurationError
from notetext.exporters.named import exporter


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (None, Kind.STANDARD_OUTPUT),
        ("-", Kind.STANDARD_OUTPUT),
        ("texts/", Kind.FOLDER),
        ("texts.2024/", Kind.FOLDER),
        ("texts", Kind.FOLDER),
        (".", Kind.FOLDER),
        ("all.txt", Kind.FILE),
        (".json", Kind.FILE),
        ("deep/down/all.txt", Kind.FILE),
        ("x" * 300 + ".json", Kind.FILE),
    ],
)
def test_the_name_says_what_it_is(
    given: str | None, kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Destination.of(given).kind is kind


def test_what_is_there_is_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "texts.2024").mkdir()
    (tmp_path / "LICENCE").touch()
    assert Destination.of(str(tmp_path / "texts.2024")).kind is Kind.FOLDER
    assert Destination.of(str(tmp_path / "LICENCE")).kind is Kind.FILE
    assert Destination.of(os.devnull).kind is Kind.FILE


def test_a_file_that_is_called_a_folder_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "note.txt").touch()
    with pytest.raises(click.UsageError, match="is a file, no folder"):
        Destination.of(f"{tmp_path / 'note.txt'}/")
    with pytest.raises(click.UsageError, match="empty"):
        Destination.of("")


def test_what_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "note.txt").touch()
    for name in ("deep/all.txt", "deep/", "deep"):
        with pytest.raises(ConfigurationError, match=r"note\.txt is no folder"):
            Destination.of(str(tmp_path / "note.txt" / name)).check(exporter("text"))
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    for name in ("new/all.txt", "new/", "all.txt"):
        with pytest.raises(ConfigurationError, match="takes no new files"):
            Destination.of(f"{tmp_path}/{name}").check(exporter("text"))
    Destination.of(str(tmp_path / "note.txt")).check(exporter("text"))


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such device")
def test_a_device_is_written_into() -> None:
    Destination.of("/dev/null").check(exporter("pdf"))
