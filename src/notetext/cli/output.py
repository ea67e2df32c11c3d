"""In which format, and where to, commands write; and what they say beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from notetext.errors import ConfigurationError, ExportError
from notetext.errors.foreign_text import for_terminal, one_line
from notetext.exporters import Exporter
from notetext.exporters.named import exporter, exporter_for, exporters
from notetext.result.writing import write as write_file

format_option = click.option(
    "--format",
    "format_",
    help=f"One of {', '.join(exporters.built_in())}, or a plug-in's. "
    "[default: by the ending of --output, else text]",
)


def chosen_exporter(name: str | None, output: Path | None) -> Exporter:
    """The format that was named, or that the output's ending means; text if there is neither.

    Raises:
        ConfigurationError: there is no such format, it cannot run here, or it is no text and
            would go to a terminal.
    """
    if name is None and output is not None and output.suffix and not is_folder(output):
        chosen = exporter_for(output.name)
    else:
        chosen = exporter(name or "text")
    chosen.check()
    if output is None and not chosen.is_text:
        _check_no_terminal()
    return chosen


def is_folder(path: Path) -> bool:
    """Whether a path is a folder's; one that is too long for the system is none."""
    # Path.is_dir and Path.exists raise for such a one before Python 3.14.
    return os.path.isdir(path)  # noqa: PTH112


def say(line: str, *, err: bool = True) -> None:
    """Says a line, whatever names and words of others it holds: to standard error, or output."""
    click.echo(one_line(line), err=err)


def write(rendered: str | bytes, target: Path | None) -> None:
    """Writes to a file, or to standard output if there is none.

    A file and a pipe get what was rendered as it is; a terminal gets text, and of that no character
    that it would obey, but for line breaks and tabs.

    Raises:
        ConfigurationError: bytes would go to a terminal.
        ExportError: it cannot be written.
    """
    if target is None:
        _write_out(rendered)
        return
    write_file(rendered, target)


def _write_out(rendered: str | bytes) -> None:
    if isinstance(rendered, bytes):
        _check_no_terminal()
    elif sys.stdout.isatty():
        rendered = for_terminal(rendered)
    # Without `color`, what looks like colours would be taken out of the text for a pipe.
    try:
        click.echo(rendered, nl=False, color=True)
    except BrokenPipeError:
        raise  # who reads has seen enough, as `head` does; click ends the program
    except OSError as error:
        raise ExportError(f"standard output cannot be written: {error.strerror}") from error


def _check_no_terminal() -> None:
    if sys.stdout.isatty():
        raise ConfigurationError(
            "this format is no text and would garble the terminal; write it to a file with "
            "--output, or into a pipe"
        )
