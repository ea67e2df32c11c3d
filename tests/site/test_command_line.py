"""The reference of the command line has all that there is, as it is."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from notetext.cli import main

pytestmark = pytest.mark.slow


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words after ``notetext`` of each command."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


COMMANDS = [*commands(main)]


def test_there_are_commands_and_commands_below_them() -> None:
    assert {(), ("read",), ("apply",), ("watch",), ("store", "clear")} <= {*COMMANDS}


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "notetext")
def test_all_that_help_says_of_a_command_stands_under_its_heading(
    page: Page, path: tuple[str, ...]
) -> None:
    page.goto("/reference/command-line/")
    heading = page.locator(f"#{'-'.join(('notetext', *path))}")
    shown = heading.evaluate(
        """heading => {
            let text = "", after = heading;
            while ((after = after.nextElementSibling) && after.tagName !== "H2")
                text += after.innerText + "\\n";
            return text;
        }"""
    )
    # Wide enough that no line is broken; the list of commands is the page's own table of contents.
    help_text = CliRunner().invoke(main, [*path, "--help"], terminal_width=1000).output
    said = help_text.partition("\nCommands:")[0].replace("Usage: main", "notetext")
    wanted = said.replace("Options:", "").split()
    assert [word for word in wanted if word not in shown] == []
    assert [option for option in wanted if option.startswith("--")]


def test_no_default_is_a_placeholder_and_no_star_is_taken_for_emphasis(page: Page) -> None:
    page.goto("/reference/command-line/")
    text = page.locator(".md-content").inner_text()
    assert "[default: auto]" in text
    assert "Sentinel" not in text
    assert "scans/**/*.jpg" in text
