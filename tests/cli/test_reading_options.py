"""The options that are keywords of ``recognize``."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click
import pytest
from click.testing import CliRunner

from notetext.cli.reading_options import (
    ReadingOptions,
    languages_of,
    opening_of,
    read_keywords,
    reading_options,
)
from notetext.documents import Limits


def asked(*arguments: str, typed: str | None = None) -> tuple[dict[str, object], str]:
    """What the options come to, and what was shown."""
    found: dict[str, object] = {}

    @click.command()
    @reading_options
    def command(**options: Unpack[ReadingOptions]) -> None:
        found.update(read_keywords(options))
        found["languages"] = languages_of(options)

    outcome = CliRunner().invoke(command, arguments, input=typed)
    return found, outcome.output


def test_all_may_be_left_out() -> None:
    found, _ = asked()
    assert (found.pop("text_layer"), found.pop("languages")) == ("auto", None)
    assert set(found.values()) == {None}


def test_each_is_a_keyword() -> None:
    found, _ = asked(
        "--dpi=150", "--region=1,2,30,40.5", "--text-layer=ignore", "--pages=2-", "--timeout=2.5"
    )
    assert found["dpi"] == 150
    assert found["region"] == (1, 2, 30, 40.5)
    assert found["text_layer"] == "ignore"
    assert found["pages"] == "2-"
    assert found["timeout_s"] == 2.5
    assert "four numbers" in asked("--region=1,2,3")[1]


def test_a_password_is_given_typed_or_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    file.write_text("geheim ü\nand more\n", "utf-8")
    assert asked("--password=geheim ü")[0]["password"] == "geheim ü"
    assert asked("--password-file", str(file))[0]["password"] == "geheim ü"
    found, shown = asked("--password", typed="geheim ü\n")
    assert found["password"] == "geheim ü"
    assert "geheim" not in shown


def test_two_passwords_or_a_file_that_is_no_text_are_wrong_usage(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    file.write_bytes(b"\xff\xfe")
    assert "not both" in asked("--password=a", "--password-file", str(file))[1]
    assert "cannot be read as UTF-8" in asked("--password-file", str(file))[1]


def test_languages_may_have_blanks_between_them() -> None:
    assert asked("--language", " en , French,")[0]["languages"] == ["en", "French"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [("--mode=handwriting", "handwritten"), ("--text-layer=ignroe", "ignore")],
)
def test_a_word_that_is_much_like_another_is_told_with_it(given: str, meant: str) -> None:
    assert f"did you mean {meant!r}?" in asked(given)[1]


def test_documents_are_opened_by_the_same_keywords() -> None:
    opening = opening_of({"dpi": 150, "password": "geheim"}, Limits(max_pages=2))
    assert (opening.dpi, opening.limits.max_pages) == (150, 2)
    assert opening.password is not None
    assert opening.password.get_secret_value() == "geheim"
