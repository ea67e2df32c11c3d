"""The command line: ``notetext FILE…``, and a few commands beside it."""

from __future__ import annotations

import click

from notetext.cli.commands import FilesOrCommand
from notetext.model.version import __version__

_HELP = """Turns notes into text: photos, scans and PDFs of handwriting and print.

\b
  notetext note.jpg
  notetext letter.pdf --pages 1-3 --language fr --output letter.txt
  notetext *.jpg --format json --output texts/
  notetext note.jpg --output note.html
  notetext apply note.corrections.json --output note.pdf
  notetext scans/ --workers 2 --store notes.db --output texts/
  notetext scans/ --output all.pdf

What is no command is a file to read: notetext FILE… is short for notetext read FILE….
"""


@click.group(
    cls=FilesOrCommand,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[COMMAND] FILE… [OPTIONS]",
)
@click.version_option(__version__, prog_name="notetext")
def main() -> None:
    """The program; see `_HELP`."""
