"""``notetext apply``: the corrections of a review page, in any format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from notetext.cli.inputs import STANDARD_INPUT
from notetext.cli.output import chosen_exporter, format_option, say, write
from notetext.errors import ConfigurationError, MissingSourceError, NoteTextError
from notetext.result import RecognitionResult

_FAILED = 1


@click.command()
@click.argument(
    "corrections",
    metavar="CORRECTIONS",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@format_option
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A file to write to. [default: standard output]",
)
@click.option(
    "--document",
    "-d",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was read, for formats that show it. [default: where it was, or beside CORRECTIONS]",
)
def apply(
    corrections: Path, format_: str | None, output: Path | None, document: Path | None
) -> None:
    """Writes the text that was corrected on a review page.

    CORRECTIONS is what was downloaded from the page, or a result in JSON; - is standard input.
    The exit status is 1 if the corrections cannot be read or applied, and 2 after wrong usage.
    """
    try:
        exporter = chosen_exporter(format_, output)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    try:
        result = RecognitionResult.from_json(_content(corrections))
        try:
            rendered = result.to(exporter)
        except MissingSourceError:
            found = document or _document(result, corrections)
            if found is None:
                say(
                    f"notetext: {result.source.name or 'the document'} is needed for this format, "
                    "and not where it was: say where with --document"
                )
                sys.exit(_FAILED)
            rendered = result.attach(found).to(exporter)
        write(rendered, output)
    except NoteTextError as error:
        say(f"notetext: {error}")
        sys.exit(_FAILED)
    if output is not None:
        say(f"{output}: {len(result.corrections)} corrections")


def _content(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == STANDARD_INPUT else path.read_bytes()


def _document(result: RecognitionResult, corrections: Path) -> Path | None:
    """The document where it was read, or where the corrections are now."""
    if result.source.name is None:
        return None
    named = Path(result.source.name)
    return next((path for path in (named, corrections.parent / named.name) if path.is_file()), None)
