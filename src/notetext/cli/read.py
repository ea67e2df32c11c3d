"""``notetext read FILE…``, or just ``notetext FILE…``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Unpack

import click

from notetext.cli.destination import Destination
from notetext.cli.dry_run import describe
from notetext.cli.formats import chosen_formats, format_options
from notetext.cli.inputs import Found, find_inputs, means_several
from notetext.cli.mistaken_commands import check_no_mistaken_command
from notetext.cli.opened_inputs import OpenedInputs, check_names
from notetext.cli.output import say
from notetext.cli.page_progress import OpeningOfAll, followed
from notetext.cli.progress_bar import ProgressBar
from notetext.cli.reader_options import (
    ReaderOptions,
    chosen_converters,
    limits_of,
    opened_reader,
    reader_options,
)
from notetext.cli.reading_options import (
    ReadingOptions,
    languages_of,
    opening_of,
    read_keywords,
    reading_options,
)
from notetext.cli.run import Run, planned
from notetext.cli.stopping import stopped_in_order
from notetext.cli.suggestions import wrong_usage
from notetext.cli.verbosity import logged, verbosity_options
from notetext.converters import Converter
from notetext.errors import ConfigurationError, NoteTextError, StoreError
from notetext.model import Mode

SOME_FAILED = 1
"""The exit status when something could not be read or written; the rest was. (2: wrong usage.)"""


class _Options(ReaderOptions, ReadingOptions):
    """The options that other commands have as well."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path())
@reading_options
@reader_options
@format_options
@click.option(
    "--output",
    "-o",
    type=click.Path(),
    help="A folder if it ends in / or has no ending, such as texts/; a file for all documents "
    "together, such as all.txt; or -. [default: -, standard output]",
)
@click.option("--merge", is_flag=True, help="Make one document of all, also in a folder.")
@click.option(
    "--workers",
    "-w",
    type=click.IntRange(min=1),
    help="How many files are read at once. [default: 1, or what a cloud engine takes]",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be read and submitted.")
@verbosity_options
def read(
    files: Sequence[str],
    formats: Sequence[str],
    parameters: Sequence[tuple[str, str]],
    output: str | None,
    merge: bool,
    workers: int | None,
    dry_run: bool,
    verbose: bool,
    quiet: bool,
    **options: Unpack[_Options],
) -> None:
    """Reads files and writes their text (this command's name may be left out).

    A FILE may be a folder, for all documents in it and below, a pattern such as scans/**/*.jpg, or
    - for standard input. The text goes to standard output, with its line breaks; progress goes to
    standard error. Several documents become one there: texts set apart by a form feed, a JSON
    array, one table, one PDF. Nothing leaves this machine unless a cloud engine is named. The exit
    status is 1 if something could not be read or written (the rest was), 2 after wrong usage, and
    130 or 143 if Ctrl-C or SIGTERM has stopped it.
    """
    try:
        with logged(verbose=verbose, quiet=quiet), stopped_in_order(options["store"]):
            check_names(files)
            check_no_mistaken_command(files)
            destination = Destination.of(output)
            exporters = chosen_formats(formats, destination, parameters)
            converters = chosen_converters(options["converters"])
            found = find_inputs(files, destination.folder, converters)
            _say_closed(found)
            several = merge or means_several(files)
            run = planned(found, exporters, destination, several=several, merge=merge, quiet=quiet)
            if dry_run:
                failed = _described(run, converters, options)
            else:
                failed = _performed(run, converters, workers, options, quiet=quiet)
            failed = failed or bool(found.closed)
    except (ConfigurationError, StoreError) as error:
        raise wrong_usage(error) from error
    except NoteTextError as error:
        say(f"notetext: {error}")
        failed = True
    sys.exit(SOME_FAILED if failed else 0)


def _performed(
    run: Run, converters: list[Converter], workers: int | None, options: _Options, *, quiet: bool
) -> bool:
    """Reads and writes; returns whether something has failed."""
    keywords = read_keywords(options)
    names = [document.name for document in run.inputs]
    opening = OpeningOfAll(converters, keywords, opening_of(keywords, limits_of(options)))
    with opened_reader(options, converters) as reader, OpenedInputs() as opened:
        items = reader.recognize_many(
            map(opened.source, names),
            Mode(options["mode"]),
            languages_of(options),
            workers=workers,
            ordered=True,
            **keywords,
        )
        bar = ProgressBar(wanted=not quiet)
        with followed(bar, names, opening) as progress, closing(items):
            return run.write(items, progress, quiet=quiet)


def _described(run: Run, converters: list[Converter], options: _Options) -> bool:
    """Says what would be done; returns whether something has failed."""
    names = [document.name for document in run.inputs]
    keywords = read_keywords(options)
    with opened_reader(options, converters) as reader, OpenedInputs() as opened:
        sources = [(name, opened.source(name)) for name in names]
        return describe(reader, sources, Mode(options["mode"]), languages_of(options), keywords)


def _say_closed(found: Found) -> None:
    for folder in found.closed:
        say(f"notetext: {folder}: this folder may not be looked into; check its permissions")
