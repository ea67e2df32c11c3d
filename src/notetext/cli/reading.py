"""``notetext read FILE…``, or just ``notetext FILE…``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click

from notetext import NoteText, registry
from notetext.cli.dry_run import describe
from notetext.errors import ConfigurationError, NoteTextError
from notetext.options import Mode
from notetext.result import PageStatus, RecognitionResult

SOME_FAILED = 1
"""The exit status when something could not be read; the rest was. (2: wrong usage.)"""


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
@click.option("--pages", help="Which pages, such as 1-3,7. [default: all]")
@click.option("--format", "format_", default="text", show_default=True, help="text or json.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A file to write to, or a folder for several. [default: standard output]",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be read and submitted.")
@click.option("--quiet", "-q", is_flag=True, help="No progress on standard error.")
def read(
    files: Sequence[str],
    mode: str,
    language: str,
    engine: str,
    pages: str | None,
    format_: str,
    output: Path | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Reads files and writes their text (this command's name may be left out).

    The text goes to standard output, with its line breaks; progress goes to standard error. A FILE
    of - is standard input. Nothing leaves this machine unless a cloud engine is named. The exit
    status is 1 if something could not be read (the rest was), and 2 after wrong usage.
    """
    languages = language.split(",")
    try:
        exporter = registry.exporter(format_)
        targets = _targets(files, output, exporter.suffixes[0])
        with NoteText(engine=engine) as reader:
            if dry_run:
                sys.exit(SOME_FAILED if describe(reader, files, mode, languages, pages) else 0)
            failed = False
            for name, target in zip(files, targets, strict=True):
                try:
                    result = reader.recognize(_opened(name), mode, languages, pages=pages)
                except ConfigurationError:
                    raise
                except NoteTextError as error:
                    failed = True
                    click.echo(f"notetext: {error}", err=True)
                    continue
                failed = _report(name, result, quiet) or failed
                _write(result.to(exporter), target)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    sys.exit(SOME_FAILED if failed else 0)


def _opened(name: str) -> str | BinaryIO:
    return sys.stdin.buffer if name == "-" else name


def _targets(files: Sequence[str], output: Path | None, suffix: str) -> list[Path | None]:
    """Where each file's text goes; ``None`` is standard output."""
    if output is None:
        return [None] * len(files)
    if len(files) == 1 and not output.is_dir():
        return [output]
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"{output} is a file; several texts need a folder")
    targets = [output / (Path(name).name + suffix) for name in files]
    if len(set(targets)) < len(targets):
        raise click.UsageError("two files have the same name; write them to different folders")
    return list(targets)


def _report(name: str, result: RecognitionResult, quiet: bool) -> bool:
    """Says what became of a file; returns whether a page failed."""
    for warning in result.warnings:
        click.echo(f"notetext: {name}: {warning}", err=True)
    for error in result.errors:
        click.echo(f"notetext: {name}, page {error.page}: {error.message}", err=True)
    if not quiet:
        read = sum(page.status is PageStatus.READ for page in result.pages)
        click.echo(
            f"{name}: {read} of {len(result.pages)} pages, {len(result.words)} words, "
            f"{result.timings.total_s:.1f} s",
            err=True,
        )
    return bool(result.errors)


def _write(rendered: str | bytes, target: Path | None) -> None:
    if target is None:
        click.echo(rendered, nl=False)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(rendered.encode("utf-8") if isinstance(rendered, str) else rendered)
