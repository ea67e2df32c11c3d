"""``--format`` and ``--format-option``: in which formats commands write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from notetext.cli.completing import complete_format_options, complete_formats
from notetext.cli.destination import Destination, Kind
from notetext.cli.reader_options import names_in
from notetext.cli.typed_parameters import name_and_value, parameters_of, typed
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters import Exporter
from notetext.exporters.named import exporter, exporter_for, exporters

_Command = TypeVar("_Command", bound=Callable[..., Any])


def format_options(command: _Command) -> _Command:
    """Gives a command the options ``--format`` and ``--format-option``."""
    command = click.option(
        "--format-option",
        "parameters",
        metavar="NAME=VALUE",
        multiple=True,
        callback=name_and_value,
        shell_complete=complete_format_options,
        help="A parameter of those formats that take it, such as struck=true; may be given several "
        "times.",
    )(command)
    return click.option(
        "--format",
        "-f",
        "formats",
        multiple=True,
        shell_complete=complete_formats,
        help=f"One of {', '.join(exporters.built_in())}, or a plug-in's; several with commas, or "
        "by giving the option again. [default: by the ending of --output, else text]",
    )(command)


def chosen_formats(
    names: Sequence[str], destination: Destination, parameters: Sequence[tuple[str, str]] = ()
) -> list[Exporter]:
    """The formats that were named, or the one that the output's ending means.

    Args:
        names: with commas between them.
        destination: where the texts go.
        parameters: names and values, each of those formats that take it.

    Raises:
        ConfigurationError: there is no such format, it cannot run here, there are several and no
            folder, or it is no text and would go to a terminal; no format takes a parameter, or
            not with that value.
    """
    written = [name for part in names for name in names_in(part)]
    by_name = {part.name: part for part in map(_named, written)}
    chosen = _with_parameters([*by_name.values()] or [_by_ending(destination)], parameters)
    for part in chosen:
        part.check()
    if len(chosen) > 1 and destination.kind is not Kind.FOLDER:
        raise ConfigurationError(
            "several formats need a folder: --output with a name that ends in /, such as texts/"
        )
    destination.check(chosen[0])
    return chosen


def _with_parameters(
    formats: Sequence[Exporter], parameters: Sequence[tuple[str, str]]
) -> list[Exporter]:
    if not parameters:
        return [*formats]
    given = dict(parameters)
    if len(given) < len(parameters):
        twice = next(name for name, _ in parameters if [n for n, _ in parameters].count(name) > 1)
        raise ConfigurationError(f"--format-option {twice} is given twice")
    types = [parameters_of(type(part)) for part in formats]
    for name in given:
        if not any(name in known for known in types):
            told = ", ".join(dict.fromkeys(each for known in types for each in known)) or "none"
            called = " or ".join(repr(part.name) for part in formats)
            raise ConfigurationError(
                f"the format {called} takes no {name!r}; its parameters are: {told}"
            )
    return [_remade(part, given, known) for part, known in zip(formats, types, strict=True)]


def _remade(part: Exporter, given: Mapping[str, str], known: Mapping[str, Any]) -> Exporter:
    """A format with those of the parameters that it takes; the same object if it takes none."""
    called = f"the format {part.name!r}"
    values = {
        name: typed(called, name, text, known) for name, text in given.items() if name in known
    }
    return type(part)(**values) if values else part


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
