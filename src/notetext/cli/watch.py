"""``notetext watch FOLDER``: reads what arrives in a folder, for as long as it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

import click

from notetext.cli.arrivals import Arrivals
from notetext.cli.destination import Destination, Kind
from notetext.cli.formats import chosen_formats, format_options
from notetext.cli.output import say
from notetext.cli.reader_options import (
    ReaderOptions,
    chosen_converters,
    opened_reader,
    reader_options,
)
from notetext.cli.reading_options import (
    ReadingOptions,
    languages_of,
    read_keywords,
    reading_options,
)
from notetext.cli.stopping import stopped_in_order
from notetext.cli.suggestions import wrong_usage
from notetext.cli.verbosity import logged, verbosity_options
from notetext.cli.waking import check_watchfiles, wakes
from notetext.cli.watched_reading import WatchedReading
from notetext.errors import ConfigurationError, NoteTextError, StoreError
from notetext.model import Mode


class _Options(ReaderOptions, ReadingOptions):
    """The options that other commands have as well."""


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"
)
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False),
    required=True,
    help="The folder that texts are written to, each where its document lies below FOLDER.",
)
@click.option(
    "--move-to",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder that documents are moved to once they are read. [default: they stay]",
)
@click.option(
    "--settle",
    type=click.FloatRange(min=0.1),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a file must have stayed as it is to be complete.",
)
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How often to look even if the system tells of nothing, as that of a network share.",
)
@format_options
@reading_options
@reader_options
@verbosity_options
def watch(
    folder: Path,
    output: str,
    move_to: Path | None,
    settle: float,
    every: float,
    formats: Sequence[str],
    parameters: Sequence[tuple[str, str]],
    verbose: bool,
    quiet: bool,
    **options: Unpack[_Options],
) -> None:
    """Reads what arrives in FOLDER and below, once it is complete; Ctrl-C ends it.

    What lies there already is read first, unless its text is there and newer. What cannot be read
    is told, stays where it is, and is read again when it changes; what fails for want of a
    connection, after a minute. With --store, nothing is read or paid twice, however often this is
    started. The exit status is 130 or 143 when Ctrl-C or SIGTERM has ended it, and 2 after wrong
    usage.
    """
    try:
        with (
            logged(verbose=verbose, quiet=quiet),
            stopped_in_order(options["store"]),
        ):
            check_watchfiles()
            destination = Destination.of(str(Path(output)) + os.sep)
            exporters = chosen_formats(formats, destination, parameters)
            texts = destination.folder
            assert destination.kind is Kind.FOLDER
            assert texts is not None
            check_apart(folder, texts, move_to)
            converters = chosen_converters(options["converters"])
            left_out = [path for path in (texts, move_to) if path is not None]
            arrivals = Arrivals(folder, left_out, converters, settle)
            with opened_reader(options, converters) as reader:
                reading = WatchedReading(
                    reader,
                    Mode(options["mode"]),
                    languages_of(options),
                    read_keywords(options),
                    exporters,
                    texts,
                    move_to,
                    quiet=quiet,
                )
                say(f"notetext: watching {folder}")
                for _ in wakes(folder, arrivals, settle_s=settle, every_s=every):
                    reading.read(arrivals)
    except (ConfigurationError, StoreError) as error:
        raise wrong_usage(error) from error
    except NoteTextError as error:
        say(f"notetext: {error}")
        sys.exit(1)


def check_apart(folder: Path, output: Path, move_to: Path | None) -> None:
    """Finds out whether what is written would arrive again.

    Raises:
        ConfigurationError: a folder that is written to is the watched one, or has it below.
    """
    watched = folder.resolve()
    for other, what in ((output, "--output"), (move_to, "--move-to")):
        if other is not None and watched.is_relative_to(other.resolve()):
            raise ConfigurationError(
                f"{what} {other} is the watched folder or above it, and what is written there "
                "would be read; name another one, or one below"
            )
