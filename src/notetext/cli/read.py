"""``notetext read FILE…``, or just ``notetext FILE…``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click

from notetext.cli.dry_run import describe
from notetext.cli.inputs import STANDARD_INPUT, Input, find_inputs, means_several
from notetext.cli.output import chosen_exporter, format_option, is_folder, say, write
from notetext.cli.reading_options import read_keywords, reading_options
from notetext.cli.stopping import stopped_in_order
from notetext.converters.named import DEFAULT_CONVERTERS, converter
from notetext.engines import CloudPrice, Engine
from notetext.engines.named import engine as named_engine
from notetext.errors import ConfigurationError, ExportError, NoteTextError, StoreError
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line
from notetext.errors.wording import counted
from notetext.exporters import Exporter
from notetext.model import Mode, PageStatus
from notetext.preprocessors import PreprocessorLike
from notetext.reader import NoteText
from notetext.reading.options import Region
from notetext.result import RecognitionResult

SOME_FAILED = 1
"""The exit status when something could not be read or written; the rest was. (2: wrong usage.)"""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path())
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.AUTO.value,
    show_default=True,
    help="What kind of writing to expect.",
)
@click.option(
    "--language",
    "-l",
    default="en",
    show_default=True,
    help="ISO 639 code or English name; several with commas, the likeliest first.",
)
@click.option("--engine", default="local", show_default=True, help="What reads.")
@click.option(
    "--converters",
    default=",".join(DEFAULT_CONVERTERS),
    show_default=True,
    help="What opens files, with commas; each is asked in turn.",
)
@reading_options
@click.option(
    "--preprocess",
    help="Steps before the engine, with commas, such as deskew,contrast; none for no step at all. "
    "[default: the engine's own]",
)
@format_option
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A file to write to, or a folder for several. [default: standard output]",
)
@click.option(
    "--workers",
    "-w",
    type=click.IntRange(min=1),
    help="How many files are read at once. [default: 1, or what a cloud engine takes]",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="A file that keeps finished pages, so that a run can be ended and started again.",
)
@click.option(
    "--max-submissions",
    type=click.IntRange(min=0),
    help="The most pages that a cloud engine is sent in this run. [default: any number]",
)
@click.option(
    "--price",
    metavar="PRICE",
    help="What a page costs you, such as '0.015 EUR', for --dry-run.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be read and submitted.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on standard error.")
def read(
    files: Sequence[str],
    mode: str,
    language: str,
    engine: str,
    converters: str,
    pages: str | None,
    text_layer: str,
    dpi: float | None,
    region: Region | None,
    password: str | None,
    password_file: Path | None,
    preprocess: str | None,
    format_: str | None,
    output: Path | None,
    workers: int | None,
    store: Path | None,
    max_submissions: int | None,
    price: str | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Reads files and writes their text (this command's name may be left out).

    A FILE may be a folder, for all documents in it and below, a pattern such as scans/**/*.jpg, or
    - for standard input. The text goes to standard output, with its line breaks; progress goes to
    standard error. Nothing leaves this machine unless a cloud engine is named. The exit status is
    1 if something could not be read or written (the rest was), 2 after wrong usage, and 130 or 143
    if Ctrl-C or SIGTERM has stopped it.
    """
    languages = language.split(",")
    keywords = read_keywords(pages, text_layer, dpi, region, password, password_file)
    try:
        exporter = chosen_exporter(format_, output)
        opening = [converter(name) for name in converters.split(",")]
        found = find_inputs(files, output, opening)
        inputs = found.inputs
        for folder in found.closed:
            say(f"notetext: {folder}: this folder may not be looked into; check its permissions")
        if found.others and not quiet:
            told = f"{counted(len(found.others), 'file')}, such as {found.others[0]}"
            say(f"notetext: not read, since they are no documents: {told}")
        suffix = next(iter(exporter.suffixes), f".{exporter.name}")
        targets = _targets(inputs, output, suffix, several=means_several(files))
        reading = _engine(engine, max_submissions, price)
        with (
            stopped_in_order(store),
            closing(reading),
            NoteText(reading, _steps(preprocess), opening, store=store) as reader,
        ):
            if dry_run:
                names = [document.name for document in inputs]
                failed = describe(reader, names, Mode(mode), languages, keywords) or bool(
                    found.closed
                )
                sys.exit(SOME_FAILED if failed else 0)
            items = reader.recognize_many(
                (_opened(document.name) for document in inputs),
                Mode(mode),
                languages,
                workers=workers,
                ordered=True,
                **keywords,
            )
            with closing(items):
                failed = bool(found.closed)
                for document, target, item in zip(inputs, targets, items, strict=True):
                    if item.error is not None:
                        failed = True
                        say(f"notetext: {item.error}")
                        rescued = _read_before(item.error)
                        if rescued is not None:
                            _written(rescued, exporter, target)
                    elif item.result is not None:
                        failed = _report(document.name, item.result, quiet) or failed
                        failed = not _written(item.result, exporter, target) or failed
    except (ConfigurationError, StoreError) as error:
        raise click.UsageError(str(error)) from error
    except NoteTextError as error:
        say(f"notetext: {error}")
        failed = True
    sys.exit(SOME_FAILED if failed else 0)


