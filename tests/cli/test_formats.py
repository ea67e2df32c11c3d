"""In which formats commands write."""

from __future__ import annotations

from pathlib import Path

import pytest

from notetext.cli.destination import Destination
from notetext.cli.formats import chosen_formats
from notetext.errors import ConfigurationError, UnknownNameError


def chosen(*names: str, output: str | None = None) -> list[str]:
    return [part.name for part in chosen_formats(names, Destination.of(output))]


@pytest.mark.parametrize(
    ("name", "output", "format_"),
    [
        (None, None, "text"),
        (None, "note.json", "json"),
        (None, "note.JSONL", "jsonl"),
        ("markdown", "note.json", "markdown"),
        (None, "texts", "text"),
        (None, "texts.2024/", "text"),
        ("md", None, "markdown"),
        (".txt", None, "text"),
        ("htm", "x/", "html"),
    ],
)
def test_the_format_is_what_was_named_or_what_the_ending_means(
    name: str | None, output: str | None, format_: str
) -> None:
    assert chosen(*([name] if name else []), output=output) == [format_]


def test_a_folder_with_an_ending_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "texts.2024").mkdir()
    assert chosen(output=str(tmp_path / "texts.2024")) == ["text"]


def test_several_formats_are_named_with_commas_or_again_and_each_counts_once() -> None:
    assert chosen("text, json", "md,json", output="x/") == ["text", "json", "markdown"]


@pytest.mark.parametrize("output", [None, "-", "note.txt"])
def test_several_formats_need_a_folder(output: str | None) -> None:
    with pytest.raises(ConfigurationError, match=r"several formats need a folder"):
        chosen("text", "json", output=output)


def test_what_is_no_format_lists_those_that_are() -> None:
    with pytest.raises(UnknownNameError, match="text, json"):
        chosen("odt")
    with pytest.raises(ConfigurationError, match=r"\.json.* a name that ends in / is a folder"):
        chosen(output="scans.2024")
