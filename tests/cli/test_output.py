"""In which format, and where to, commands write."""

from __future__ import annotations

from pathlib import Path

import pytest

from notetext.cli.output import chosen_exporter, write
from notetext.errors import ConfigurationError, UnknownNameError


@pytest.mark.parametrize(
    ("name", "output", "chosen"),
    [
        (None, None, "text"),
        (None, "note.json", "json"),
        ("markdown", "note.json", "markdown"),
        (None, "texts", "text"),
    ],
)
def test_the_format_is_what_was_named_or_what_the_ending_means(
    name: str | None, output: str | None, chosen: str
) -> None:
    assert chosen_exporter(name, None if output is None else Path(output)).name == chosen


def test_a_folder_with_an_ending_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "texts.2024").mkdir()
    assert chosen_exporter(None, tmp_path / "texts.2024").name == "text"


def test_what_is_no_format_lists_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="text, json"):
        chosen_exporter("docx", None)
    with pytest.raises(ConfigurationError, match=r"\.json"):
        chosen_exporter(None, Path("note.docx"))


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "down" / "note.txt"
    write("håndskrift\n", target)
    assert target.read_bytes() == "håndskrift\n".encode()
    assert list(target.parent.iterdir()) == [target]


def test_without_a_file_it_goes_to_standard_output_as_it_is(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    write("håndskrift\n", None)
    write(b"\xff\x00", None)
    out, err = capfdbinary.readouterr()
    assert out == "håndskrift\n".encode() + b"\xff\x00"
    assert err == b""


def test_a_name_that_is_too_long_is_that_of_a_file() -> None:
    assert chosen_exporter(None, Path("x" * 300 + ".json")).name == "json"
