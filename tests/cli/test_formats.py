"""In which formats commands write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notetext.cli.destination import Destination
from notetext.cli.formats import chosen_formats
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters import Exporter
from notetext.exporters.article import ArticleExporter
from notetext.exporters.json import JsonExporter
from notetext.exporters.markdown import MarkdownExporter


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


def with_parameters(names: str, *parameters: tuple[str, str]) -> list[Exporter]:
    return chosen_formats([names], Destination.of("x/"), parameters)


def test_a_parameter_is_for_those_formats_that_take_it() -> None:
    markdown, article, json = with_parameters(
        "markdown,article,json", ("struck", "true"), ("body_only", "yes")
    )
    assert markdown == MarkdownExporter(struck=True, body_only=True)
    assert article == ArticleExporter(struck=True)
    assert isinstance(json, JsonExporter)


@pytest.mark.parametrize(
    ("names", "parameter", "told"),
    [
        (
            "text",
            ("struck", "true"),
            "takes no 'struck'; its parameters are: none",
        ),
        ("markdown", ("struk", "true"), "its parameters are: body_only, struck"),
        (
            "markdown",
            ("struck", "maybe"),
            "struck='maybe' does not fit: the format 'markdown'",
        ),
    ],
)
def test_what_no_format_takes_is_told(names: str, parameter: tuple[str, str], told: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        with_parameters(names, parameter)


def test_a_parameter_is_given_once() -> None:
    with pytest.raises(ConfigurationError, match="--format-option struck is given twice"):
        with_parameters("markdown", ("struck", "true"), ("struck", "false"))
