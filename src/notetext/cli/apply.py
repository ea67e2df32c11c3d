"""``notetext apply``: the corrections of a review page, in any format."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from notetext.cli.destination import Destination, Kind
from notetext.cli.formats import chosen_formats, format_options
from notetext.cli.inputs import STANDARD_INPUT
from notetext.cli.output import say, write
from notetext.cli.run import suffix_of
from notetext.cli.suggestions import wrong_usage
from notetext.errors import ConfigurationError, MissingSourceError, NoteTextError
from notetext.errors.wording import counted
from notetext.exporters import Exporter
from notetext.result import RecognitionResult

_FAILED = 1


@click.command()
@click.argument(
    "corrections",
    metavar="CORRECTIONS",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@format_options
@click.option(
    "--output",
    "-o",
    type=click.Path(),
    help="A file, a folder such as texts/, or -. [default: -, standard output]",
)
@click.option(
    "--document",
    "-d",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was read, for formats that show it. [default: where it was, or beside CORRECTIONS]",
)
def apply(
    corrections: Path,
    formats: Sequence[str],
    parameters: Sequence[tuple[str, str]],
    output: str | None,
    document: Path | None,
) -> None:
    """Writes the text that was corrected on a review page.

    CORRECTIONS is what was downloaded from the page, or a result in JSON; - is standard input.
    The exit status is 1 if the corrections cannot be read or applied, and 2 after wrong usage.
    """
    try:
        destination = Destination.of(output)
        exporters = chosen_formats(formats, destination, parameters)
    except ConfigurationError as error:
        raise wrong_usage(error) from error
    try:
        result = RecognitionResult.from_json(_content(corrections))
        for exporter in exporters:
            rendered = _rendered(result, exporter, corrections, document)
            target = _target(destination, result, exporter)
            write(rendered, target)
            if target is not None:
                say(f"{target}: {counted(len(result.corrections), 'correction')}")
    except NoteTextError as error:
        say(f"notetext: {error}")
        sys.exit(_FAILED)


def _rendered(
    result: RecognitionResult, exporter: Exporter, corrections: Path, document: Path | None
) -> str | bytes:
    try:
        return result.to(exporter)
    except MissingSourceError as error:
        found = document or _document(result, corrections)
        if found is None:
            name = result.source.name or "the document"
            raise MissingSourceError(
                f"{name} is needed for this format, and not where it was: say where with --document"
            ) from error
        return result.attach(found).to(exporter)


def _target(destination: Destination, result: RecognitionResult, exporter: Exporter) -> Path | None:
    if destination.kind is Kind.FOLDER and destination.path is not None:
        name = Path(result.source.name or "note").name
        return destination.path / f"{name}{suffix_of(exporter)}"
    return destination.path


def _content(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == STANDARD_INPUT else path.read_bytes()


def _document(result: RecognitionResult, corrections: Path) -> Path | None:
    """The document where it was read, or where the corrections are now."""
    if result.source.name is None:
        return None
    named = Path(result.source.name)
    return next((path for path in (named, corrections.parent / named.name) if path.is_file()), None)
