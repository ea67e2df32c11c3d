"""What commands write, and what they say beside it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from notetext.cli.destination import check_no_terminal
from notetext.cli.progress_bar import aside
from notetext.errors import ExportError, NoteTextError
from notetext.errors.foreign_text import for_terminal, one_line
from notetext.result.writing import write as write_file

_LIMITS = re.compile(r"Limits\((?P<name>\w+)=…\)")
_LIMIT = re.compile(r"limits\.(?P<name>\w+)")
_OPTION = re.compile(r"--max_\w+")


def say_error(error: NoteTextError) -> None:
    """Says what went wrong, in the words of the command line: limits are options there."""
    told = _LIMITS.sub(r"--\g<name>", _LIMIT.sub(r"--\g<name>", str(error)))
    say(f"notetext: {_OPTION.sub(lambda option: option[0].replace('_', '-'), told)}")


def say(line: str, *, err: bool = True) -> None:
    """Says a line, whatever names and words of others it holds: to standard error, or output."""
    with aside():
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
        check_no_terminal()
    elif sys.stdout.isatty():
        rendered = for_terminal(rendered)
    try:
        with aside():
            # Without `color`, what looks like colours would be taken out of the text for a pipe.
            click.echo(rendered, nl=False, color=True)
    except BrokenPipeError:
        raise  # who reads has seen enough, as `head` does; click ends the program
    except OSError as error:
        raise ExportError(f"standard output cannot be written: {error.strerror}") from error
