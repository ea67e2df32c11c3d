"""``--format``: in which formats commands write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from notetext.cli.completing import complete_formats
from notetext.cli.destination import Destination, Kind
from notetext.cli.reader_options import names_in
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters import Exporter
from notetext.exporters.named import exporter, exporter_for, exporters

_Command = TypeVar("_Command", bound=Callable[..., Any])


def format_option(command: _Command) -> _Command:
    """Gives a command the option ``--format``."""
    return click.option(
        "--format",
        "-f",
        "formats",
        multiple=True,
        shell_complete=complete_formats,
        help=f"One of {', '.join(exporters.built_in())}, or a plug-in's; several with commas, or "
        "by giving the option again. [default: by the ending of --output, else text]",
    )(command)


def chosen_formats(names: Sequence[str], destination: Destination) -> list[Exporter]:
    """The formats that were named, or the one that the output's ending means.

    Raises:
        ConfigurationError: there is no such format, it cannot run here, there are several and no
            folder, or it is no text and would go to a terminal.
    """
    written = [name for part in names for name in names_in(part)]
    by_name = {part.name: part for part in map(_named, written)}
    chosen = list(by_name.values()) or [_by_ending(destination)]
    for part in chosen:
        part.check()
    if len(chosen) > 1 and destination.kind is not Kind.FOLDER:
        raise ConfigurationError(
            "several formats need a folder: --output with a name that ends in /, such as texts/"
        )
    destination.check(chosen[0])
    return chosen


def _named(name: str) -> Exporter:
    """The format of that name, or of that ending: ``md`` is ``markdown``."""
    try:
        return exporter(name)
    except UnknownNameError:
        ending = f".{name.lower().lstrip('.')}"
        for part in exporters.usable():
            if ending in part.suffixes:
                return part
        raise


def _by_ending(destination: Destination) -> Exporter:
    path = destination.path
    if (
        destination.kind is not Kind.FILE
        or path is None
        or not (path.suffix or path.name[:1] == ".")
    ):
        return exporter("text")
    try:
        return exporter_for(path.name)
    except ConfigurationError as error:
        told = error.message.replace("format=…", "--format")
        raise ConfigurationError(f"{told}; a name that ends in / is a folder") from None
