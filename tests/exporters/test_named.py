"""Exporters by name, by object, and by the ending of a file's name."""

from __future__ import annotations

import pytest

from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters.named import exporter, exporter_for, exporters
from notetext.exporters.text import TextExporter


def test_a_name_and_an_object_mean_an_exporter() -> None:
    assert isinstance(exporter("text"), TextExporter)
    own = TextExporter()
    assert exporter(own) is own


def test_what_means_none_is_told() -> None:
    with pytest.raises(UnknownNameError, match="text, json, markdown, hocr, alto, csv, pdf, html"):
        exporter("odt")
    with pytest.raises(ConfigurationError, match=r"write TextExporter\(\)"):
        exporter(TextExporter)  # type: ignore[arg-type]


def test_every_ending_of_a_built_in_means_it_and_no_two_share_one() -> None:
    parts = [exporter(name) for name in exporters.built_in()]
    endings = [(suffix, part.name) for part in parts for suffix in part.suffixes]
    assert len(dict(endings)) == len(endings) >= len(parts)
    for suffix, name in endings:
        assert exporter_for(f"note{suffix}").name == name


@pytest.mark.parametrize(
    ("file_name", "name"),
    [("NOTE.TXT", "text"), ("a.alto.xml", "alto"), ("a.pdf.md", "markdown"), (".json", "json")],
)
def test_the_last_and_longest_ending_counts_whatever_its_case(file_name: str, name: str) -> None:
    assert exporter_for(file_name).name == name


@pytest.mark.parametrize("file_name", ["note", "note.odt", "txt", "note.txt.gz", "", "a.xml"])
def test_an_ending_that_means_no_format_is_told_with_those_that_do(file_name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"endings \.alto\.xml, \.article\.html, "):
        exporter_for(file_name)
