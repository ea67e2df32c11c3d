"""The commands, each imported when it is asked for; a file may stand where a command would."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from notetext.cli.mistaken_commands import COMMANDS
from notetext.errors.foreign_text import one_line

PROGRAM = "notetext"
_STOPPED = 130
_OWN = {"--help", "-h", "--version"}


class FilesOrCommand(click.Group):
    """A group whose command may be left out: what is none is a file to read.

    Ctrl-C ends whatever command is under way, without more words than needed.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports a command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"notetext.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the program, or tells a shell what may stand on its line."""
        from notetext.cli import shells as shells  # registers what bash needs

        return super().main(*args, **kwargs)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Takes what was typed apart."""
        with _stopped_quietly(), _cleaned_refusals():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        with _stopped_quietly(), _cleaned_refusals():
            return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts the command in that may be left out."""
        if args and args[0] not in _OWN and args[0] not in COMMANDS:
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Offers commands, and the files and options of the command that may be left out."""
        read = self.get_command(ctx, "read")
        assert read is not None
        files = CompletionItem(incomplete, type="file")
        if not incomplete.startswith("-"):
            return [files, *super().shell_complete(ctx, incomplete)]
        with click.Context(read, parent=ctx, info_name="read", resilient_parsing=True) as inner:
            options = read.shell_complete(inner, incomplete)
        known = {option.value for option in options}
        own = super().shell_complete(ctx, incomplete)
        return [*options, *(option for option in own if option.value not in known)]


@contextmanager
def _cleaned_refusals() -> Iterator[None]:
    """Cleans what click says of wrong usage: patterns of a shell bring in strangers' file names."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = one_line(error.message)
        raise


@contextmanager
def _stopped_quietly() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("notetext: stopped", err=True)
        sys.exit(_STOPPED)
    except click.Abort as abort:
        # A question that was answered with Ctrl-C, not with no.
        if isinstance(abort.__context__, KeyboardInterrupt):
            sys.exit(_STOPPED)
        raise
