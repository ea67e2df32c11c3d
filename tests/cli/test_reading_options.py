"""The options that are keywords of ``recognize``."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner

from notetext.cli.reading_options import read_keywords, reading_options


def asked(*arguments: str, typed: str | None = None) -> tuple[dict[str, object], str]:
    """What the options come to, and what was shown."""
    found: dict[str, object] = {}

    @click.command()
    @reading_options
    def command(
        pages: str | None,
        text_layer: str,
        dpi: float | None,
        region: tuple[float, float, float, float] | None,
        password: str | None,
        password_file: Path | None,
    ) -> None:
        found.update(read_keywords(pages, text_layer, dpi, region, password, password_file))

    outcome = CliRunner().invoke(command, arguments, input=typed)
    return found, outcome.output


def test_all_may_be_left_out() -> None:
    found, _ = asked()
    assert found.pop("text_layer") == "auto"
    assert set(found.values()) == {None}


def test_each_is_a_keyword() -> None:
    found, _ = asked("--dpi=150", "--region=1,2,30,40.5", "--text-layer=ignore", "--pages=2-")
    assert found["dpi"] == 150
    assert found["region"] == (1, 2, 30, 40.5)
    assert found["text_layer"] == "ignore"
    assert found["pages"] == "2-"
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
