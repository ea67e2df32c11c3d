"""From what is written on the command line to documents."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from notetext.cli.inputs import Input, find_inputs, means_several
from notetext.converters.image import ImageConverter

PNG = b"\x89PNG\r\n\x1a\n"
CONVERTERS = [ImageConverter()]


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder with notes, folders in it, and what is no note."""
    folder = tmp_path / "scans"
    for name in ("b.png", "a.png", "june/c.png", ".hidden.png", ".cache/d.png", "out/e.png"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PNG)
    (folder / "june" / "readme.txt").write_text("scanned in June")
    return folder


def places(*given: object, output: Path | None = None) -> list[str]:
    found = find_inputs([str(name) for name in given], output, CONVERTERS)
    return [document.place.as_posix() for document in found.inputs]


def test_a_folder_means_the_documents_in_it_and_below_by_their_names(scans: Path) -> None:
    found = find_inputs([str(scans)], None, CONVERTERS)
    assert found.inputs[0] == Input(str(scans / "a.png"), Path("a.png"), found=True)
    assert places(scans) == ["a.png", "b.png", "june/c.png", "out/e.png"]
    assert found.others == [str(scans / "june" / "readme.txt")]


def test_an_output_folder_inside_of_another_is_not_read(scans: Path) -> None:
    assert places(scans, output=scans / "out") == ["a.png", "b.png", "june/c.png"]
    assert places(scans, output=scans / "june" / ".." / "out") == ["a.png", "b.png", "june/c.png"]


def test_a_pattern_means_the_files_that_go_with_it(scans: Path) -> None:
    assert places(scans / "*.png") == ["a.png", "b.png"]
    assert places(scans / "**" / "[ac].png") == ["a.png", "c.png"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "note[1].png").write_bytes(PNG)
    (tmp_path / "note1.png").write_bytes(PNG)
    assert places(tmp_path / "note[1].png") == ["note[1].png"]
    assert not means_several([str(tmp_path / "note[1].png")])


def test_what_is_named_is_taken_whatever_it_is(scans: Path) -> None:
    assert places("gone.png", "-", scans / "june" / "readme.txt") == [
        "gone.png",
        "stdin",
        "readme.txt",
    ]
    assert places(scans / "*.tif") == ["*.tif"]


def test_several_texts_need_a_folder(scans: Path) -> None:
    assert means_several(["a.png", "b.png"])
    assert means_several([str(scans)])
    assert means_several(["*.png"])
    assert not means_several(["a.png"])


def test_what_has_a_documents_name_and_is_none_is_a_damaged_document(scans: Path) -> None:
    (scans / "a.png").write_bytes(b"")
    (scans / "june" / "C2.PNG").write_bytes(bytes(900))
    found = find_inputs([str(scans)], None, CONVERTERS)
    assert [document.place.as_posix() for document in found.inputs] == [
        *("a.png", "b.png", "june/C2.PNG", "june/c.png", "out/e.png"),
    ]
    assert found.others == [str(scans / "june" / "readme.txt")]


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(scans: Path) -> None:
    os.mkfifo(scans / "pipe.png")
    assert find_inputs([str(scans)], None, CONVERTERS).others[0] == str(scans / "pipe.png")


def test_a_folder_that_may_not_be_looked_into_is_told(
    scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("june"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = find_inputs([str(scans)], None, CONVERTERS)
    assert found.closed == [str(scans / "june")]
    assert len(found.inputs) == 3