def _engine(name: str, max_submissions: int | None, price: str | None) -> Engine:
    """The engine of that name, with what it may spend."""
    if max_submissions is None and price is None:
        return named_engine(name)
    if name != "aspose":
        raise click.UsageError("--max-submissions and --price are for --engine aspose")
    from notetext.engines.aspose import AsposeEngine

    return AsposeEngine(
        max_submissions=max_submissions,
        price=None if price is None else CloudPrice.parse(price),
    )


def _steps(names: str | None) -> list[PreprocessorLike] | None:
    if names is None:
        return None
    return [] if names == "none" else list(names.split(","))


def _opened(name: str) -> str | BinaryIO:
    return sys.stdin.buffer if name == STANDARD_INPUT else name


def _targets(
    inputs: Sequence[Input], output: Path | None, suffix: str, *, several: bool
) -> list[Path | None]:
    """Where each document's text goes; ``None`` is standard output."""
    if output is None:
        return [None] * len(inputs)
    if not several and not is_folder(output):
        return [output]
    if os.path.exists(output) and not is_folder(output):  # noqa: PTH110
        raise click.UsageError(f"{output} is a file; several texts need a folder")
    targets = [output / f"{document.place}{suffix}" for document in inputs]
    if len(set(targets)) < len(targets):
        raise click.UsageError("two files have the same name; write them to different folders")
    return list(targets)


def _read_before(error: NoteTextError) -> RecognitionResult | None:
    """What was read of a document before its error, if it is any page."""
    partial = error.partial
    if not isinstance(partial, RecognitionResult):
        return None
    return partial if len(partial.errors) < len(partial.pages) else None


def _written(result: RecognitionResult, exporter: Exporter, target: Path | None) -> bool:
    """Writes a text; says so if that is not possible, which costs no other."""
    try:
        write(result.to(exporter), target)
    except ExportError as error:
        say(f"notetext: {error}")
        return False
    return True


def _report(name: str, result: RecognitionResult, quiet: bool) -> bool:
    """Says what became of a file; returns whether a page failed."""
    shown = one_line(name, NAME_CHARACTERS)
    for warning in result.warnings:
        say(f"notetext: {shown}: {warning}")
    for error in result.errors:
        say(f"notetext: {shown}, page {error.page}: {error.message}")
    if not quiet:
        read = sum(page.status is PageStatus.READ for page in result.pages)
        say(
            f"{shown}: {read} of {len(result.pages)} pages, {counted(len(result.words), 'word')}, "
            f"{result.timings.total_s:.1f} s"
        )
    return bool(result.errors)
