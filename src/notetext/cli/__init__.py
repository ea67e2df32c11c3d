"""The command line: ``notetext FILE…``, and a few commands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from notetext.cli.apply import apply
from notetext.cli.doctor import doctor
from notetext.cli.languages import languages
from notetext.cli.read import read
from notetext.cli.store import store
from notetext.errors.foreign_text import one_line
from notetext.model.version import __version__

_HELP = """Turns notes into text: photos, scans, PDFs of handwriting and print.

\b
  notetext note.jpg
  notetext letter.pdf --pages 1-3 --language fr --output letter.txt
  notetext *.jpg --format json --output texts/
  notetext note.jpg --output note.html
  notetext apply note.corrections.json --output note.pdf
  notetext scans/ --workers 2 --store notes.db --output texts/

What is no command is a file to read: notetext FILE… is short for notetext read FILE….
"""


class _FilesOrCommand(click.Group):
    """A group whose command may be left out."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _cleaned_refusals():
            return super().make_context(*args, **kwargs)

    def invoke(self, context: click.Context) -> Any:
        with _cleaned_refusals():
            return super().invoke(context)

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if arguments and arguments[0] not in own and arguments[0] not in self.commands:
            arguments = ["read", *arguments]
        return super().parse_args(context, arguments)


@contextmanager
def _cleaned_refusals() -> Iterator[None]:
    """Cleans what click says of wrong usage: patterns of a shell bring in strangers' file names."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = one_line(error.message)
        raise


@click.group(
    cls=_FilesOrCommand,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[COMMAND] FILE… [OPTIONS]",
)
@click.version_option(__version__, prog_name="notetext")
def main() -> None:
    """The program; see `_HELP`."""


main.add_command(read)
main.add_command(apply)
main.add_command(doctor)
main.add_command(languages)
main.add_command(store)
